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

/** Where it is kept what has been done. */
export const journalOf = (path: string, { journal }: ImportOptions) => journal ?? `${path}.import.jsonl`

/** Which process works with a journal. */
export const lockOf = (journal: string) => `${journal}.lock`

/** What standard input is kept in. */
export const inputOf = (journal: string) => `${journal}.input`
