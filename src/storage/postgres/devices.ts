import type { Clock } from '../../lib/clock.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { tablesOfDevice } from '../content.ts'
import { afterAll } from '../names.ts'
import * as rows from '../rows.ts'
import type { DeviceChange, DeviceFilter, DeviceKey, DeviceRow, DeviceStore } from '../storage.ts'
import { batchStore, replaceBlock } from './batches.ts'
import type { Connections, Session, Value } from './connections.ts'
import { nameStore, namesChanged } from './names.ts'
import { validNodes } from './nodes.ts'
import { sessionChanged } from './session-changes.ts'

/**
 * @param spread whether devices are on several machines
 * @param clock of tests; leases go by the database's otherwise
 */
export const deviceStore = (
  connections: Connections,
  spread: boolean,
  clock: Clock | undefined,
): DeviceStore => ({
  ...nameStore(connections),
  ...batchStore(connections, spread),
  ...deviceLookUps(connections, spread),
  ...devicePages(connections, clock),
  ...deviceWrites(connections),
})

type LookUps = Pick<DeviceStore, 'findByName' | 'findByNames' | 'findByNumbers' | 'tags'>

function deviceLookUps({ all, one }: Connections, spread: boolean): LookUps {
  const lookUp = coalesce(
    async (wanted: readonly Pick<DeviceKey, 'product' | 'name'>[]): Promise<(DeviceRow | undefined)[]> => {
      if (wanted.length === 1) {
        const { product, name } = wanted[0]!
        const row = await one('SELECT * FROM device WHERE product = $1 AND name = $2', product, name)
        return [rows.maybe(row, rows.device)]
      }
      const found = await all(
        `SELECT w.place, d.* FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY w (product, name, place)
           JOIN device d ON d.product = w.product AND d.name = w.name`,
        wanted.map(({ product }) => product),
        wanted.map(({ name }) => name),
      )
      const devices = new Map(found.map((row) => [row.place, rows.device(row)]))
      return wanted.map((_, i) => devices.get(i + 1))
    },
    // Sending a statement is most of a look-up's cost, so one round trip takes many. In a distributed store each is
    // best asked for alone, of the machine that has the device.
    spread ? { max: 1, atOnce: Number.POSITIVE_INFINITY } : { max: 256, atOnce: 1 },
  )
  return {
    findByName: (product, name) => lookUp({ product, name }),
    findByNames: async (product, names) =>
      (await all('SELECT * FROM device WHERE product = $1 AND name = ANY($2::text[])', product, names)).map(
        rows.device,
      ),
    async findByNumbers(numbers) {
      // A number gives its batch, which gives the product: devices are not indexed by their number alone.
      const found = await all(
        `SELECT DISTINCT (SELECT b.product FROM batch b WHERE b.first_number <= n.number
           ORDER BY b.first_number DESC LIMIT 1) AS product FROM unnest($1::bigint[]) n (number)`,
        numbers,
      )
      const products = found
        .map(({ product }) => product as number | null)
        .filter((product) => product !== null)
      if (products.length === 0) return []
      const devices = await all(
        'SELECT * FROM device WHERE product = ANY($1::bigint[]) AND number = ANY($2::bigint[])',
        products,
        numbers,
      )
      return devices.map(rows.device)
    },
    tags: async ({ product, name }) => {
      const sql = 'SELECT key, value FROM device_tag WHERE product = $1 AND name = $2 ORDER BY key'
      return (await all(sql, product, name)).map(rows.tag)
    },
  }
}

type Pages = Pick<DeviceStore, 'page' | 'pageByName' | 'count'>

function devicePages(connections: Connections, clock: Clock | undefined): Pages {
  const { all, one } = connections
  const nodes = async () => (await validNodes(connections, clock)).map(({ id }) => id)
  return {
    async page(filter, page) {
      const { where, values } = await conditions(filter, nodes)
      const place = (value: number) => `$${values.push(value)}`
      const sql =
        'below' in page
          ? `${where} AND d.number < ${place(page.below)} ORDER BY d.number DESC LIMIT ${place(page.limit)}`
          : `${where} ORDER BY d.number DESC LIMIT ${place(page.limit)} OFFSET ${place(page.offset)}`
      return (await all(`SELECT d.* FROM device d WHERE ${sql}`, ...values)).map(rows.device)
    },
    pageByName: async (product, prefix, after, limit) =>
      (
        await all(
          `SELECT * FROM device WHERE product = $1 AND name ${after === '' ? '>=' : '>'} $2 AND name < $3
           ORDER BY name LIMIT $4`,
          product,
          after === '' ? prefix : after,
          afterAll(prefix),
          limit,
        )
      ).map(rows.device),
    async count(filter) {
      const { where, values } = await conditions(filter, nodes)
      return (await one(`SELECT count(*) AS count FROM device d WHERE ${where}`, ...values))!.count
    },
  }
}

const sessionOf =
  'FROM device_session s WHERE s.product = d.product AND s.name = d.name AND s.number = d.number'

/** A filter as SQL with its values. @param nodes returns those whose lease is valid */
async function conditions(
  { products, state, everyTag = [] }: DeviceFilter,
  nodes: () => Promise<readonly number[]>,
) {
  // For one product the index has the devices in the order of pages; ANY of a list is sorted, 0.2 s for a million.
  const single = products.length === 1
  const values: Value[] = [single ? products[0]! : products]
  const parts = [single ? 'd.product = $1' : 'd.product = ANY($1::bigint[])']
  if (state !== undefined) parts.push(state === 'DISABLE' ? 'd.disabled' : 'NOT d.disabled')
  if (state === 'UNACTIVE') parts.push(`NOT EXISTS (SELECT 1 ${sessionOf})`)
  if (state === 'ONLINE' || state === 'OFFLINE') {
    const online = `s.online AND s.node = ANY($${values.push(await nodes())}::bigint[])`
    parts.push(`EXISTS (SELECT 1 ${sessionOf} AND ${state === 'ONLINE' ? '' : 'NOT '}(${online}))`)
  }
  for (const { key, value } of everyTag) {
    values.push(key)
    let tag = `t.product = d.product AND t.name = d.name AND t.key = $${values.length}`
    if (value !== undefined) tag += ` AND t.value = $${values.push(value)}`
    parts.push(`EXISTS (SELECT 1 FROM device_tag t WHERE ${tag})`)
  }
  return { where: parts.join(' AND '), values }
}

type Writes = Pick<DeviceStore, 'update' | 'delete' | 'setTags' | 'deleteTag'>

const deviceWrites = ({ transaction }: Connections): Writes => ({
  update: (changes, at) =>
    unlessRolledBack(
      transaction(async (session) => {
        for (const { device, change } of changes.toSorted((a, b) => byNumber(a.device, b.device))) {
          if (!(await updateDevice(session, device, change, at))) throw new RolledBack(device)
        }
        for (const { device, change } of changes)
          if (change.disabled) await sessionChanged(session, device.product, 'disabled', [device.number])
        return undefined
      }),
    ),
  delete: (device, at, block) =>
    transaction(async (session) => {
      const { product, name } = device
      const sql = `DELETE FROM device WHERE ${thisOne} RETURNING name`
      if ((await session.one(sql, ...keyOf(device))) === undefined) return false
      if (block !== undefined) await replaceBlock(session, block)
      await deleteTied(session, product, [name])
      await namesChanged(session, product, [name], 'removed', at)
      await sessionChanged(session, product, 'deleted', [device.number])
      return true
    }),
  setTags: (device, tags, max, at) =>
    unlessRolledBack(
      transaction(async (session) => {
        // It locks the device's row: of two transactions the second counts what the first has added.
        if (!(await touchDevice(session, device, at))) return false
        const { product, name } = device
        for (const { key, value } of tags) {
          await session.run(
            `INSERT INTO device_tag (product, name, key, value) VALUES ($1, $2, $3, $4)
             ON CONFLICT (product, name, key) DO UPDATE SET value = excluded.value`,
            product,
            name,
            key,
            value,
          )
        }
        const sql = 'SELECT count(*) AS count FROM device_tag WHERE product = $1 AND name = $2'
        if ((await session.one(sql, product, name))!.count > max) throw new RolledBack(false)
        return true
      }),
    ),
  deleteTag: (device, key, at) =>
    transaction(async (session) => {
      const { product, name } = device
      const sql = 'DELETE FROM device_tag WHERE product = $1 AND name = $2 AND key = $3 RETURNING key'
      if ((await session.one(sql, product, name, key)) === undefined) return false
      return touchDevice(session, device, at)
    }),
})

const thisOne = 'product = $1 AND name = $2 AND number = $3'
const keyOf = ({ product, name, number }: DeviceKey) => [product, name, number] as const

/** The order in which devices are changed: of two transactions that share some, one waits for the other. */
export const byNumber = (a: DeviceKey, b: DeviceKey) => a.number - b.number

const updateDevice = async (
  { one }: Session,
  device: DeviceKey,
  { nickname, disabled }: DeviceChange,
  at: number,
) =>
  (await one(
    `UPDATE device SET nickname = CASE WHEN $4 THEN $5 ELSE nickname END,
       disabled = coalesce($6, disabled), modified_at = $7 WHERE ${thisOne} RETURNING name`,
    ...keyOf(device),
    nickname !== undefined,
    nickname ?? null,
    disabled ?? null,
    at,
  )) !== undefined

/** Changes the time of a device's last change. False when the device is gone. */
export const touchDevice = async ({ one }: Session, device: DeviceKey, at: number): Promise<boolean> =>
  (await one(`UPDATE device SET modified_at = $4 WHERE ${thisOne} RETURNING name`, ...keyOf(device), at)) !==
  undefined

/** Within a transaction: deletes what is tied to devices that are deleted. */
export async function deleteTied({ run }: Session, product: number, names: readonly string[]): Promise<void> {
  for (const table of tablesOfDevice)
    await run(`DELETE FROM ${table} WHERE product = $1 AND name = ANY($2::text[])`, product, names)
}

/** Rolls a transaction back and carries its result. */
class RolledBack<Result> extends Error {
  readonly result: Result
  constructor(result: Result) {
    super('rolled back')
    this.result = result
  }
}

async function unlessRolledBack<Result>(written: Promise<Result>): Promise<Result> {
  try {
    return await written
  } catch (error) {
    if (error instanceof RolledBack) return error.result
    throw error
  }
}
