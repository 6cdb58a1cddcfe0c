import { tablesOfDevice } from '../content.ts'
import { afterAll } from '../names.ts'
import * as rows from '../rows.ts'
import type { DeviceChange, DeviceFilter, DeviceKey, DeviceStore } from '../storage.ts'
import { replaceBlock } from './batches.ts'
import { namesChanged } from './names.ts'
import { sessionChanged } from './session-changes.ts'
import type { Statements } from './statements.ts'
import { type Sync, subject } from './subject.ts'

/** CROSS JOIN keeps SQLite from scanning the devices and searching the list: a plain join took minutes. */
const asked = 'json_each(?1) asked CROSS JOIN'

const session =
  'FROM device_session s WHERE s.product = d.product AND s.name = d.name AND s.number = d.number'
const online = 's.online AND s.node IN (SELECT id FROM node WHERE lease_until > ?)'

type Reads = 'findByName' | 'findByNames' | 'findByNumbers' | 'page' | 'pageByName' | 'count' | 'tags'
type Writes = 'update' | 'delete' | 'setTags' | 'deleteTag'

export const devices = subject<DeviceStore, Reads, Writes>(deviceReads, (statements) => {
  const { one, run, transaction } = statements
  return {
    update(changes, at) {
      try {
        return transaction(() => {
          for (const { device, change } of changes)
            if (!updateDevice(statements, device, change, at)) throw new Gone(device)
          for (const { device, change } of changes)
            if (change.disabled) sessionChanged(statements, device.product, 'disabled', [device.number])
          return undefined
        })
      } catch (error) {
        if (error instanceof Gone) return error.device
        throw error
      }
    },
    delete: ({ product, name, number }, at, block) =>
      transaction(() => {
        if (run('DELETE FROM device WHERE number = ?', number) === 0) return false
        if (block !== undefined) replaceBlock(statements, block)
        deleteTied(statements, product, [name])
        sessionChanged(statements, product, 'deleted', [number])
        namesChanged(statements, product, [name], 'removed', at)
        return true
      }),
    setTags: (device, tags, max, at) =>
      transaction(() => {
        const { product, name } = device
        const asked = JSON.stringify(tags)
        const { count } = one(
          `SELECT count(*) AS count FROM (SELECT key FROM device_tag WHERE product = ? AND name = ?
             UNION SELECT value ->> 'key' FROM json_each(?))`,
          product,
          name,
          asked,
        )!
        if (count > max || !touchDevice(statements, device, at)) return false
        run(
          `INSERT OR REPLACE INTO device_tag (product, name, key, value)
           SELECT ?, ?, value ->> 'key', value ->> 'value' FROM json_each(?)`,
          product,
          name,
          asked,
        )
        return true
      }),
    deleteTag: (device, key, at) =>
      transaction(() => {
        const sql = 'DELETE FROM device_tag WHERE product = ? AND name = ? AND key = ?'
        return run(sql, device.product, device.name, key) === 1 && touchDevice(statements, device, at)
      }),
  }
})

function deviceReads({ one, all, now }: Statements): Sync<DeviceStore, Reads> {
  return {
    findByName: (product, name) =>
      rows.maybe(one('SELECT * FROM device WHERE product = ? AND name = ?', product, name), rows.device),
    findByNames: (product, names) =>
      all(
        `SELECT d.* FROM ${asked} device d ON d.product = ?2 AND d.name = asked.value`,
        JSON.stringify(names),
        product,
      ).map(rows.device),
    findByNumbers: (numbers) =>
      all(`SELECT d.* FROM ${asked} device d ON d.number = asked.value`, JSON.stringify(numbers)).map(
        rows.device,
      ),
    page(filter, page) {
      const { where, values } = conditions(filter, now())
      const sql = `SELECT * FROM device d WHERE ${where}`
      const found =
        'below' in page
          ? all(`${sql} AND d.number < ? ORDER BY d.number DESC LIMIT ?`, ...values, page.below, page.limit)
          : all(`${sql} ORDER BY d.number DESC LIMIT ? OFFSET ?`, ...values, page.limit, page.offset)
      return found.map(rows.device)
    },
    pageByName: (product, prefix, after, limit) =>
      all(
        // One lower bound: of two SQLite may use the wrong one, and read all names before the page.
        `SELECT * FROM device WHERE product = ? AND name ${after === '' ? '>=' : '>'} ? AND name < ?
         ORDER BY name LIMIT ?`,
        product,
        after === '' ? prefix : after,
        afterAll(prefix),
        limit,
      ).map(rows.device),
    count(filter) {
      const { where, values } = conditions(filter, now())
      return one(`SELECT count(*) AS count FROM device d WHERE ${where}`, ...values)!.count
    },
    tags: ({ product, name }) =>
      all('SELECT key, value FROM device_tag WHERE product = ? AND name = ? ORDER BY key', product, name).map(
        rows.tag,
      ),
  }
}

/** A filter as SQL with its values; the products are few, and each is a range of an index. */
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

const updateDevice = (
  { run }: Statements,
  { number }: DeviceKey,
  { nickname, disabled }: DeviceChange,
  at: number,
) =>
  run(
    `UPDATE device SET nickname = CASE WHEN ?1 THEN ?2 ELSE nickname END,
       disabled = coalesce(?3, disabled), modified_at = ?4 WHERE number = ?5`,
    nickname === undefined ? 0 : 1,
    nickname ?? null,
    disabled === undefined ? null : Number(disabled),
    at,
    number,
  ) === 1

/** Changes the time of a device's last change. False when the device is gone. */
export const touchDevice = ({ run }: Statements, { number }: DeviceKey, at: number): boolean =>
  run('UPDATE device SET modified_at = ? WHERE number = ?', at, number) === 1

/** Within a transaction: deletes what is tied to devices that are deleted. */
export function deleteTied({ run }: Statements, product: number, names: readonly string[]): void {
  const list = JSON.stringify(names)
  for (const table of tablesOfDevice)
    run(`DELETE FROM ${table} WHERE product = ? AND name IN (SELECT value FROM json_each(?))`, product, list)
}

/** Rolls an update back because a device is gone. */
class Gone extends Error {
  readonly device: DeviceKey
  constructor(device: DeviceKey) {
    super(`the device ${device.name} is gone`)
    this.device = device
  }
}
