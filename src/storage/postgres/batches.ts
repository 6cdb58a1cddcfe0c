import { absent, type Column, textAt } from '../../lib/columns.ts'
import { type BatchRow, type NewBatch, Taken } from '../storage.ts'
import type { Connections, Session } from './connections.ts'

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

/** What is done where names are taken; refusing costs the others a third less than looking out for it. */
const onTaken = { refuse: '', 'leave out': 'ON CONFLICT (product, name) DO NOTHING' }

/** One statement for all devices of a batch. Gives how many came in. */
function insertDevices(
  { run }: Session,
  row: BatchRow,
  batch: NewBatch,
  sent: SentColumns,
  taken: keyof typeof onTaken,
): Promise<number> {
  return run(
    `INSERT INTO device (product, name, number, batch, sn, nickname, vehicle)
     SELECT $1::bigint, d.name, $2::bigint + d.place, $3::bigint, d.sn, d.nickname, d.vehicle
     FROM unnest(string_to_array($4, E'\\x1f'), string_to_array($5, ',')::integer[], string_to_array($6, E'\\x1f', E'\\x1e'),
       string_to_array($7, E'\\x1f', E'\\x1e'), string_to_array($8, E'\\x1f', E'\\x1e')
     ) AS d (name, place, sn, nickname, vehicle)
     ${onTaken[taken]}`,
    row.product,
    row.firstNumber,
    row.id,
    joined(sent.names),
    sent.places.join(),
    sent.column(batch.sns),
    sent.column(batch.nicknames),
    sent.column(batch.vehicles),
  )
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

export const insertBatch = ({ transaction }: Connections, batch: NewBatch): Promise<BatchRow> => {
  const sent = sentColumns(batch)
  return transaction(async (session) => {
    const row = await beginBatch(session, batch)
    await insertDevices(session, row, batch, sent, 'refuse')
    await namesChanged(session, row.product, sent.names, 'added', batch.createdAt)
    return row
  })
}

export async function insertFree(
  { transaction }: Connections,
  batch: NewBatch,
): Promise<{ batch: BatchRow | undefined; taken: number[] }> {
  const sent = sentColumns(batch)
  try {
    return await transaction(async (session) => {
      const row = await beginBatch(session, batch)
      const inserted = await insertDevices(session, row, batch, sent, 'leave out')
      if (inserted === 0) throw new Taken('every device name of the batch')
      const own = inserted === batch.size ? undefined : await ownNumbers(session, row, sent)
      const isOwn = (place: number) => own === undefined || own.has(row.firstNumber + place)
      const added = sent.names.filter((_, i) => isOwn(sent.places[i]!))
      await namesChanged(session, row.product, added, 'added', batch.createdAt)
      return { batch: row, taken: sent.places.filter((place) => !isOwn(place)) }
    })
  } catch (error) {
    if (!(error instanceof Taken)) throw error
    return { batch: undefined, taken: [...sent.places] }
  }
}

/** Which numbers of a batch came in. */
async function ownNumbers(
  { all }: Session,
  { id, product }: BatchRow,
  sent: SentColumns,
): Promise<Set<number>> {
  const rows = await all(
    `SELECT number FROM device WHERE product = $1 AND name = ANY(string_to_array($2, E'\\x1f')) AND batch = $3`,
    product,
    joined(sent.names),
    id,
  )
  return new Set(rows.map(({ number }) => number))
}
