/**
 * One check in process, without HTTP: the whole walk of a call, and each of its stages. A separate program,
 * forked by stages.ts, which sends the figures to its parent.
 */
import { createHmac } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { actions } from '../src/actions/index.ts'
import { sizeOf } from '../src/http/buffers.ts'
import { systemClock } from '../src/lib/clock.ts'
import { type Request, withRoom } from '../src/lib/http-message.ts'
import { systemRandom } from '../src/lib/random.ts'
import { openStore } from '../src/main.ts'
import { withoutDevices } from '../src/messaging/without-devices.ts'
import type { Registry } from '../src/registry/registry.ts'
import { type ApiServer, answer } from '../src/rpc/answer.ts'
import { CanonicalWriter } from '../src/rpc/parameters/canonical.ts'
import { formV1 } from '../src/rpc/parameters/canonical-form.ts'
import { readList } from '../src/rpc/parameters/list.ts'
import { scanParameters } from '../src/rpc/parameters/parameters.ts'
import { validateList } from '../src/rules/device-list.ts'
import { type DeviceList, importList } from '../src/rules/import-list.ts'
import { keyV1, stringToSignV1Head } from '../src/signature/v1.ts'
import { RequestMemory } from '../src/wasm/request-memory.ts'
import { isAllGood } from './calls/expected.ts'
import { type SignedBody, signedChecks } from './calls/v1.ts'
import { cpuMilliseconds, median } from './measure.ts'
import { askedLists, caller } from './workload.ts'
import './servers/leash.ts'

export interface InProcess {
  /** Medians per call, in milliseconds. */
  readonly wallMs: number
  readonly cpuMs: number
  readonly stagesMs: Readonly<Record<string, number>>
}

const [folder, calls, warmUpMs] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])]
const store = await openStore({ folder, masterKey: undefined })
const { registry } = store
const server: ApiServer<Registry> = {
  actions: new Map(actions.map((action) => [action.name, action])),
  registry,
  messaging: withoutDevices,
  clock: systemClock,
  random: systemRandom,
  clockSkewMs: 15 * 60_000,
  quota: true,
  listOverflow: 'documented',
  failureStatus: 'documented',
  fixedQuotas: false,
  observe: () => {},
}
const nextBody = signedChecks(askedLists(16))
const memory = new RequestMemory(2 ** 28)
const headers = new Map([['content-type', ['application/x-www-form-urlencoded']]])

/** Copies a body into a kept buffer, as http/receive.ts does with its chunks. */
function received({ head, list }: SignedBody): Request {
  const end = head.length + list.length
  const bytes = memory.take(sizeOf(withRoom(end)))
  bytes.write(head, 0, 'latin1')
  list.copy(bytes, head.length)
  return { method: 'POST', path: '/', headers, bytes, queryEnd: 0, end }
}

async function wholeCall(body: SignedBody): Promise<void> {
  const request = received(body)
  const answered = await answer(server, request)
  memory.give(request.bytes)
  if (!isAllGood(answered.status, Buffer.from(answered.body)))
    throw new Error(`the call was answered ${answered.body}`)
}

const writer = new CanonicalWriter()
const [account] = await registry.accounts.all()
const instance = await registry.instances.find(account!.id, undefined)
const product = (await registry.products.find(instance!, caller.productKey))!

/** Runs one call in stages; calls `done` at the end of each. */
async function callInStages(body: SignedBody, done: (stage: string) => void): Promise<void> {
  const { bytes, end } = received(body)
  done('take the bytes in')
  const table = scanParameters(bytes, 0, end).all(['DeviceList.'])
  done('scan the parameters')
  const head = stringToSignV1Head('POST')
  const hmac = createHmac('sha1', keyV1(caller.accessKeySecret))
  const what = { head, table, form: formV1, part: 'all but Signature' } as const
  writer.write(what, (piece) => hmac.update(piece))
  hmac.digest('base64')
  done('write what was signed, HMAC-SHA1')
  const form = { name: 'DeviceList', members: ['DeviceName', 'DeviceSecret', 'Sn'] }
  const list = readList(table, form) as DeviceList
  done('read the list')
  validateList(importList, list, 0x5eed)
  done('judge by the rules')
  await registry.devices.validate(product, importList, list)
  done('judge by rules and registry')
  memory.give(bytes)
}

async function run(): Promise<InProcess> {
  // The first calls compile code and fill caches.
  for (const from = performance.now(); performance.now() - from < warmUpMs; ) {
    await wholeCall(nextBody())
    await setImmediate()
  }
  const walls: number[] = []
  const cpus: number[] = []
  const times = new Map<string, number[]>()
  // Whole calls alternate with staged ones, so that disturbances affect both.
  for (let i = 0; i < calls; i++) {
    const [whole, staged] = [nextBody(), nextBody()]
    // As between two requests of a server: pending work runs unmeasured.
    await setImmediate()
    const cpuFrom = cpuMilliseconds()
    let from = performance.now()
    await wholeCall(whole)
    walls.push(performance.now() - from)
    cpus.push(cpuMilliseconds() - cpuFrom)

    await setImmediate()
    from = performance.now()
    await callInStages(staged, (stage) => {
      const now = performance.now()
      times.set(stage, [...(times.get(stage) ?? []), now - from])
      from = performance.now()
    })
  }
  const wallMs = median(walls)
  const { 'judge by rules and registry': both = 0, ...stages } = Object.fromEntries(
    [...times].map(([stage, values]) => [stage, median(values)]),
  )
  stages['look the names up'] = both - stages['judge by the rules']!
  stages['all the rest'] = wallMs - Object.values(stages).reduce((sum, time) => sum + time)
  return { wallMs, cpuMs: median(cpus), stagesMs: stages }
}

try {
  process.send!(await run())
} finally {
  await store.close()
  process.disconnect()
}
