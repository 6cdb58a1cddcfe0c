import type { Mode } from '../../importer/verify-all.ts'
import type { FileOptions } from '../check/options.ts'

export type ImportOptions = FileOptions & {
  readonly mode: Mode
  /** False with --no-check. */
  readonly check: boolean
  readonly dryRun?: true
  readonly journal?: string
  readonly yes?: true
}

/** The file of the journal. */
export const journalOf = (path: string, { journal }: ImportOptions) => journal ?? `${path}.import.jsonl`

/** Which process works with a journal. */
export const lockOf = (journal: string) => `${journal}.lock`

/** The file that stores standard input. */
export const inputOf = (journal: string) => `${journal}.input`
