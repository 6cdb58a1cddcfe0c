import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Row } from '../rows.ts'
import { storageError } from './errors.ts'

type Value = string | number | Uint8Array | null

/** A connection's statements, each prepared once. Errors are told as the port has them. */
export interface Statements {
  one(sql: string, ...values: Value[]): Row | undefined
  all(sql: string, ...values: Value[]): Row[]
  /** Gives how many rows were changed. */
  run(sql: string, ...values: Value[]): number
  /** Gives the id of the row that was inserted. */
  insert(sql: string, ...values: Value[]): number
  /** Runs `read` on one state of the file: SQLite locks it, and looks for what others wrote, once for all. */
  snapshot<T>(read: () => T): T
  /** Runs `write` as one transaction. */
  transaction<T>(write: () => T): T
  /** The same without waiting until the disk has it: a power cut may undo it, and only with all that follows. */
  unflushed<T>(write: () => T): T
}

export function statementsOn(database: DatabaseSync): Statements {
  const statements = new Map<string, StatementSync>()
  function statement(sql: string): StatementSync {
    let found = statements.get(sql)
    if (found === undefined) statements.set(sql, (found = database.prepare(sql)))
    return found
  }
  function told<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw storageError(error, database)
    }
  }
  function transaction<T>(write: () => T): T {
    try {
      told(() => database.exec('BEGIN IMMEDIATE'))
      const result = write()
      told(() => database.exec('COMMIT'))
      return result
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  return {
    one: (sql, ...values) => told(() => statement(sql).get(...values)),
    all: (sql, ...values) => told(() => statement(sql).all(...values)),
    run: (sql, ...values) => told(() => Number(statement(sql).run(...values).changes)),
    insert: (sql, ...values) => told(() => Number(statement(sql).run(...values).lastInsertRowid)),
    snapshot(read) {
      told(() => database.exec('BEGIN'))
      try {
        return read()
      } finally {
        told(() => database.exec('COMMIT'))
      }
    },
    transaction,
    unflushed(write) {
      // Of a prepared statement this would be done when it is prepared, and never again.
      database.exec('PRAGMA synchronous = NORMAL')
      try {
        return transaction(write)
      } finally {
        database.exec('PRAGMA synchronous = FULL')
      }
    },
  }
}
