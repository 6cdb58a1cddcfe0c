import { coalesce } from '../../lib/coalesce.ts'
import { absent, type Column, textAt } from '../../lib/columns.ts'
import { Sql } from '../mapping.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import {
  type BatchRow,
  type BatchStore,
  type BlockChange,
  type BlockKey,
  Conflict,
  Duplicate,
  type NewBatch,
} from '../storage.ts'
import type { Connections, Session, Value } from './connections.ts'
import { deleteTied } from './devices.ts'
import { insertRow } from './insert.ts'
import { namesChanged } from './names.ts'
import { sessionChanged } from './session-changes.ts'

/** @param spread whether devices are on several machines */
export const batchStore = (connections: Connections, spread: boolean): BatchStore => ({
  ...batchReads(connections),
  nextApplyId: async () => (await connections.one(`SELECT nextval('apply_id') AS id`))!.id,
  insertBatch: (batch) => insertBatch(connections, batch, spread),
  insertFree: (batch) => insertFree(connections, batch),
  deleteUnchanged: (batch, at, numbers, blocks = [], until) =>
    connections.transaction(async (session) => {
      const deleted = await session.all(
        `DELETE FROM device WHERE product = $1 AND number BETWEEN $2 AND $3
           AND (modified_at IS NULL OR modified_at <= $5)
           AND ($4::bigint[] IS NULL OR number = ANY($4::bigint[])) RETURNING name, number`,
        ...numbersOf(batch),
        numbers ?? null,
        until ?? null,
      )
      if (numbers !== undefined && deleted.length !== numbers.length)
        throw new Conflict(`devices of the batch ${batch.id} were changed meanwhile`)
      for (const block of blocks) await replaceBlock(session, block)
      if (deleted.length === 0) return 0
      const names = deleted.map(({ name }) => name as string)
      await deleteTied(session, batch.product, names)
      await namesChanged(session, batch.product, names, 'removed', at)
      const deletedNumbers = deleted.map(({ number }) => number as number)
      await sessionChanged(session, batch.product, 'deleted', deletedNumbers)
      return names.length
    }),
  insertChecked: (list, forgetBefore) =>
    connections.transaction(async (session) => {
      const sql = 'DELETE FROM checked_list WHERE product = $1 AND created_at < $2'
      await session.run(sql, list.product, forgetBefore)
      const applyId = new Sql(`nextval('apply_id')`)
      return insertRow(session, schema.checkedList, { ...list, applyId }, 'apply_id')
    }),
})

type Reads = Pick<
  BatchStore,
  'batch' | 'batchPage' | 'batches' | 'blocks' | 'ofBatch' | 'countOfBatch' | 'checked'
>

function batchReads({ all, one }: Connections): Reads {
  type SealedBlock = BlockKey & { readonly sealed: Buffer }
  const block = coalesce(
    async (wanted: readonly BlockKey[]): Promise<(SealedBlock | undefined)[]> => {
      const found = await all(
        `SELECT w.place, b.batch, b.block, b.sealed
       FROM unnest($1::bigint[], $2::integer[]) WITH ORDINALITY w (batch, block, place)
         JOIN batch_block b ON b.batch = w.batch AND b.block = w.block`,
        wanted.map(({ batch }) => batch),
        wanted.map(({ block }) => block),
      )
      const blocks = new Map(found.map((row) => [row.place, rows.batchBlock(row)]))
      return wanted.map((_, i) => blocks.get(i + 1))
    },
    { max: 256, atOnce: 1 },
  )

  return {
    batch: async (id) => rows.maybe(await one('SELECT * FROM batch WHERE id = $1', id), rows.batch),
    async batchPage({ account, instance, product, kind, checkedSince }, below, limit) {
      const [where, of] = product === undefined ? ['b.account = $2', account] : ['b.product = $2', product]
      const joined = 'JOIN product p ON p.id = b.product AND p.instance = $1'
      const listed = 'p.product_key, p.name AS product_name, b.size, b.created_at'
      const sql =
        kind === 'Check'
          ? `SELECT b.apply_id AS id, 'Check' AS kind, ${listed} FROM checked_list b ${joined}
             WHERE ${where} AND b.created_at >= $3 AND b.apply_id < $4 ORDER BY b.apply_id DESC LIMIT $5`
          : `SELECT b.id, b.kind, ${listed} FROM batch b ${joined}
             WHERE ${where} AND b.kind = $3 AND b.id < $4 ORDER BY b.id DESC LIMIT $5`
      const among = kind === 'Check' ? checkedSince : kind
      return (await all(sql, instance, of, among, below, limit)).map(rows.listedBatch)
    },
    batches: async (ids) => {
      const sql =
        'SELECT b.*, k.wrapped FROM batch b JOIN data_key k ON k.id = b.data_key WHERE b.id = ANY($1::bigint[])'
      return (await all(sql, ids)).map(rows.sealedBatch)
    },
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
    checked: async (applyId) =>
      rows.maybe(await one('SELECT * FROM checked_list WHERE apply_id = $1', applyId), rows.checkedList),
  }
}

/** The key of a batch's devices: their product, their first number and their last. */
const numbersOf = ({ product, firstNumber, size }: BatchRow) =>
  [product, firstNumber, firstNumber + size - 1] as const

/** @throws Conflict */
export async function replaceBlock(
  { one }: Session,
  { batch, block, before, after }: BlockChange,
): Promise<void> {
  const sql =
    'UPDATE batch_block SET sealed = $1 WHERE batch = $2 AND block = $3 AND sealed = $4 RETURNING block'
  if ((await one(sql, after, batch, block, before)) === undefined)
    throw new Conflict(`the block ${block} of the batch ${batch} was changed meanwhile`)
}

/** Separates the values of a column that is sent as one text, and stands for an absent one. */
const separator = '\x1f'
const none = '\x1e'

/** Columns of a batch as texts, sorted by name: batches that share names wait for each other in one order. */
interface SentColumns {
  readonly names: readonly string[]
  /** Places of the sorted devices in the batch. */
  readonly places: readonly number[]
  column(of: Column | undefined): string | null
}

function sentColumns({ names, size }: NewBatch): SentColumns {
  // Names are ASCII. Sorted as they are, each with its place behind it, they take a fifth of the time that a
  // comparing function does.
  const sorted = Array.from(
    { length: size },
    (_, place) => `${textAt(names, place)}${separator}${place}`,
  ).sort()
  const ends = sorted.map((text) => text.lastIndexOf(separator))
  const places = sorted.map((text, i) => Number(text.slice(ends[i]! + 1)))
  return {
    names: sorted.map((text, i) => text.slice(0, ends[i]!)),
    places,
    column(of) {
      if (of === undefined || of.length.subarray(0, size).every((length) => length === absent)) return null
      return joined(places.map((place) => textAt(of, place) ?? none))
    },
  }
}

function joined(values: readonly string[]): string {
  const text = values.join(separator)
  if (text.split(separator).length !== values.length) throw new Error('a device has a control character')
  return text
}

/**
 * A batch's own row, its data key and its sealed secrets. Devices follow, then the product (namesChanged): the
 * row that all batches of a product share is locked last.
 */
async function beginBatch({ one }: Session, batch: NewBatch): Promise<BatchRow> {
  const { account, product, size, kind = 'Import', createdAt } = batch
  const { id, first_number, data_key } = (await one(
    'SELECT * FROM begin_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    batch.id ?? null,
    batch.applyId ?? null,
    account,
    product,
    size,
    batch.dataKey.masterKeyId,
    batch.dataKey.wrapped,
    Buffer.concat(batch.blocks),
    batch.blocks.map(({ length }) => length),
    createdAt,
    kind,
  ))!
  return { id, account, product, firstNumber: first_number, size, dataKey: data_key, kind, createdAt }
}

/** Inserts all devices of a batch in one statement, which fails if a name is taken. */
const insertAll = (
  { run }: Session,
  row: BatchRow,
  batch: NewBatch,
  { names, places, column }: SentColumns,
): Promise<void> =>
  run(
    `INSERT INTO device (product, name, number, batch, sn, nickname, vehicle)
     SELECT $1::bigint, d.name, $2::bigint + d.place, $3::bigint, d.sn, d.nickname, d.vehicle
     FROM unnest(string_to_array($4, E'\\x1f'), string_to_array($5, ',')::integer[], string_to_array($6, E'\\x1f', E'\\x1e'),
       string_to_array($7, E'\\x1f', E'\\x1e'), string_to_array($8, E'\\x1f', E'\\x1e')
     ) AS d (name, place, sn, nickname, vehicle)`,
    row.product,
    row.firstNumber,
    row.id,
    joined(names),
    places.join(),
    column(batch.sns),
    column(batch.nicknames),
    column(batch.vehicles),
  )

/**
 * Inserts those devices of a batch whose names are free, in one statement. Citus runs a list of values shard by
 * shard; for the rows of a SELECT with ON CONFLICT it opens a connection for each shard, which costs 25 times more.
 *
 * @returns the numbers of the rows that the database returned as inserted
 */
async function insertFreeOnes(
  { all }: Session,
  row: BatchRow,
  { sns, nicknames, vehicles }: NewBatch,
  { names, places }: SentColumns,
): Promise<Set<number>> {
  const values: Value[] = [row.product, row.id]
  const sent = (value: Value | undefined) => `$${values.push(value ?? null)}`
  const at = (column: Column | undefined, place: number) =>
    column === undefined ? 'NULL' : sent(textAt(column, place))
  const placed = places.map(
    (place, i) =>
      `($1, ${sent(names[i])}, ${sent(row.firstNumber + place)}, $2, ${at(sns, place)}, ${at(nicknames, place)}, ${at(vehicles, place)})`,
  )
  const inserted = await all(
    `INSERT INTO device (product, name, number, batch, sn, nickname, vehicle) VALUES ${placed.join()}
     ON CONFLICT (product, name) DO NOTHING RETURNING number`,
    ...values,
  )
  return new Set(inserted.map(({ number }) => number))
}

const insertBatch = ({ transaction }: Connections, batch: NewBatch, spread: boolean): Promise<BatchRow> => {
  const sent = sentColumns(batch)
  return transaction(async (session) => {
    if (spread) await session.run(oneConnectionEach)
    const row = await beginBatch(session, batch)
    await insertAll(session, row, batch, sent)
    await namesChanged(session, row.product, sent.names, 'added', batch.createdAt)
    return row
  })
}

/**
 * Lets Citus copy rows to all shards of a worker over one connection, and prepare one transaction there. Otherwise
 * it opens up to 16 connections to each worker, and closes all but one of them at the end: seven times the CPU.
 */
const oneConnectionEach = 'SET LOCAL citus.max_adaptive_executor_pool_size = 1'

async function insertFree(
  { transaction }: Connections,
  batch: NewBatch,
): Promise<{ batch: BatchRow | undefined; taken: number[] }> {
  const sent = sentColumns(batch)
  try {
    return await transaction(async (session) => {
      const row = await beginBatch(session, batch)
      const inserted = await insertFreeOnes(session, row, batch, sent)
      if (inserted.size === 0) throw new Duplicate('every device name of the batch')
      const isOwn = (place: number) => inserted.has(row.firstNumber + place)
      const added = sent.names.filter((_, i) => isOwn(sent.places[i]!))
      await namesChanged(session, row.product, added, 'added', batch.createdAt)
      return { batch: row, taken: sent.places.filter((place) => !isOwn(place)) }
    })
  } catch (error) {
    if (!(error instanceof Duplicate)) throw error
    return { batch: undefined, taken: [...sent.places] }
  }
}
