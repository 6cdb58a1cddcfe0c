import type { ImportJournal, ImportSpec } from './journal.ts'

/** Whether an import resumes the one in its journal, begins over it, or must do neither: some rows are imported. */
export type Resumption =
  | { readonly code: 'resume' | 'begin' }
  /** The journal is of another import, which is unfinished. */
  | { readonly code: 'otherImport'; readonly what: keyof ImportSpec; readonly before: ImportSpec }
  /** The file is not the one that was verified. */
  | { readonly code: 'rowsChanged' }

/**
 * Decides whether to resume the import in the journal; otherwise this one begins over it (`journal.begin`).
 * @param modified when the file was changed last, in milliseconds since 1970
 * @param readDigest reads the file once (`digestOfFile`); called only if its time of change does not decide
 */
export async function resumptionOf(
  journal: ImportJournal,
  present: ImportSpec,
  modified: number,
  readDigest: () => Promise<string>,
): Promise<Resumption> {
  const before = journal.undertaking
  if (before === undefined || !journal.hasBegun) return { code: 'begin' }
  const mayBegin = journal.finished || !journal.hasSent
  const what = (Object.keys(present) as (keyof ImportSpec)[]).find((key) => before[key] !== present[key])
  if (what !== undefined) return mayBegin ? { code: 'begin' } : { code: 'otherImport', what, before }
  if (journal.modified === modified) return { code: 'resume' }
  // Chunks that were sent have digests of their own; where nothing was verified the others may be anything.
  if (!journal.finished && journal.verified === undefined) return { code: 'resume' }
  if (journal.digest !== undefined && journal.digest === (await readDigest())) return { code: 'resume' }
  return { code: mayBegin ? 'begin' : 'rowsChanged' }
}
