import type { ImportJournal, ImportSpec } from './journal.ts'

/** A journal is of another import, which was begun and has not ended. */
export class OtherImportUnfinished extends Error {
  /** What differs. */
  readonly what: keyof ImportSpec
  readonly was: ImportSpec[keyof ImportSpec]
  readonly is: ImportSpec[keyof ImportSpec]

  constructor(what: keyof ImportSpec, before: ImportSpec, present: ImportSpec) {
    super(`an import with another ${what} was begun (${before[what]}, not ${present[what]}) and not ended`)
    this.what = what
    this.was = before[what]
    this.is = present[what]
  }
}

/** The file is not the one that was verified, and some of its rows are imported. */
export class RowsChanged extends Error {
  constructor() {
    super('the rows are not those that were verified, and some of them are imported')
  }
}

/**
 * Whether to go on with the import that the journal tells of; otherwise this one begins over it (`journal.begin`).
 * @param modified when the file was changed last, in milliseconds since 1970
 * @param digestOfFile reads the file once (`digestOfAll`); called only where its time of change does not tell
 * @throws OtherImport, OtherRows
 */
export async function canResume(
  journal: ImportJournal,
  present: ImportSpec,
  modified: number,
  readDigest: () => Promise<string>,
): Promise<boolean> {
  const before = journal.undertaking
  if (before === undefined || !journal.hasBegun) return false
  const other = (Object.keys(present) as (keyof ImportSpec)[]).find((key) => before[key] !== present[key])
  if (other !== undefined) {
    if (journal.finished || !journal.hasSent) return false
    throw new OtherImportUnfinished(other, before, present)
  }
  if (journal.modified === modified) return true
  // Chunks that were sent have digests of their own; where nothing was verified the others may be anything.
  if (!journal.finished && journal.verified === undefined) return true
  if (journal.digest !== undefined && journal.digest === (await readDigest())) return true
  if (journal.finished || !journal.hasSent) return false
  throw new RowsChanged()
}
