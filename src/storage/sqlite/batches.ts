import { absent, type Column, textAt } from '../../lib/columns.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import {
  type BatchRow,
  type BatchStore,
  type BlockChange,
  Conflict,
  Duplicate,
  type NewBatch,
  NotFound,
} from '../storage.ts'
import { nextApplyId, nextId } from './counter.ts'
import { deleteTied } from './devices.ts'
import { namesChanged } from './names.ts'
import { insertDataKey } from './secrets.ts'
import { sessionChanged } from './session-changes.ts'
import type { Statements } from './statements.ts'
import { type Sync, subject } from './subject.ts'

/** A batch as it crosses to the writing thread: strings instead of slices of a request's bytes. */
export interface NewBatchRows extends Omit<NewBatch, 'names' | 'sns' | 'nicknames' | 'vehicles' | 'size'> {
  readonly names: readonly string[]
  readonly sns: readonly (string | null)[] | undefined
  readonly nicknames: readonly (string | null)[] | undefined
  readonly vehicles: readonly (string | null)[] | undefined
}

export function batchRows({ names, sns, nicknames, vehicles, size, ...batch }: NewBatch): NewBatchRows {
  return {
    ...batch,
    names: texts(names, size) as string[],
    sns: sns && texts(sns, size),
    nicknames: nicknames && texts(nicknames, size),
    vehicles: vehicles && texts(vehicles, size),
  }
}

function texts(column: Column, size: number): (string | null)[] {
  return Array.from({ length: size }, (_, entry) =>
    column.length[entry] === absent ? null : textAt(column, entry)!,
  )
}

/** The port's store, except that the writing thread is sent new batches as rows. */
interface SentBatches extends Omit<BatchStore, 'insertBatch' | 'insertFree'> {
  insertBatch(batch: NewBatchRows): ReturnType<BatchStore['insertBatch']>
  insertFree(batch: NewBatchRows): ReturnType<BatchStore['insertFree']>
}

type Reads = 'batch' | 'batchPage' | 'batches' | 'blocks' | 'ofBatch' | 'countOfBatch' | 'checked'

export const batches = subject<SentBatches, Reads>(batchReads, (statements) => {
  const { all, run, insert, transaction } = statements
  return {
    // The rows stored under the number are written later in the same log: a power cut that loses the number loses that
    // too.
    nextApplyId: () => statements.unflushed(() => nextApplyId(statements)),
    insertBatch: (batch) =>
      transaction(() => {
        const row = insertBatchRow(statements, batch)
        const [taken] = insertDevices(statements, batch, row)
        if (taken !== undefined) throw new Duplicate(`the device name ${batch.names[taken]}`)
        namesChanged(statements, row.product, batch.names, 'added', batch.createdAt)
        return row
      }),
    insertFree(batch) {
      let taken: number[] = []
      try {
        return transaction(() => {
          const row = insertBatchRow(statements, batch)
          taken = insertDevices(statements, batch, row)
          if (taken.length === batch.names.length) throw new Duplicate('every device name of the batch')
          const added = batch.names.filter((_, i) => !taken.includes(i))
          namesChanged(statements, row.product, added, 'added', batch.createdAt)
          return { batch: row, taken }
        })
      } catch (error) {
        if (!(error instanceof Duplicate)) throw error
        return { batch: undefined, taken }
      }
    },
    deleteUnchanged: ({ id, product, firstNumber, size }, at, numbers, blocks = [], until) =>
      transaction(() => {
        const deleted = all(
          `DELETE FROM device WHERE number BETWEEN ?1 AND ?2 AND (modified_at IS NULL OR modified_at <= ?4)
             AND (?3 IS NULL OR number IN (SELECT value FROM json_each(?3))) RETURNING name, number`,
          firstNumber,
          firstNumber + size - 1,
          numbers === undefined ? null : JSON.stringify(numbers),
          until ?? null,
        )
        if (numbers !== undefined && deleted.length !== numbers.length)
          throw new Conflict(`devices of the batch ${id} were changed meanwhile`)
        for (const block of blocks) replaceBlock(statements, block)
        if (deleted.length === 0) return 0
        const names = deleted.map(({ name }) => name as string)
        deleteTied(statements, product, names)
        sessionChanged(
          statements,
          product,
          'deleted',
          deleted.map(({ number }) => number),
        )
        namesChanged(statements, product, names, 'removed', at)
        return names.length
      }),
    insertChecked: (list, forgetBefore) =>
      transaction(() => {
        run('DELETE FROM checked_list WHERE product = ? AND created_at < ?', list.product, forgetBefore)
        return insert(schema.checkedList, { ...list, applyId: nextApplyId(statements) })
      }),
  }
})

function batchReads({ one, all }: Statements): Sync<BatchStore, Reads> {
  return {
    batch: (id) => rows.maybe(one('SELECT * FROM batch WHERE id = ?', id), rows.batch),
    batchPage({ account, instance, product, kind, checkedSince }, below, limit) {
      const [where, of] = product === undefined ? ['b.account = ?', account] : ['b.product = ?', product]
      const joined = 'JOIN product p ON p.id = b.product AND p.instance = ?'
      const listed = 'p.product_key, p.name AS product_name, b.size, b.created_at'
      const sql =
        kind === 'Check'
          ? `SELECT b.apply_id AS id, 'Check' AS kind, ${listed} FROM checked_list b ${joined}
             WHERE ${where} AND b.created_at >= ? AND b.apply_id < ? ORDER BY b.apply_id DESC LIMIT ?`
          : `SELECT b.id, b.kind, ${listed} FROM batch b ${joined}
             WHERE ${where} AND b.kind = ? AND b.id < ? ORDER BY b.id DESC LIMIT ?`
      const among = kind === 'Check' ? checkedSince : kind
      return all(sql, instance, of, among, below, limit).map(rows.listedBatch)
    },
    batches: (ids) =>
      all(
        `SELECT b.*, k.wrapped FROM json_each(?1) asked CROSS JOIN batch b ON b.id = asked.value
           JOIN data_key k ON k.id = b.data_key`,
        JSON.stringify(ids),
      ).map(rows.sealedBatch),
    blocks: (wanted) =>
      all(
        `SELECT b.batch, b.block, b.sealed FROM json_each(?1) asked CROSS JOIN batch_block b
           ON b.batch = asked.value ->> 'batch' AND b.block = asked.value ->> 'block'`,
        JSON.stringify(wanted),
      ).map(rows.batchBlock),
    ofBatch: ({ firstNumber, size }, offset, limit) =>
      all(
        'SELECT * FROM device WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ? OFFSET ?',
        firstNumber,
        firstNumber + size - 1,
        limit,
        offset,
      ).map(rows.device),
    countOfBatch: ({ firstNumber, size }) =>
      one(
        'SELECT count(*) AS count FROM device WHERE number BETWEEN ? AND ?',
        firstNumber,
        firstNumber + size - 1,
      )!.count,
    checked: (applyId) =>
      rows.maybe(one('SELECT * FROM checked_list WHERE apply_id = ?', applyId), rows.checkedList),
  }
}

/** @throws NotFound when the product, or the checked list that the batch registers, is gone */
function insertBatchRow(statements: Statements, batch: NewBatchRows): BatchRow {
  const { one, run, insert } = statements
  const { account, product, kind = 'Import', createdAt, applyId } = batch
  if (one('SELECT 1 FROM product WHERE id = ?', product) === undefined) throw new NotFound('the product')
  if (applyId !== undefined) {
    const gone = run('DELETE FROM checked_list WHERE apply_id = ? AND product = ?', applyId, product) === 0
    if (gone) throw new NotFound(`the checked list ${applyId}`)
  }
  const size = batch.names.length
  const dataKey = insertDataKey(statements, batch.dataKey)
  const firstNumber = nextId(statements, 'device number', size)
  const id = applyId ?? batch.id ?? nextApplyId(statements)
  const row = { id, account, product, firstNumber, size, dataKey, kind, createdAt }
  insert(schema.batch, row)
  batch.blocks.forEach((sealed, block) => {
    insert(schema.batchBlock, { batch: id, block, sealed })
  })
  return row
}

/** Inserts the devices whose names are free; returns the places of the others in the batch. */
function insertDevices(
  { run }: Statements,
  batch: NewBatchRows,
  { id, product, firstNumber }: BatchRow,
): number[] {
  const taken: number[] = []
  batch.names.forEach((name, i) => {
    const inserted = run(
      `INSERT INTO device (number, product, name, batch, sn, nickname, vehicle) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (product, name) DO NOTHING`,
      firstNumber + i,
      product,
      name,
      id,
      batch.sns?.[i] ?? null,
      batch.nicknames?.[i] ?? null,
      batch.vehicles?.[i] ?? null,
    )
    if (inserted === 0) taken.push(i)
  })
  return taken
}

/** @throws Conflict */
export function replaceBlock({ run }: Statements, { batch, block, before, after }: BlockChange): void {
  const sql = 'UPDATE batch_block SET sealed = ? WHERE batch = ? AND block = ? AND sealed = ?'
  if (run(sql, after, batch, block, before) === 0)
    throw new Conflict(`the block ${block} of the batch ${batch} was changed meanwhile`)
}
