import type { DeviceList } from '../rules/import-list.ts'

/** Rows of a file that follow each other. As a device list it is what the rules judge and a call sends. */
export interface Rows extends DeviceList {
  /** The line of the file that a row begins in (for a sheet: its row), counted from 1. */
  line(entry: number): number
  /** A row's cells as they stand in the file, in its columns. */
  cells(entry: number): readonly string[]
}

/** A file of devices that is being read. */
export interface RowSource {
  /** The file's columns. */
  readonly columns: readonly string[]
  /** Things that whoever reads the file should know, a sentence each. */
  readonly notes: readonly string[]
  /** The rows, `size` of them at a time but for the last time; a file that is read again comes in the same portions. */
  readonly portions: AsyncIterable<Rows>
  /** Whether a report of it needs a byte order mark to be read by Excel. */
  readonly wasMarked: boolean
}

/** A file that can't be read as a list of devices. */
export class UnreadableFile extends Error {}
