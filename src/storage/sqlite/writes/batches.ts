import { type BatchRow, type CheckedList, Duplicate, type NewBatch, NotFound } from '../../storage.ts'
import type { Statements } from '../statements.ts'
import { nextApplyId, nextId } from './counter.ts'
import { insertDataKey } from './data-keys.ts'
import { namesChanged } from './names.ts'

/** A batch as it crosses to the writing thread: strings instead of slices of a request's bytes. */
export interface NewBatchRows extends Omit<NewBatch, 'names' | 'sns' | 'nicknames' | 'vehicles' | 'size'> {
  readonly names: readonly string[]
  readonly sns: readonly (string | null)[] | undefined
  readonly nicknames: readonly (string | null)[] | undefined
  readonly vehicles: readonly (string | null)[] | undefined
}

export function batchWrites(statements: Statements) {
  const { one, run, insert, transaction } = statements

  /** @throws NotThere when the checked list that the batch registers is gone, or was registered already */
  function insertBatchRow(batch: NewBatchRows): BatchRow {
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
    run(
      'INSERT INTO batch (id, account, product, first_number, size, data_key, kind, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      account,
      product,
      firstNumber,
      size,
      dataKey,
      kind,
      createdAt,
    )
    batch.blocks.forEach((sealed, block) => {
      run('INSERT INTO batch_block (batch, block, sealed) VALUES (?, ?, ?)', id, block, sealed)
    })
    return { id, account, product, firstNumber, size, dataKey, kind, createdAt }
  }

  /** Inserts those whose names are free; gives the places of the others in the batch. */
  function insertDevices(batch: NewBatchRows, { id, product, firstNumber }: BatchRow): number[] {
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

  return {
    // What is kept under the number is written behind it in the same log: a power cut that loses the number has lost
    // that too.
    nextApplyId: (): number => statements.unflushed(() => nextApplyId(statements)),

    insertBatch: (batch: NewBatchRows): BatchRow =>
      transaction(() => {
        const row = insertBatchRow(batch)
        const [taken] = insertDevices(batch, row)
        if (taken !== undefined) throw new Duplicate(`the device name ${batch.names[taken]}`)
        namesChanged(statements, row.product, batch.names, 'added', batch.createdAt)
        return row
      }),

    insertFree(batch: NewBatchRows): { batch: BatchRow | undefined; taken: number[] } {
      let taken: number[] = []
      try {
        return transaction(() => {
          const row = insertBatchRow(batch)
          taken = insertDevices(batch, row)
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

    insertChecked: (list: Omit<CheckedList, 'applyId'>, forgetBefore: number): number =>
      transaction(() => {
        run('DELETE FROM checked_list WHERE product = ? AND created_at < ?', list.product, forgetBefore)
        return insert(
          'INSERT INTO checked_list (apply_id, account, product, good, list, size, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
          nextApplyId(statements),
          list.account,
          list.product,
          Number(list.good),
          list.list,
          list.size,
          list.createdAt,
        )
      }),
  }
}
