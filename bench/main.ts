/**
 * What one check of 10,000 devices costs, against the least that it could cost and against the plain way.
 *
 *   npm run bench              1,000,000 devices registered; fails when a target is missed; about 2 minutes
 *   npm run bench -- --quick   100,000 devices registered; a smoke test that judges nothing
 *   npm run bench -- --json    the figures as one JSON object
 *   npm run bench -- --writes  imports, registrations and look-ups instead, on SQLite and PostgreSQL
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Figures, meetsTargets, print } from './figures.ts'
import { generator } from './generator.ts'
import type { InProcess } from './in-process.ts'
import { type Contest, runRounds } from './rounds.ts'
import { startServer } from './servers/child.ts'
import { startOurs } from './servers/ours.ts'
import { makePlainTable } from './servers/plain-table.ts'
import { signedBodies } from './signing.ts'
import { fillStore } from './store.ts'
import { askedLists } from './workload.ts'
import { measureWrites, missed, printWrites } from './writes.ts'

const {
  quick = false,
  json = false,
  writes = false,
} = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, writes: { type: 'boolean' } },
}).values

const size = quick
  ? { registered: 100_000, inProcessCalls: 50, rounds: 3, roundMs: 1000 }
  : { registered: 1_000_000, inProcessCalls: 200, rounds: 9, roundMs: 2000 }
const connections = 2

const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

const asJson = (figures: object) =>
  `${JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value), 2)}\n`

if (writes) {
  const size = quick
    ? { registered: 50_000, imports: 3, smallMs: 1000 }
    : { registered: 1_000_000, imports: 40, smallMs: 10_000 }
  const figures = await measureWrites(folder, size, tell)
  if (json) process.stdout.write(asJson(figures))
  else printWrites(figures, size, !quick)
  if (!quick && missed(figures).length > 0) process.exitCode = 1
} else {
  const figures = await measure()
  if (json) process.stdout.write(asJson(figures))
  else print(figures, !quick)
  if (!quick && !meetsTargets(figures)) process.exitCode = 1
}

async function measure(): Promise<Figures> {
  const data = join(folder, 'data')
  const plainTable = join(folder, 'plain.db')
  tell(`registering ${size.registered.toLocaleString('en')} devices …`)
  const filling = await fillStore(data, size.registered)
  makePlainTable(plainTable, size.registered)
  tell('measuring in process …')
  const inProcess = await measureInProcess(data)
  tell('measuring over HTTP …')
  const servers = await measureOverHttp(data, plainTable)
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    registered: size.registered,
    filling,
    inProcess,
    servers,
    oursToFloor: servers.ours.cpuMs / servers.floor.cpuMs,
    plainToOurs: servers.plain.cpuMs / servers.ours.cpuMs,
  }
}

async function measureInProcess(data: string): Promise<InProcess> {
  const program = fileURLToPath(new URL('in-process.ts', import.meta.url))
  const warmUpMs = 3 * size.roundMs
  const child = fork(program, [data, String(size.inProcessCalls), String(warmUpMs)])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the measurement in process ended with ${code}`)
  })
  const [figures] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return figures
}

async function measureOverHttp(data: string, plainTable: string): Promise<Contest> {
  const floor = await startServer(new URL('servers/floor.ts', import.meta.url))
  const ours = await startOurs(data)
  const plain = await startServer(new URL('servers/plain.ts', import.meta.url), [plainTable])
  const { drive, close } = generator(connections, signedBodies(askedLists()))
  try {
    return await runRounds({ floor, ours, plain }, drive, size)
  } finally {
    close()
    await Promise.all([floor.stop(), ours.stop(), plain.stop()])
  }
}

/** Progress goes to standard error: standard output has the figures alone. */
function tell(what: string): void {
  process.stderr.write(`${what}\n`)
}
