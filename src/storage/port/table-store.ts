import type { Cell, Counters, Table } from '../content.ts'
import type { MigrationState } from '../migrations.ts'

/**
 * A store as its bare tables, for copies, backups and digests of the whole (src/transfer). It is opened apart
 * from Storage, needs no master key, and can be asked of a store that can't be served.
 */
export interface TableStore {
  /** The place of the store as displayed; without a password. */
  readonly place: string
  /** Returns which migrations are applied. Changes nothing. */
  migrationStates(): Promise<MigrationState[]>
  /**
   * Applies the outstanding migrations, and creates the store if there is none. Returns their names.
   * @throws Error when the store is newer than this program, or an applied migration has changed since
   */
  migrate(): Promise<string[]>
  /**
   * Runs something on the store as it is at one moment, without blocking writes.
   * @throws Error when there is no store, or its schema is not this program's
   */
  read<T>(use: (store: TableReader) => Promise<T>): Promise<T>
  /**
   * Runs something that fills the store, one at a time among all processes; in one transaction unless it commits.
   * @throws Unavailable when another process fills the store or makes its first account
   */
  fill<T>(use: (store: TableWriter) => Promise<T>): Promise<T>
}

export interface TableReader {
  /** All rows of a table in the order of its key, `rowsAtOnce` at a time. */
  rows(table: Table): AsyncIterable<Cell[][]>
  count(table: Table): Promise<number>
  counters(): Promise<Counters>
  /** The command that is filling the store; undefined if none is. */
  unfinished(): Promise<string | undefined>
}

export interface TableWriter extends TableReader {
  /** @param rows their cells in the order of the table's columns */
  insert(table: Table, rows: readonly Cell[][]): Promise<void>
  /** Deletes the rows that come after a key; all of them when it is undefined. */
  deleteAfter(table: Table, key: readonly Cell[] | undefined): Promise<void>
  /** Raises the store's counters to these if its own are lower. */
  raiseCounters(counters: Partial<Counters>): Promise<void>
  /** Notes which command fills the store, or undefined: it is complete. */
  noteUnfinished(what: string | undefined): Promise<void>
  /** Commits what was written so far, and begins another transaction. */
  commit(): Promise<void>
}
