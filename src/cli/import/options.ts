import type { ImportJob, Mode } from '../../importer/import-job.ts'
import type { FileOptions } from '../check/options.ts'
import type { FirstBadRows } from '../check/print-tally.ts'
import type { Journal } from './journal.ts'

export type ImportOptions = FileOptions & {
  readonly mode: Mode
  /** False with --no-check. */
  readonly check: boolean
  readonly dryRun?: true
  readonly journal?: string
  readonly yes?: true
}

/** An import of a file: what every step of the command works with. */
export interface FileImportJob extends ImportJob {
  readonly path: string
  readonly options: ImportOptions
  readonly journal: Journal
  /** The first bad rows, for the screen. */
  readonly first: FirstBadRows
}

/** The same before there is a journal. */
export type VerifyJob = Omit<FileImportJob, 'journal'> & { readonly journal?: Journal }

/** The file of the journal. */
export const journalOf = (path: string, { journal }: ImportOptions) => journal ?? `${path}.import.jsonl`

/** Which process works with a journal. */
export const lockOf = (journal: string) => `${journal}.lock`

/** The file that stores standard input. */
export const inputOf = (journal: string) => `${journal}.input`
