import type { DeviceList } from '../rules/import-list.ts'
import type { Places } from './columns.ts'
import type { Faults } from './faults.ts'
import type { Finding, Note, Recognised } from './notes.ts'
import type { Reshaping } from './reshape/plan.ts'
import type { Attributes, Change } from './reshape/reshape.ts'

/** Consecutive rows of a file. As a DeviceList they are validated and sent in calls. */
export interface Rows extends DeviceList {
  /** The line (of a sheet: the row) in which an entry begins, counted from 1. */
  line(entry: number): number
  /** The sheet of a row, if several are read. */
  sheet?(entry: number): string
  /**
   * The cells of a row as the file has them, in file order; more or fewer than the columns if the row is
   * ragged.
   */
  cells(entry: number): readonly string[]
  /** The faults of rows that are rejected. */
  readonly faults: Faults
  /** Values that were changed by fixes or by hand, by entry; only of a file that is reshaped. */
  readonly changes?: ReadonlyMap<number, readonly Change[]>
  /** Describes what comes along with devices, by entry; only of a file that is reshaped. */
  readonly attributes?: ReadonlyMap<number, Attributes>
}

/** An opened file of devices. */
export interface RowSource {
  /** The file's columns. */
  readonly columns: readonly string[]
  /** The columns of the fields. */
  readonly places: Places
  /** Whether `columns` may be the cells of a device; then they are displayed only on request. */
  readonly mayBeDevice: boolean
  /** How the file is read, as far as the rows read so far show. */
  recognised(): Recognised
  /** How its rows become devices, if that was chosen. */
  readonly reshaping?: Reshaping
  /** Notes for the user. */
  readonly notes: readonly Note[]
  /** Chunks of `size` rows each, the last may have fewer; reading the file again gives the same chunks. */
  readonly chunks: AsyncIterable<Rows>
  /** The progress from 0 to 1, for files that are held in memory; for others, count the bytes. */
  share?(): number
  /** Whether Excel needs a byte order mark to read a report of the file. */
  readonly hasBom: boolean
  /** The findings in the rows read so far. */
  findings(): readonly Finding[]
}
