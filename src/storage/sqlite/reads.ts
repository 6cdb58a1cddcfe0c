import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Column } from '../../lib/columns.ts'
import type {
  AccessKeyRow,
  AccountRow,
  BatchRow,
  DeviceRow,
  InstanceRow,
  ProductFilter,
  ProductRow,
  RamUserRow,
} from '../storage.ts'

import { storageError } from './errors.ts'

// biome-ignore lint/suspicious/noExplicitAny: a row's types are those of the schema, which SQLite keeps (STRICT).
type Row = Record<string, any>

/** Every read of the roll. Synchronous: SQLite answers in this process, most in 0.01 ms. */
export function readsOn(database: DatabaseSync) {
  const statements = new Map<string, StatementSync>()
  function statement(sql: string): StatementSync {
    let found = statements.get(sql)
    if (found === undefined) statements.set(sql, (found = database.prepare(sql)))
    return found
  }
  type Value = string | number | null
  function told<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw storageError(error)
    }
  }
  const one = (sql: string, ...values: Value[]) =>
    told(() => statement(sql).get(...values) as Row | undefined)
  const all = (sql: string, ...values: Value[]) => told(() => statement(sql).all(...values) as Row[])
  const maybe = <T>(row: Row | undefined, read: (row: Row) => T) =>
    row === undefined ? undefined : read(row)

  return {
    accounts: () => all('SELECT * FROM account ORDER BY id').map(account),
    ramUsers: (of: number) => all('SELECT * FROM ram_user WHERE account = ? ORDER BY id', of).map(ramUser),
    ramUser: (id: number) => maybe(one('SELECT * FROM ram_user WHERE id = ?', id), ramUser),
    quota: (of: number, action: string): number | undefined =>
      one('SELECT per_second FROM quota WHERE account = ? AND action = ?', of, action)?.per_second,

    accessKey: (id: string) =>
      maybe(
        one(
          'SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key WHERE k.id = ?',
          id,
        ),
        (row) => ({ ...accessKey(row), wrappedKey: buffer(row.wrapped) }),
      ),
    accessKeys: (of: number) =>
      all('SELECT * FROM access_key WHERE account = ? ORDER BY created_at, id', of).map(accessKey),

    instance: (of: number, instanceId: string | undefined) =>
      maybe(
        instanceId === undefined
          ? one('SELECT * FROM instance WHERE account = ? AND instance_id IS NULL', of)
          : one('SELECT * FROM instance WHERE instance_id = ? AND account = ?', instanceId, of),
        instance,
      ),
    instances: (of: number) => all('SELECT * FROM instance WHERE account = ? ORDER BY id', of).map(instance),

    product: (inInstance: number, productKey: string) =>
      maybe(
        one('SELECT * FROM product WHERE product_key = ? AND instance = ?', productKey, inInstance),
        product,
      ),
    productById: (inInstance: number, id: number) =>
      maybe(one('SELECT * FROM product WHERE id = ? AND instance = ?', id, inInstance), product),
    productPage: (inInstance: number, { commodityCode }: ProductFilter, offset: number, limit: number) =>
      all(
        `SELECT * FROM product WHERE instance = ?1 AND (?2 IS NULL OR commodity_code = ?2)
         ORDER BY id DESC LIMIT ?3 OFFSET ?4`,
        inInstance,
        commodityCode ?? null,
        limit,
        offset,
      ).map(product),
    productCount: (inInstance: number, { commodityCode }: ProductFilter): number =>
      one(
        'SELECT count(*) AS count FROM product WHERE instance = ?1 AND (?2 IS NULL OR commodity_code = ?2)',
        inInstance,
        commodityCode ?? null,
      )!.count,

    /**
     * One statement for all names, given as a JSON list. CROSS JOIN keeps SQLite from scanning the devices
     * and searching the list: a plain join took minutes.
     */
    namesTaken(inProduct: number, names: Column, entries: Int32Array): number[] {
      if (entries.length === 0) return []
      const rows = all(
        `SELECT asked.key FROM json_each(?) asked CROSS JOIN device d ON d.product = ? AND d.name = asked.value`,
        jsonList(names, entries),
        inProduct,
      ) as unknown as { key: number }[]
      return rows.map(({ key }) => entries[key]!)
    },

    batch: (id: number) => maybe(one('SELECT * FROM batch WHERE id = ?', id), batch),
    devicesOfBatch: ({ firstNumber, size }: BatchRow, offset: number, limit: number) =>
      all(
        `${selectDevice} WHERE d.number BETWEEN ? AND ? ORDER BY d.number LIMIT ? OFFSET ?`,
        firstNumber,
        firstNumber + size - 1,
        limit,
        offset,
      ).map(device),
    countOfBatch: ({ firstNumber, size }: BatchRow): number =>
      one(
        'SELECT count(*) AS count FROM device WHERE number BETWEEN ? AND ?',
        firstNumber,
        firstNumber + size - 1,
      )!.count,
    deviceByName: (inProduct: number, name: string) =>
      maybe(one(`${selectDevice} WHERE d.product = ? AND d.name = ?`, inProduct, name), device),
    deviceByNumber: (number: number) =>
      maybe(one(`${selectDevice} WHERE d.number = ?`, number), (row) => ({
        ...device(row),
        instance: row.instance as number,
      })),
    block: (ofBatch: number, index: number) =>
      maybe(one('SELECT sealed FROM batch_block WHERE batch = ? AND block = ?', ofBatch, index), (row) =>
        buffer(row.sealed),
      ),

    dataKey: (id: number) =>
      maybe(one('SELECT wrapped FROM data_key WHERE id = ?', id), (row) => buffer(row.wrapped)),
    dataKeys: () =>
      all('SELECT id, wrapped FROM data_key ORDER BY id').map((row) => ({
        id: row.id as number,
        wrapped: buffer(row.wrapped),
      })),
    fact: (name: string): string | undefined => one('SELECT value FROM fact WHERE name = ?', name)?.value,
  }
}

const selectDevice = `SELECT d.*, b.created_at, p.instance FROM device d
  JOIN batch b ON b.id = d.batch JOIN product p ON p.id = d.product`

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined
const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const account = (row: Row): AccountRow => ({
  id: row.id,
  uid: row.uid,
  name: row.name,
  createdAt: row.created_at,
})

const ramUser = (row: Row): RamUserRow => ({
  id: row.id,
  account: row.account,
  name: row.name,
  allowed: row.allowed === null ? undefined : JSON.parse(row.allowed),
  createdAt: row.created_at,
})

const accessKey = (row: Row): AccessKeyRow => ({
  id: row.id,
  account: row.account,
  ramUser: orUndefined(row.ram_user),
  active: row.active === 1,
  dataKey: row.data_key,
  sealedSecret: buffer(row.sealed_secret),
  createdAt: row.created_at,
})

const instance = (row: Row): InstanceRow => ({
  id: row.id,
  account: row.account,
  instanceId: orUndefined(row.instance_id),
  kind: row.kind,
  name: row.name,
  createdAt: row.created_at,
})

const product = (row: Row): ProductRow => ({
  id: row.id,
  instance: row.instance,
  productKey: row.product_key,
  name: row.name,
  authType: row.auth_type,
  nodeType: row.node_type,
  dataFormat: row.data_format,
  netType: row.net_type,
  protocolType: orUndefined(row.protocol_type),
  categoryKey: orUndefined(row.category_key),
  description: row.description,
  commodityCode: row.commodity_code,
  validateType: orUndefined(row.validate_type),
  dataKey: row.data_key,
  sealedSecret: buffer(row.sealed_secret),
  deviceCount: row.device_count,
  revision: row.revision,
  createdAt: row.created_at,
})

const batch = (row: Row): BatchRow => ({
  id: row.id,
  account: row.account,
  product: row.product,
  firstNumber: row.first_number,
  size: row.size,
  dataKey: row.data_key,
  createdAt: row.created_at,
})

const device = (row: Row): DeviceRow => ({
  number: row.number,
  product: row.product,
  name: row.name,
  sn: orUndefined(row.sn),
  nickname: orUndefined(row.nickname),
  batch: row.batch,
  createdAt: row.created_at,
})

/** ["name","name",…] straight from bytes: the names asked for are legal, so JSON needs no escapes in them. */
function jsonList({ bytes, start, length }: Column, entries: Int32Array): string {
  let size = 1
  for (const entry of entries) size += length[entry]! + 3
  const json = Buffer.allocUnsafe(size)
  let end = 0
  for (const entry of entries) {
    json[end++] = end === 1 ? 0x5b : 0x2c
    json[end++] = 0x22
    const from = start[entry]!
    for (let i = from; i < from + length[entry]!; i++) json[end++] = bytes[i]!
    json[end++] = 0x22
  }
  json[end++] = 0x5d
  return json.toString('latin1', 0, end)
}
