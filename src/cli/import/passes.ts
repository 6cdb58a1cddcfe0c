import type { Tally } from '../../importer/tally.ts'
import type { Target } from '../../importer/target.ts'
import type { Verified } from '../../importer/verify.ts'
import type { OpenFile } from '../check/open-file.ts'
import type { FirstBadRows } from '../check/print-tally.ts'
import { Report } from '../check/report.ts'
import { toCliError } from '../check/system-error.ts'
import { openFile, printFindings, refuseEmpty, verifyFile } from '../check/verify-file.ts'
import { hashes } from '../endpoint/send.ts'
import type { Journal } from './journal.ts'
import { type ImportOptions, inputOf, journalOf, lockOf } from './options.ts'
import { importFile } from './run.ts'

/**
 * Verifies the file; the report has what is bad.
 * @param noted where rows that are skipped are noted; a dry run has none
 */
export async function verify(
  path: string,
  target: Target,
  options: ImportOptions,
  signal: AbortSignal,
  first: FirstBadRows,
  journal?: Journal,
): Promise<{ readonly tally: Tally; readonly digest: string }> {
  const { mode } = options
  return reported(path, options, first, (file, tellBad) =>
    verifyFile(path, file, target, options, signal, tellBad, { mode, journal, sha256: hashes.sha256 }),
  )
}

/** Does the import itself; told to signal, it ends what is under way. */
export async function importVerified(
  path: string,
  target: Target,
  options: ImportOptions,
  signal: AbortSignal,
  journal: Journal,
  first: FirstBadRows,
): Promise<Tally> {
  const isRead = journal.verified !== undefined
  return reported(
    path,
    options,
    first,
    async (file, tellBad) => {
      try {
        const tally = await importFile(file, target, options, journal, signal, (rows, bad) =>
          tellBad({ rows, bad }),
        )
        refuseEmpty(path, tally, file)
        return tally
      } finally {
        // Printed once, where the file was verified before.
        if (!isRead) printFindings(path, file)
      }
    },
    isRead && options.check,
  )
}

/** Opens the file, and has what is bad in it told: in the report, or the first of it on the screen. */
async function reported<T>(
  path: string,
  options: ImportOptions,
  first: FirstBadRows,
  pass: (file: OpenFile, tellBad: (some: Verified) => void) => Promise<T>,
  isTold = false,
): Promise<T> {
  const file = await openFile(path, options, isTold)
  const journal = journalOf(path, options)
  const inUse = [path, journal, lockOf(journal), inputOf(journal)]
  const report = options.report === undefined ? undefined : new Report(options.report, inUse, file)
  try {
    const outcome = await pass(file, ({ rows, bad }) => {
      if (bad.size === 0) return
      if (report !== undefined) report.add(rows, bad)
      else if (!options.json) first.add(rows, bad)
    })
    report?.finish()
    return outcome
  } catch (error) {
    report?.abandon()
    throw toCliError(error, path)
  }
}
