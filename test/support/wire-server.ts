import { actions } from '../../src/actions/index.ts'
import type { Random } from '../../src/lib/random.ts'
import { openStore } from '../../src/main.ts'
import type { NewProduct } from '../../src/registry/products.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { applySeed, validateSeed } from '../../src/registry/seed.ts'
import { type ApiServer, answer, type CallRecord, refuse } from '../../src/rpc/answer.ts'
import { Refusal, type refusals } from '../../src/rpc/refusals.ts'
import { inText, type TextAnswer } from './api-server.ts'
import { repeatableRandom, TestClock } from './deterministic.ts'
import { testMessaging } from './messaging.ts'
import { asRequest, testKey, type WireCall } from './wire-call.ts'

/** The RequestId of the document's samples; every exchange has it, so a sample's answer is the document's own. */
export const requestId = 'E4C0FF92-2A86-41DB-92D3-73B60310D25E'
const requestIds: Random = { bytes: () => Buffer.from(requestId.replaceAll('-', ''), 'hex') }

/** When every exchange happens: 250 ms into a second, so 750 ms before a quota's window ends. */
export const now = Date.parse('2024-01-02T03:04:05.250Z')

/** The key of a RAM user who may only query. */
export const readerKey = { id: 'readerid', secret: 'readersecret' }
export const inactiveKey = { id: 'inactiveid', secret: 'inactivesecret' }

export const product = { ProductKey: 'a1TestKey01' }
/** Not a gateway product and in the public instance, so it takes no imports. */
export const ordinaryProduct = { ProductKey: 'a1TestKey09' }
/** The document's, which it prints as a1BwAGV**** and iot-1n8t****; a masked character is a 0 here. */
export const documentProduct = { ProductKey: 'a1BwAGV0000', IotInstanceId: 'iot-1n8t0000' }

const device = (DeviceName: string) => ({ DeviceName, DeviceSecret: 'secret' })
const seed = {
  accounts: [
    {
      name: 'main',
      accessKeys: [testKey, inactiveKey],
      ramUsers: [{ name: 'reader', allowed: ['iot:Query*'], accessKeys: [readerKey] }],
      instances: [
        {
          kind: 'public',
          products: [
            {
              name: 'cloud-gateway',
              authType: 'one-party',
              productKey: product.ProductKey,
              devices: [device('registered-1'), device('registered-2')],
            },
            { name: '灯具(二)', authType: 'secret', productKey: ordinaryProduct.ProductKey },
          ],
        },
        {
          kind: 'enterprise-standard',
          instanceId: documentProduct.IotInstanceId,
          products: [
            {
              name: 'document',
              authType: 'one-party',
              productKey: documentProduct.ProductKey,
              devices: [device('asdf')],
            },
          ],
        },
      ],
    },
  ],
}

/** How a server differs from one with default settings. */
export type WireSettings = Partial<
  Pick<ApiServer<Registry>, 'listOverflow' | 'failureStatus' | 'fixedQuotas' | 'quota'>
> & {
  /** Judging a list throws. */
  readonly broken?: boolean
  /** Further products, in the instance that has an ID. */
  readonly products?: readonly NewProduct[]
  /** No group takes another device. */
  readonly groupsFull?: boolean
  /** Devices of `product` that connected two seconds ago, and those of them that disconnected a second later. */
  readonly connected?: { readonly online?: readonly string[]; readonly offline?: readonly string[] }
}

export interface WireServer {
  ask(call: WireCall): Promise<TextAnswer>
  /** The records of the calls so far. */
  readonly calls: readonly CallRecord[]
  close(): Promise<void>
}

/** The server without its listener, put together as src/main.ts does, on a store of its own in memory. */
export async function openWireServer({
  broken,
  products = [],
  groupsFull,
  connected,
  ...settings
}: WireSettings = {}): Promise<WireServer> {
  const clock = new TestClock(new Date(now).toISOString())
  const store = await openStore(
    { folder: undefined, masterKey: undefined },
    { clock, random: repeatableRandom('wire') },
  )
  const { registry } = store
  await applySeed(registry, validateSeed(seed))
  await registry.accessKeys.setActive(inactiveKey.id, false)
  const [account] = await registry.accounts.all()
  const instance = await registry.instances.find(account!.id, documentProduct.IotInstanceId)
  for (const product of products) await registry.products.create(instance!, product)
  if (connected !== undefined) await connect(registry, clock, connected)
  const calls: CallRecord[] = []
  const { messaging, close } = await testMessaging(registry, clock, product.ProductKey, 'registered-1')
  const gateway: ApiServer<Registry> = {
    actions: new Map(actions.map((action) => [action.name, action])),
    registry: broken ? brokenOne(registry) : groupsFull ? withFullGroups(registry) : registry,
    messaging,
    clock,
    random: requestIds,
    clockSkewMs: 15 * 60_000,
    quota: true,
    fixedQuotas: false,
    listOverflow: 'documented',
    failureStatus: 'documented',
    ...settings,
    observe: (call) => calls.push(call),
  }
  return {
    ask: async (call) => inText(await answer(gateway, asRequest(call))),
    calls,
    async close() {
      await close()
      await store.close()
    },
  }
}

async function connect(
  registry: Registry,
  clock: TestClock,
  { online = [], offline = [] }: NonNullable<WireSettings['connected']>,
): Promise<void> {
  clock.set(-2000)
  const [account] = await registry.accounts.all()
  const instance = (await registry.instances.find(account!.id, undefined))!
  const of = (await registry.products.find(instance, product.ProductKey))!
  const node = await registry.sessions.join('/run/node')
  const connection = { address: '192.0.2.1', clean: true, sessionExpirySeconds: 0 }
  const claims = []
  for (const name of [...online, ...offline]) {
    const device = (await registry.devices.lookUp(of, name))!
    claims.push({ device, epoch: (await node.claim(device, connection))!.epoch })
  }
  clock.set(1000)
  for (const { device, epoch } of claims.slice(online.length)) await node.end(device, epoch)
  clock.set(1000)
}

function brokenOne(registry: Registry): Registry {
  const validate = async () => {
    throw new Error('a bug')
  }
  return { ...registry, devices: { ...registry.devices, validate } }
}

function withFullGroups(registry: Registry): Registry {
  return { ...registry, groups: { ...registry.groups, add: async () => undefined } }
}

/** The listener's answer to what it could not take: src/main.ts gives no request, so it is JSON, or XML by one. */
export function listenerRefusal(
  key: keyof typeof refusals,
  details: Readonly<Record<string, string | number>>,
  call: WireCall | undefined,
): TextAnswer {
  return inText(refuse(requestIds, new Refusal(key, details), call && asRequest(call)))
}
