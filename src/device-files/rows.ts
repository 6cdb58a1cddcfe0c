import type { DeviceList } from '../rules/import-list.ts'
import type { Places } from './columns.ts'
import type { Faults } from './faults.ts'
import type { Finding, Note, Recognised } from './notes.ts'

/** Rows of a file that follow each other. As a device list it is what the rules judge and a call sends. */
export interface Rows extends DeviceList {
  /** The line of the file that a row begins in (for a sheet: its row), counted from 1. */
  line(entry: number): number
  /** The sheet of a row, where several are read. */
  sheet?(entry: number): string
  /** A row's cells as they stand in the file, in its columns; more or fewer where the row is ragged. */
  cells(entry: number): readonly string[]
  /** Rows that can't be taken as they are read. */
  readonly faults: Faults
}

/** A file of devices that is being read. */
export interface RowSource {
  /** The file's columns. */
  readonly columns: readonly string[]
  /** Which of them hold the fields. */
  readonly places: Places
  /** Whether `columns` may be the cells of a device: then they are shown to nobody without being asked for. */
  readonly mayBeDevice: boolean
  /** How it is read, as far as that is known by the rows that have been. */
  recognised(): Recognised
  /** Things that the person who reads the file should know. */
  readonly notes: readonly Note[]
  /** The rows, `size` of them at a time but for the last time; a file that is read again comes in the same chunks. */
  readonly chunks: AsyncIterable<Rows>
  /**
   * How much has been read, from 0 to 1, of a file that is in memory before its rows are read: of others the bytes
   * tell.
   */
  share?(): number
  /** Whether a report of it needs a byte order mark to be read by Excel. */
  readonly hasBom: boolean
  /** What was found in the rows that have been read so far. */
  findings(): readonly Finding[]
}
