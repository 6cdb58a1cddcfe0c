import type { ImportJournal, ImportSpec } from './journal.ts'

/**
 * Whether an import resumes the one in its journal, starts a new one, or does neither because some rows are
 * already imported.
 */
export type Resumption =
  | { readonly code: 'resume' | 'begin' }
  /** The journal belongs to another, unfinished import. */
  | { readonly code: 'otherImport'; readonly what: keyof ImportSpec; readonly before: ImportSpec }
  /** The file is not the one that was verified. */
  | { readonly code: 'rowsChanged' }

/**
 * Decides whether to resume the import in the journal; otherwise the new one replaces it (`journal.begin`).
 * @param modified last change of the file, in milliseconds since 1970
 * @param readDigest reads the whole file (`digestOfFile`); called only if the time of change does not decide
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
  // Sent chunks have their own digests; without verification the other rows may have changed.
  if (!journal.finished && journal.verified === undefined) return { code: 'resume' }
  if (journal.digest !== undefined && journal.digest === (await readDigest())) return { code: 'resume' }
  return { code: mayBegin ? 'begin' : 'rowsChanged' }
}
