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
  /** The file of generated secrets. */
  readonly secretsOut?: string
}

/** The import of a file, as all steps of the command use it. */
export interface FileImportJob extends ImportJob {
  readonly path: string
  readonly options: ImportOptions
  readonly journal: Journal
  /** Collects the first bad rows for the screen. */
  readonly first: FirstBadRows
}

/** The same without a journal. */
export type VerifyJob = Omit<FileImportJob, 'journal'> & { readonly journal?: Journal }

/** The path of the journal. */
export const journalOf = (path: string, { journal }: ImportOptions) => journal ?? `${path}.import.jsonl`

/** The path of the lock on a journal. */
export const lockOf = (journal: string) => `${journal}.lock`

/** The path of the file that stores standard input. */
export const inputOf = (journal: string) => `${journal}.input`
