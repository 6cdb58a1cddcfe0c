import { columnsOf } from '../../../src/lib/columns.ts'
import type { AdmissionRequest, DeviceRow, NewBatch, Storage } from '../../../src/storage/storage.ts'
import type { TestClock } from '../../support/deterministic.ts'

/** A driver under test: opens an empty store, and the same one again if it outlives its process. */
export interface Driver {
  readonly name: string
  open(clock: TestClock): Promise<Storage> | Storage
  /** Undefined if a store can't be opened twice; `cannot` has the reason. */
  openAgain?(clock: TestClock): Promise<Storage> | Storage
  clean(): Promise<void> | void
  readonly cannot: readonly string[]
  /** Rounds of each race of nodes; 25 if left out. */
  readonly rounds?: number
}

const masterKeyId = 'm1'
export const wrapped = Buffer.from('wrapped')
export const dataKey = { wrapped, masterKeyId }

/** A store with an account, its key, its public instance and a product in it. */
export interface TestStore {
  readonly storage: Storage
  readonly clock: TestClock
  readonly account: number
  readonly instance: number
  readonly product: number
  /** The same store, opened once more until the test is done. */
  again(): Promise<Storage>
  insertProduct(productKey: string, name: string): Promise<number>
  batchOf(names: readonly string[], into?: number): NewBatch
  /** Those of the names that are registered, sorted. */
  taken(names: readonly string[], of?: number, by?: Storage): Promise<string[]>
  device(name: string, of?: number): Promise<DeviceRow>
  /** A call of the account's key with a nonce of its own. */
  call(more?: Partial<AdmissionRequest>): AdmissionRequest
}

export const accessKeyId = 'AK'

export async function makeStore(
  storage: Storage,
  clock: TestClock,
  again: TestStore['again'],
): Promise<TestStore> {
  await storage.facts.settle('master_key_id', masterKeyId)
  const account = await storage.accounts.insert({ uid: '1', name: 'main', createdAt: 1 })
  const key = { id: accessKeyId, account, ramUser: undefined, active: true, createdAt: 2 }
  await storage.accessKeys.insert({ ...key, sealedSecret: Buffer.from('s') }, dataKey)
  const instance = await storage.instances.insert({
    account,
    instanceId: undefined,
    kind: 'public',
    name: 'p',
    createdAt: 1,
  })
  const insertProduct = (productKey: string, name: string) =>
    storage.products.insert(
      {
        instance,
        productKey,
        name,
        authType: 'one-party',
        nodeType: 0,
        dataFormat: 0,
        netType: 'OTHER',
        protocolType: undefined,
        categoryKey: undefined,
        description: '',
        commodityCode: 'iothub_senior',
        validateType: undefined,
        sealedSecret: Buffer.from('sealed'),
        createdAt: 1,
      },
      dataKey,
    )
  const product = await insertProduct('pk', 'first')
  let nonces = 0
  return {
    storage,
    clock,
    account,
    instance,
    product,
    again,
    insertProduct,
    batchOf(names, into = product) {
      const { name, sn } = columnsOf(
        ['name', 'sn'],
        names.map((name, i) => ({ name, sn: i % 2 === 0 ? `sn${i}` : undefined })),
      ).members
      return {
        account,
        product: into,
        names: name,
        sns: sn,
        size: names.length,
        dataKey,
        blocks: [Buffer.from('block')],
        createdAt: 7,
      }
    },
    async taken(names, of = product, by = storage) {
      const { name } = columnsOf(
        ['name'],
        names.map((name) => ({ name })),
      ).members
      const entries = Int32Array.from(names, (_, entry) => entry)
      return (await by.devices.namesTaken(of, name, entries)).map((entry) => names[entry]!).sort()
    },
    async device(name, of = product) {
      return (await storage.devices.findByName(of, name))!
    },
    call(more) {
      const nonce = Buffer.alloc(16)
      nonce.writeUInt32BE(++nonces)
      return {
        accessKeyId,
        nonce,
        nonceExpiresAt: clock.now() + 60_000,
        quota: undefined,
        instanceId: undefined,
        productKey: undefined,
        ...more,
      }
    },
  }
}
