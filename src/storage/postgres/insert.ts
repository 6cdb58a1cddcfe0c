import { insertion, type OrSql } from '../mapping.ts'
import type { Cell, ColumnType, NewRow, TableOf } from '../table.ts'
import type { Session, Value } from './session.ts'

const typeOf: Record<ColumnType, string> = {
  integer: 'bigint',
  text: 'text',
  bytes: 'bytea',
  boolean: 'boolean',
  uuid: 'uuid',
  timestamp: 'timestamptz',
}

/** Inserts a row, in which SQL may stand for values, and returns one of its columns. */
export async function insertRow<T extends TableOf>(
  { one }: Pick<Session, 'one'>,
  table: T,
  row: OrSql<NewRow<T>>,
  returning = 'id',
): Promise<number> {
  const { text, values } = insertion(table, row, (n) => `$${n}`)
  return (await one(`${text} RETURNING ${returning}`, ...values))![returning]
}

/** The INSERT of rows that arrive as an array for each column. */
export function insertOfArrays(
  table: string,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): string {
  const arrays = columns.map(({ type }, place) => `$${place + 1}::${typeOf[type]}[]`)
  return `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')})
    OVERRIDING SYSTEM VALUE SELECT * FROM unnest(${arrays.join(', ')})`
}

/**
 * Inserts rows in one statement; what the database generates is left to it.
 * @param onConflict what follows the rows, if anything
 */
export function insertRows<T extends TableOf>(
  { run }: Pick<Session, 'run'>,
  { name, fields }: T,
  rows: readonly NewRow<T>[],
  onConflict = '',
): Promise<void> {
  const given = fields.filter(({ generated }) => !generated)
  const values = given.map(({ property }) =>
    rows.map((row) => (row[property as keyof NewRow<T>] ?? null) as Cell),
  )
  return run(`${insertOfArrays(name, given)} ${onConflict}`, ...(values as Value[]))
}
