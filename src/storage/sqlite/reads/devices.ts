import type { Column } from '../../../lib/columns.ts'
import { afterAll } from '../../names.ts'
import * as rows from '../../rows.ts'
import type {
  BatchFilter,
  BatchRow,
  BlockKey,
  DeviceFilter,
  DeviceKey,
  DevicePage,
  NameChange,
} from '../../storage.ts'
import type { Statements } from '../statements.ts'

/** CROSS JOIN keeps SQLite from scanning the devices and searching the list: a plain join took minutes. */
const asked = 'json_each(?1) asked CROSS JOIN'

const session =
  'FROM device_session s WHERE s.product = d.product AND s.name = d.name AND s.number = d.number'
const online = 's.online AND s.node IN (SELECT id FROM node WHERE lease_until > ?)'

export function deviceReads({ one, all }: Statements) {
  /** What a filter asks for, as SQL and its values; the products are few, and each is a range of an index. */
  function conditions({ products, state, everyTag = [] }: DeviceFilter, now: number) {
    const values: (string | number)[] = [JSON.stringify(products)]
    const parts = ['d.product IN (SELECT value FROM json_each(?))']
    if (state !== undefined) parts.push(state === 'DISABLE' ? 'd.disabled = 1' : 'd.disabled = 0')
    if (state === 'UNACTIVE') parts.push(`NOT EXISTS (SELECT 1 ${session})`)
    if (state === 'ONLINE' || state === 'OFFLINE') {
      parts.push(`EXISTS (SELECT 1 ${session} AND ${state === 'ONLINE' ? '' : 'NOT '}(${online}))`)
      values.push(now)
    }
    for (const { key, value } of everyTag) {
      const ofValue = value === undefined ? '' : ' AND value = ?'
      // From the tags to the devices: EXISTS would look at every device of the products, 0.6 s for a million.
      parts.push(`(d.product, d.name) IN (SELECT product, name FROM device_tag WHERE key = ?${ofValue})`)
      values.push(key, ...(value === undefined ? [] : [value]))
    }
    return { where: parts.join(' AND '), values }
  }

  return {
    /** One statement for all names. */
    namesTaken(product: number, names: Column, entries: Int32Array): number[] {
      if (entries.length === 0) return []
      const found = all(
        `SELECT asked.key FROM ${asked} device d ON d.product = ?2 AND d.name = asked.value`,
        jsonList(names, entries),
        product,
      ) as unknown as { key: number }[]
      return found.map(({ key }) => entries[key]!)
    },
    namesAfter(product: number, after: string, limit: number): { names: Uint8Array; last?: string } {
      const { names, last } = one(
        `SELECT CAST(group_concat(name, char(10)) AS BLOB) AS names, max(name) AS last
         FROM (SELECT name FROM device WHERE product = ? AND name > ? ORDER BY name LIMIT ?)`,
        product,
        after,
        limit,
      ) as { names: Uint8Array | null; last: string | null }
      return last === null ? { names: new Uint8Array() } : { names: names!, last }
    },
    changesSince: (product: number, revision: number, limit: number): NameChange[] =>
      all(
        'SELECT revision, removed, names, created_at FROM name_change WHERE product = ? AND revision > ? ORDER BY revision LIMIT ?',
        product,
        revision,
        limit,
      ).map((row) => ({
        revision: row.revision,
        removed: row.removed === 1,
        names: row.names,
        createdAt: row.created_at,
      })),

    batch: (id: number) => rows.maybe(one('SELECT * FROM batch WHERE id = ?', id), rows.batch),
    batchPage({ account, instance, product, kind, checkedSince }: BatchFilter, below: number, limit: number) {
      const [where, of] = product === undefined ? ['b.account = ?', account] : ['b.product = ?', product]
      const joined = 'JOIN product p ON p.id = b.product AND p.instance = ?'
      const listed = 'p.product_key, p.name AS product_name, b.size, b.created_at'
      const found =
        kind === 'Check'
          ? all(
              `SELECT b.apply_id AS id, 'Check' AS kind, ${listed} FROM checked_list b ${joined}
               WHERE ${where} AND b.created_at >= ? AND b.apply_id < ? ORDER BY b.apply_id DESC LIMIT ?`,
              instance,
              of,
              checkedSince,
              below,
              limit,
            )
          : all(
              `SELECT b.id, b.kind, ${listed} FROM batch b ${joined}
               WHERE ${where} AND b.kind = ? AND b.id < ? ORDER BY b.id DESC LIMIT ?`,
              instance,
              of,
              kind,
              below,
              limit,
            )
      return found.map(rows.listedBatch)
    },
    batches: (ids: readonly number[]) =>
      all(
        `SELECT b.*, k.wrapped FROM ${asked} batch b ON b.id = asked.value JOIN data_key k ON k.id = b.data_key`,
        JSON.stringify(ids),
      ).map((row) => ({ ...rows.batch(row), wrappedKey: rows.buffer(row.wrapped) })),
    blocks: (wanted: readonly BlockKey[]) =>
      all(
        `SELECT b.batch, b.block, b.sealed FROM ${asked} batch_block b
           ON b.batch = asked.value ->> 'batch' AND b.block = asked.value ->> 'block'`,
        JSON.stringify(wanted),
      ).map(({ batch, block, sealed }) => ({ batch, block, sealed: rows.buffer(sealed) })),
    devicesOfBatch: ({ firstNumber, size }: BatchRow, offset: number, limit: number) =>
      all(
        'SELECT * FROM device WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ? OFFSET ?',
        firstNumber,
        firstNumber + size - 1,
        limit,
        offset,
      ).map(rows.device),
    countOfBatch: ({ firstNumber, size }: BatchRow): number =>
      one(
        'SELECT count(*) AS count FROM device WHERE number BETWEEN ? AND ?',
        firstNumber,
        firstNumber + size - 1,
      )!.count,
    checkedList: (applyId: number) =>
      rows.maybe(one('SELECT * FROM checked_list WHERE apply_id = ?', applyId), rows.checkedList),

    deviceByName: (product: number, name: string) =>
      rows.maybe(one('SELECT * FROM device WHERE product = ? AND name = ?', product, name), rows.device),
    devicesByNames: (product: number, names: readonly string[]) =>
      all(
        `SELECT d.* FROM ${asked} device d ON d.product = ?2 AND d.name = asked.value`,
        JSON.stringify(names),
        product,
      ).map(rows.device),
    devicesByNumbers: (numbers: readonly number[]) =>
      all(`SELECT d.* FROM ${asked} device d ON d.number = asked.value`, JSON.stringify(numbers)).map(
        rows.device,
      ),
    devicePage(filter: DeviceFilter, page: DevicePage, now: number) {
      const { where, values } = conditions(filter, now)
      const sql = `SELECT * FROM device d WHERE ${where}`
      const found: rows.Row[] =
        'below' in page
          ? all(`${sql} AND d.number < ? ORDER BY d.number DESC LIMIT ?`, ...values, page.below, page.limit)
          : all(`${sql} ORDER BY d.number DESC LIMIT ? OFFSET ?`, ...values, page.limit, page.offset)
      return found.map(rows.device)
    },
    devicePageByName: (product: number, prefix: string, after: string, limit: number) =>
      all(
        // One lower bound: of two SQLite may take the wrong one, and walk over all that come before the page.
        `SELECT * FROM device WHERE product = ? AND name ${after === '' ? '>=' : '>'} ? AND name < ?
         ORDER BY name LIMIT ?`,
        product,
        after === '' ? prefix : after,
        afterAll(prefix),
        limit,
      ).map(rows.device),
    deviceCount(filter: DeviceFilter, now: number): number {
      const { where, values } = conditions(filter, now)
      return one(`SELECT count(*) AS count FROM device d WHERE ${where}`, ...values)!.count
    },
    deviceTags: ({ product, name }: DeviceKey) =>
      all('SELECT key, value FROM device_tag WHERE product = ? AND name = ? ORDER BY key', product, name).map(
        rows.tag,
      ),
  }
}

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
