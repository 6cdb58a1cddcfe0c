import { absent, type Column, textAt } from '../../lib/columns.ts'
import { type BatchRow, Duplicate, type NewBatch } from '../storage.ts'
import type { Connections, Session, Value } from './connections.ts'

/** How long a change is told of, in milliseconds; a node that looks at a product more seldom reads its names anew. */
export const rememberedMs = 60 * 60_000

/** Between the values of a column that is sent as one text, and in the place of an absent one. */
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
  const rows = places.map(
    (place, i) =>
      `($1, ${sent(names[i])}, ${sent(row.firstNumber + place)}, $2, ${at(sns, place)}, ${at(nicknames, place)}, ${at(vehicles, place)})`,
  )
  const inserted = await all(
    `INSERT INTO device (product, name, number, batch, sn, nickname, vehicle) VALUES ${rows.join()}
     ON CONFLICT (product, name) DO NOTHING RETURNING number`,
    ...values,
  )
  return new Set(inserted.map(({ number }) => number))
}

/** The product's count, revision and log, last in a transaction. */
export async function namesChanged(
  { run }: Session,
  product: number,
  names: readonly string[],
  how: 'added' | 'removed',
  at: number,
): Promise<void> {
  await run(
    'SELECT names_changed($1, $2, $3, $4, $5)',
    product,
    how === 'added' ? names.length : -names.length,
    names.join('\n'),
    at,
    rememberedMs,
  )
}

/** @param spread whether devices lie on several machines */
export const insertBatch = (
  { transaction }: Connections,
  batch: NewBatch,
  spread: boolean,
): Promise<BatchRow> => {
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

export async function insertFree(
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
