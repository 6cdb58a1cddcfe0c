import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { postgresTables } from '../../src/storage/postgres/table-store.ts'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import { sqliteTables } from '../../src/storage/sqlite/table-store.ts'
import type { Storage, TableReader, TableStore } from '../../src/storage/storage.ts'
import { type Digest, digestOf } from '../../src/transfer/digest.ts'
import { dataKey, makeStore, type TestStore } from '../storage/conformance/store.ts'
import { TestClock } from '../support/deterministic.ts'
import { freshDatabase } from '../support/postgres.ts'

/** A store that is not made yet, in whatever database. */
export interface Ground {
  readonly tables: TableStore
  open(): Promise<Storage>
}

export const clock = new TestClock()

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const grounds: Record<string, (t: TestContext) => Promise<Ground>> = {
  async SQLite(t) {
    const folder = join(temporaryFolder(t), 'data')
    return { tables: sqliteTables(folder), open: async () => openSqlite(folder, clock) }
  },
  async PostgreSQL(t) {
    const url = await freshDatabase(t)
    const options = { connections: 4, testClock: true }
    return { tables: postgresTables(url), open: () => openPostgres(url, clock, options) }
  },
}

export const pairs = Object.keys(grounds).flatMap((from) =>
  Object.keys(grounds).map((to) => [from, to] as const),
)

export const read = <T>(ground: Ground, use: (store: TableReader) => Promise<T>) => ground.tables.read(use)
export const digest = (ground: Ground): Promise<Digest> => read(ground, (store) => digestOf(store))

/**
 * A store with rows in every table and everything in them that one database may have otherwise than another:
 * bytes, both truths, absent values beside empty ones, letters that languages sort otherwise, numbers that are
 * used no more.
 */
export async function fill(ground: Ground): Promise<Storage> {
  const storage = await ground.open()
  const store = await makeStore(storage, clock, async () => storage)
  const { account, instance, product, insertProduct, batchOf } = store
  const other = await insertProduct('pk2', 'Ürzig (2)')
  await storage.products.update(other, { released: true, description: 'a "quoted"\n line, 灯' })
  const user = await storage.accounts.insertRamUser({ account, name: 'u', allowed: ['iot:*'], createdAt: 3 })
  await storage.accounts.insertRamUser({ account, name: 'v', allowed: undefined, createdAt: 3 })
  for (const id of ['a-key', 'B-key', 'Z', 'ä'])
    await storage.accessKeys.insert(
      {
        id,
        account,
        ramUser: user,
        active: id === 'Z',
        createdAt: 5,
        sealedSecret: Buffer.from([0, 255, 10]),
      },
      dataKey,
    )
  for (const action of ['b', 'B', 'a']) await storage.accounts.setQuota(account, action, 7)
  await storage.products.setTags(
    product,
    ['k', 'K', 'é'].map((key) => ({ key, value: `of ${key}` })),
    10,
  )
  await fillDevices(store, other)
  for (const good of [true, false])
    for (let i = 0; i < 13; i++)
      await storage.devices.insertChecked(
        { account, product, good, list: `["${i}"]`, size: 1, createdAt: 8 },
        0,
      )
  await fillGroups(store, instance)
  await fillJobs(store)
  await fillSessions(store)
  // Numbers that were used last and are not there any more.
  const gone = await insertProduct('pk3', 'gone')
  await storage.devices.insertBatch(batchOf(['gone'], gone))
  await storage.products.delete(gone)
  return storage
}

async function fillDevices({ storage, product, batchOf, device }: TestStore, other: number): Promise<void> {
  const { nickname, vehicle } = columnsOf(
    ['nickname', 'vehicle'],
    [{ nickname: 'Lämpchen, "1"\n灯' }, { vehicle: '{"DeviceId":"x,y"}' }, { nickname: '' }, {}],
  ).members
  const names = ['zeta', 'Zeta', '_eta', '9eta']
  await storage.devices.insertBatch({ ...batchOf(names), nicknames: nickname, vehicles: vehicle })
  // More changes of names than are read at once.
  for (let i = 0; i < 45; i++)
    await storage.devices.insertBatch(batchOf([`one-${i}`], i % 2 ? product : other))
  await storage.devices.delete(await device('one-1'), 9)
  await storage.devices.update(
    [{ device: await device('one-3'), change: { disabled: true, nickname: 'n' } }],
    10,
  )
  await storage.devices.setTags(await device('zeta'), [{ key: 'a', value: '' }], 10, 11)
  await storage.devices.setTags(
    await device('Zeta'),
    [
      { key: 'B', value: 'b' },
      { key: 'a', value: 'c' },
    ],
    10,
    11,
  )
}

async function fillGroups({ storage, device }: TestStore, instance: number): Promise<void> {
  const row = { instance, description: '', createdAt: 12 }
  const limits = { groupsOfDevice: 10, devicesOfGroup: 10 }
  const top = await storage.groups.insert({ ...row, groupId: 'g1', name: 'top', parent: undefined })
  const below = await storage.groups.insert({ ...row, groupId: 'g2', name: 'below', parent: top })
  await storage.groups.add(below, [await device('zeta'), await device('9eta')], limits, 13)
}

async function fillJobs({ storage, product }: TestStore): Promise<void> {
  const [account] = await storage.accounts.all()
  await storage.importJobs.insert({
    id: 'job-0001',
    account: account!.id,
    product,
    fileName: 'é.csv',
    accessKey: 'Z',
    ramUser: undefined,
    state: 'Finished',
    accepted: 3,
    rejected: 1,
    skipped: 0,
    reasons: '{}',
    createdAt: 5,
    updatedAt: 6,
    attributesUntil: 7,
  })
  await storage.importJobs.addBatch({ account: account!.id, id: 'job-0001' }, 1)
}

async function fillSessions({ storage, product, device, clock }: TestStore): Promise<void> {
  const { sessions, topics } = storage
  await topics.replace(product, undefined, { list: '["é"]', nextNumber: 9 })
  const { id } = await sessions.join('/run/a', 10_000)
  const devices = await Promise.all(['zeta', '9eta', 'Zeta'].map((name) => device(name)))
  await sessions.claim(
    id,
    devices.map((device, i) => ({ device, address: '::1', clean: i > 0, expirySeconds: i })),
  )
  await sessions.end(id, [{ device: devices[1]!, epoch: 1 }])
  for (const filter of ['/b/#', '/B/+'])
    await sessions.subscribe([{ device: devices[0]!, epoch: 1, subscription: { filter, qos: 1, at: 5 } }])
  const now = clock.now()
  for (let id = 2; id < 4; id++)
    await sessions.addMessages(
      [
        {
          device: devices[id % 2]!,
          message: {
            id,
            topic: `/t/${id}`,
            payload: Buffer.from([0, 255, id]),
            properties: id % 3 === 0 ? '{"contentType":"é"}' : undefined,
            createdAt: now,
            expiresAt: now + 1000,
          },
        },
      ],
      { messages: 100, bytes: 1000 },
    )
}

/** The store, cut off when so many chunks of rows have been read of it. */
export function cutOff({ tables }: Ground, after: number): TableStore {
  let chunks = 0
  return {
    ...tables,
    read: (use) =>
      tables.read((store) =>
        use({
          ...store,
          async *rows(table) {
            for await (const rows of store.rows(table)) {
              if (chunks++ === after) throw new Error('cut off')
              yield rows
            }
          },
        }),
      ),
  }
}
