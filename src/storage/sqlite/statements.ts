import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Bound, insertion, type Row } from '../mapping.ts'
import type { Generated, NewRow, TableOf } from '../table.ts'
import { storageError } from './errors.ts'

type Value = string | number | Uint8Array | null

/** A connection's statements, each prepared once. They throw the port's errors. */
export interface Statements {
  /** Milliseconds since 1970 UTC, by the clock of the machine, which all processes on the folder share. */
  now(): number
  one(sql: string, ...values: Value[]): Row | undefined
  all(sql: string, ...values: Value[]): Row[]
  /** Returns how many rows were changed. */
  run(sql: string, ...values: Value[]): number
  /**
   * Inserts a row and returns its id.
   * @param generated values for columns that SQLite would generate
   */
  insert<T extends TableOf>(table: T, row: NewRow<T>, generated?: Generated<T>): number
  /** Runs `read` on one state of the file: SQLite locks it, and looks for what others wrote, once for all. */
  snapshot<T>(read: () => T): T
  /** Runs `write` as one transaction. */
  transaction<T>(write: () => T): T
  /** The same without waiting for the disk: a power cut may undo it, and only with all that follows. */
  unflushed<T>(write: () => T): T
}

const place = () => '?'
const bound = (value: Bound) => (typeof value === 'boolean' ? Number(value) : value)

/** @param now the time of the statements that need it */
export function statementsOn(database: DatabaseSync, now: () => number): Statements {
  const statements = new Map<string, StatementSync>()
  function statement(sql: string): StatementSync {
    let found = statements.get(sql)
    if (found === undefined) statements.set(sql, (found = database.prepare(sql)))
    return found
  }
  function translated<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw storageError(error, database)
    }
  }
  function transaction<T>(write: () => T): T {
    try {
      translated(() => database.exec('BEGIN IMMEDIATE'))
      const result = write()
      translated(() => database.exec('COMMIT'))
      return result
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  return {
    now,
    one: (sql, ...values) => translated(() => statement(sql).get(...values)),
    all: (sql, ...values) => translated(() => statement(sql).all(...values)),
    run: (sql, ...values) => translated(() => Number(statement(sql).run(...values).changes)),
    insert(table, row, generated) {
      const { text, values } = insertion(table, row, place, generated)
      return translated(() => Number(statement(text).run(...values.map(bound)).lastInsertRowid))
    },
    snapshot(read) {
      translated(() => database.exec('BEGIN'))
      try {
        return read()
      } finally {
        translated(() => database.exec('COMMIT'))
      }
    },
    transaction,
    unflushed(write) {
      // A prepared PRAGMA would take effect when it is prepared, and never again.
      database.exec('PRAGMA synchronous = NORMAL')
      try {
        return transaction(write)
      } finally {
        database.exec('PRAGMA synchronous = FULL')
      }
    },
  }
}
