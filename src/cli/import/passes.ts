import { reasons } from '../../intake/reasons.ts'
import { Tally } from '../../intake/tally.ts'
import type { Target } from '../../intake/target.ts'
import type { Verified } from '../../intake/verify.ts'
import type { Rows } from '../../rows/rows.ts'
import type { OpenFile } from '../fleet/open-file.ts'
import { openFile, tellIfEmpty, verifyFile } from '../fleet/pass.ts'
import { Report } from '../fleet/report.ts'
import { asEndingOfSystem } from '../fleet/system-error.ts'
import type { FirstBadRows } from '../fleet/tell.ts'
import type { Journal } from './journal.ts'
import { type ImportOptions, inputOf, journalOf, lockOf } from './options.ts'
import { importFile } from './run.ts'

/**
 * Verifies the file; the report has what is bad.
 * @param each is given every portion, with those of its rows that are skipped since they are registered
 */
export async function verify(
  path: string,
  target: Target,
  options: ImportOptions,
  hurry: AbortSignal,
  first: FirstBadRows,
  each: (portion: number, rows: Rows, existing: readonly number[]) => void,
): Promise<Tally> {
  let portion = 0
  return reported(path, options, first, (file, tellBad) =>
    verifyFile(path, file, target, options, hurry, ({ rows, bad }: Verified) => {
      const skipped = options.mode === 'create' ? [] : takeExisting(bad)
      each(portion++, rows, skipped)
      tellBad({ rows, bad })
      return skipped.length
    }),
  )
}

/** Takes the rows out whose only fault is that they are registered. */
function takeExisting(bad: Verified['bad']): number[] {
  const taken = [...bad].filter(([, found]) => found.every((reason) => reason === reasons.nameTaken))
  for (const [entry] of taken) bad.delete(entry)
  return taken.map(([entry]) => entry)
}

/** Does the import itself; told to hurry, it ends what is under way. */
export async function importVerified(
  path: string,
  target: Target,
  options: ImportOptions,
  hurry: AbortSignal,
  journal: Journal,
  first: FirstBadRows,
): Promise<Tally> {
  const tally = await reported(path, options, first, (file, tellBad) =>
    importFile(file, target, options, journal, hurry, (rows, bad) => tellBad({ rows, bad })),
  )
  tellIfEmpty(path, tally, options)
  return tally
}

/** Opens the file, and has what is bad in it told: in the report, or the first of it on the screen. */
async function reported(
  path: string,
  options: ImportOptions,
  first: FirstBadRows,
  pass: (file: OpenFile, tellBad: (some: Verified) => void) => Promise<Tally>,
): Promise<Tally> {
  const file = await openFile(path, options)
  const journal = journalOf(path, options)
  const inUse = [path, journal, lockOf(journal), inputOf(journal)]
  const report = options.report === undefined ? undefined : new Report(options.report, inUse, file)
  try {
    const tally = await pass(file, ({ rows, bad }) => {
      if (bad.size === 0) return
      if (report !== undefined) report.add(rows, bad)
      else if (!options.json) first.add(rows, bad)
    })
    report?.finish()
    return tally
  } catch (error) {
    report?.abandon()
    throw asEndingOfSystem(error, path)
  }
}

/** Of a file in which some rows are bad: the others were left out because of them. */
export function nothingImported(verified: Tally): Tally {
  const tally = new Tally()
  tally.rejected = verified.rejected
  tally.skipped = verified.skipped + verified.accepted
  for (const [code, told] of verified.reasons) tally.reasons.set(code, told)
  return tally
}
