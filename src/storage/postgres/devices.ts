import type { Clock } from '../../lib/clock.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { type Column, textAt } from '../../lib/columns.ts'
import { afterAll } from '../names.ts'
import * as rows from '../rows.ts'
import {
  type BatchRow,
  type BlockChange,
  type BlockKey,
  Conflict,
  type DeviceChange,
  type DeviceFilter,
  type DeviceKey,
  type DeviceRow,
  type DeviceStore,
} from '../storage.ts'
import { insertBatch, insertFree, namesChanged } from './batches.ts'
import type { Connections, Session, Value } from './connections.ts'
import { validNodes } from './nodes.ts'
import { deleteSessions, sessionChanged } from './session-changes.ts'

/** Numbers of a batch's devices, as the last of three values: product, first, last. */
const numbersOf = ({ product, firstNumber, size }: BatchRow) =>
  [product, firstNumber, firstNumber + size - 1] as const

const thisOne = 'product = $1 AND name = $2 AND number = $3'
const keyOf = ({ product, name, number }: DeviceKey) => [product, name, number] as const

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

/** The order in which devices are changed: of two calls that share some, one waits for the other. */
export const byNumber = (a: DeviceKey, b: DeviceKey) => a.number - b.number

/** @throws Conflict */
async function replaceBlock({ one }: Session, { batch, block, before, after }: BlockChange): Promise<void> {
  const sql =
    'UPDATE batch_block SET sealed = $1 WHERE batch = $2 AND block = $3 AND sealed = $4 RETURNING block'
  if ((await one(sql, after, batch, block, before)) === undefined)
    throw new Conflict(`the block ${block} of the batch ${batch} was changed meanwhile`)
}

const sessionOf =
  'FROM device_session s WHERE s.product = d.product AND s.name = d.name AND s.number = d.number'

/** What a filter asks for, as SQL and its values. @param nodes gives those whose lease is valid */
async function conditions(
  { products, state, everyTag = [] }: DeviceFilter,
  nodes: () => Promise<readonly number[]>,
) {
  // Of one product the index has the devices in the order of pages; ANY of a list is sorted, 0.2 s for a million.
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

type SealedBlock = BlockKey & { readonly sealed: Buffer }

/** Look-ups that one round trip takes, and round trips under way at once: sending a statement is most of its cost. */
const group = { max: 256, atOnce: 1 }

/**
 * @param spread whether devices lie on several machines: one is then best asked for alone, of the machine it is on
 * @param clock of tests; leases go by the database's otherwise
 */
export function deviceStore(
  connections: Connections,
  spread: boolean,
  clock: Clock | undefined,
): DeviceStore {
  const { all, one, transaction } = connections
  const nodes = async () => (await validNodes(connections, clock)).map(({ id }) => id)

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
    { ...group, ...(spread && { max: 1, atOnce: Number.POSITIVE_INFINITY }) },
  )

  const block = coalesce(async (wanted: readonly BlockKey[]): Promise<(SealedBlock | undefined)[]> => {
    const found = await all(
      `SELECT w.place, b.batch, b.block, b.sealed
       FROM unnest($1::bigint[], $2::integer[]) WITH ORDINALITY w (batch, block, place)
         JOIN batch_block b ON b.batch = w.batch AND b.block = w.block`,
      wanted.map(({ batch }) => batch),
      wanted.map(({ block }) => block),
    )
    const blocks = new Map(found.map(({ place, ...block }) => [place, block as SealedBlock]))
    return wanted.map((_, i) => blocks.get(i + 1))
  }, group)

  return {
    async namesTaken(product, names, entries) {
      if (entries.length === 0) return []
      const asked = new Map(Array.from(entries, (entry) => [textAt(names, entry)!, entry]))
      const found = await all(
        `SELECT name FROM device WHERE product = $1 AND name = ANY(string_to_array($2, E'\\n'))`,
        product,
        lines(names, entries),
      )
      return found.map(({ name }) => asked.get(name)!)
    },
    async namesAfter(product, after, limit) {
      const found = await all(
        'SELECT name FROM device WHERE product = $1 AND name > $2 ORDER BY name LIMIT $3',
        product,
        after,
        limit,
      )
      const names = Buffer.from(found.map(({ name }) => name).join('\n'))
      return found.length === 0 ? { names } : { names, last: found.at(-1)!.name }
    },
    changesSince: async (product, revision, limit) =>
      (
        await all(
          'SELECT revision, removed, names, created_at FROM name_change WHERE product = $1 AND revision > $2 ORDER BY revision LIMIT $3',
          product,
          revision,
          limit,
        )
      ).map(({ revision, removed, names, created_at }) => ({
        revision,
        removed,
        names: Buffer.from(names),
        createdAt: created_at,
      })),

    nextApplyId: async () => (await one(`SELECT nextval('apply_id') AS id`))!.id,
    insertBatch: (batch) => insertBatch(connections, batch, spread),
    insertFree: (batch) => insertFree(connections, batch),
    batch: async (id) => rows.maybe(await one('SELECT * FROM batch WHERE id = $1', id), rows.batch),
    async batchPage({ account, instance, product, kind, checkedSince }, below, limit) {
      const [where, of] = product === undefined ? ['b.account = $2', account] : ['b.product = $2', product]
      const joined = 'JOIN product p ON p.id = b.product AND p.instance = $1'
      const listed = 'p.product_key, p.name AS product_name, b.size, b.created_at'
      const found =
        kind === 'Check'
          ? await all(
              `SELECT b.apply_id AS id, 'Check' AS kind, ${listed} FROM checked_list b ${joined}
               WHERE ${where} AND b.created_at >= $3 AND b.apply_id < $4 ORDER BY b.apply_id DESC LIMIT $5`,
              instance,
              of,
              checkedSince,
              below,
              limit,
            )
          : await all(
              `SELECT b.id, b.kind, ${listed} FROM batch b ${joined}
               WHERE ${where} AND b.kind = $3 AND b.id < $4 ORDER BY b.id DESC LIMIT $5`,
              instance,
              of,
              kind,
              below,
              limit,
            )
      return found.map(rows.listedBatch)
    },
    batches: async (ids) =>
      (
        await all(
          'SELECT b.*, k.wrapped FROM batch b JOIN data_key k ON k.id = b.data_key WHERE b.id = ANY($1::bigint[])',
          ids,
        )
      ).map((row) => ({ ...rows.batch(row), wrappedKey: row.wrapped })),
    blocks: async (wanted) => (await Promise.all(wanted.map(block))).filter((found) => found !== undefined),
    ofBatch: async (batch, offset, limit) =>
      (
        await all(
          `SELECT * FROM device WHERE product = $1 AND number BETWEEN $2 AND $3
           ORDER BY number LIMIT $4 OFFSET $5`,
          ...numbersOf(batch),
          limit,
          offset,
        )
      ).map(rows.device),
    countOfBatch: async (batch) =>
      (await one(
        'SELECT count(*) AS count FROM device WHERE product = $1 AND number BETWEEN $2 AND $3',
        ...numbersOf(batch),
      ))!.count,
    deleteUnchanged: (batch, at, numbers, blocks = []) =>
      transaction(async (session) => {
        const deleted = await session.all(
          `DELETE FROM device WHERE product = $1 AND number BETWEEN $2 AND $3 AND modified_at IS NULL
             AND ($4::bigint[] IS NULL OR number = ANY($4::bigint[])) RETURNING name, number`,
          ...numbersOf(batch),
          numbers ?? null,
        )
        const names = deleted.map(({ name }) => name as string)
        if (numbers !== undefined && names.length !== numbers.length)
          throw new Conflict(`devices of the batch ${batch.id} were changed meanwhile`)
        for (const block of blocks) await replaceBlock(session, block)
        if (names.length === 0) return 0
        // No tag and no group is tied to them: that would have been a change. A session may be.
        await deleteSessions(session, batch.product, names)
        await namesChanged(session, batch.product, names, 'removed', at)
        const deletedNumbers = deleted.map(({ number }) => number as number)
        await sessionChanged(session, batch.product, 'deleted', deletedNumbers)
        return names.length
      }),

    insertChecked: (list, forgetBefore) =>
      transaction(async (session) => {
        await session.run(
          'DELETE FROM checked_list WHERE product = $1 AND created_at < $2',
          list.product,
          forgetBefore,
        )
        const row = await session.one(
          `INSERT INTO checked_list (apply_id, account, product, good, list, created_at, size)
           VALUES (nextval('apply_id'), $1, $2, $3, $4, $5, $6) RETURNING apply_id`,
          list.account,
          list.product,
          list.good,
          list.list,
          list.createdAt,
          list.size,
        )
        return row!.apply_id
      }),
    checked: async (applyId) =>
      rows.maybe(await one('SELECT * FROM checked_list WHERE apply_id = $1', applyId), rows.checkedList),

    findByName: (product, name) => lookUp({ product, name }),
    findByNames: async (product, names) =>
      (await all('SELECT * FROM device WHERE product = $1 AND name = ANY($2::text[])', product, names)).map(
        rows.device,
      ),
    async findByNumbers(numbers) {
      // A number tells its batch, which tells the product: devices are not indexed by their number alone.
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
    update: (changes, at) =>
      takenBack(
        transaction(async (session) => {
          for (const { device, change } of changes.toSorted((a, b) => byNumber(a.device, b.device))) {
            if (!(await updateDevice(session, device, change, at))) throw new TakenBack(device)
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
        for (const table of ['device_tag', 'group_device']) {
          await session.run(`DELETE FROM ${table} WHERE product = $1 AND name = $2`, product, name)
        }
        await deleteSessions(session, product, [name])
        await namesChanged(session, product, [name], 'removed', at)
        await sessionChanged(session, product, 'deleted', [device.number])
        return true
      }),

    tags: async ({ product, name }) =>
      (
        await all(
          'SELECT key, value FROM device_tag WHERE product = $1 AND name = $2 ORDER BY key',
          product,
          name,
        )
      ).map(rows.tag),
    setTags: (device, tags, max, at) =>
      takenBack(
        transaction(async (session) => {
          // It locks the device's row: of two calls at once the second counts what the first has added.
          if (!(await touchDevice(session, device, at))) return false
          const { product, name } = device
          for (const { key, value } of tags) {
            await session.run(
              `INSERT INTO device_tag VALUES ($1, $2, $3, $4)
             ON CONFLICT (product, name, key) DO UPDATE SET value = excluded.value`,
              product,
              name,
              key,
              value,
            )
          }
          const { count } = (await session.one(
            'SELECT count(*) AS count FROM device_tag WHERE product = $1 AND name = $2',
            product,
            name,
          ))!
          if (count > max) throw new TakenBack(false)
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
  }
}

/** Takes back what a transaction has written, and gives a result nevertheless. */
class TakenBack<Result> extends Error {
  readonly result: Result
  constructor(result: Result) {
    super('taken back')
    this.result = result
  }
}

async function takenBack<Result>(written: Promise<Result>): Promise<Result> {
  try {
    return await written
  } catch (error) {
    if (error instanceof TakenBack) return error.result
    throw error
  }
}

/** The names of entries, a line feed between each two, straight from bytes: those asked for are legal. */
function lines({ bytes, start, length }: Column, entries: Int32Array): string {
  let size = 0
  for (const entry of entries) size += length[entry]! + 1
  const text = Buffer.allocUnsafe(size)
  let end = 0
  for (const entry of entries) {
    text.set(bytes.subarray(start[entry]!, start[entry]! + length[entry]!), end)
    end += length[entry]!
    text[end++] = 0x0a
  }
  return text.toString('latin1', 0, end - 1)
}
