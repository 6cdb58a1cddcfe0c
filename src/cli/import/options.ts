import type { FileOptions } from '../fleet/options.ts'

export type Mode = 'create' | 'skip-existing'

export type ImportOptions = FileOptions & {
  readonly mode: Mode
  /** False with --no-check. */
  readonly check: boolean
  readonly dryRun?: true
  readonly journal?: string
}
