import { statSync } from 'node:fs'
import { Command, Option } from 'commander'
import { Ending, statuses } from '../ending.ts'
import { exitStatuses } from '../fleet/check.ts'
import { type FileOptions, targetOf, withFile } from '../fleet/options.ts'
import { openFile, verifyFile } from '../fleet/pass.ts'
import { reasons } from '../fleet/reasons.ts'
import { Report } from '../fleet/report.ts'
import { Tally } from '../fleet/tally.ts'
import type { Target } from '../fleet/target.ts'
import { FirstBadRows, tellTally } from '../fleet/tell.ts'
import type { Verified } from '../fleet/verify.ts'
import { Journal } from './journal.ts'
import { lock } from './lock.ts'
import { importFile, type Mode, refuseOther, undertakingOf } from './run.ts'

type ImportOptions = FileOptions & {
  readonly mode: Mode
  /** False with --no-check. */
  readonly check: boolean
  readonly dryRun?: true
  readonly journal?: string
}

export function importCommand(): Command {
  return withFile(
    new Command('import').description('Import the devices of a file, after all of it has been verified.'),
  )
    .addOption(
      new Option(
        '--mode <mode>',
        'What to do with devices that are registered already: call them bad, or skip them.',
      )
        .choices(['create', 'skip-existing'])
        .default('create'),
    )
    .option('--no-check', 'Do not verify the file first: what can be imported is, what can’t is told.')
    .option('--dry-run', 'Only verify, and tell what would be done.')
    .option('--journal <file>', 'Where it is kept what has been done; FILE.import.jsonl when not given.')
    .addHelpText('after', exitStatuses)
    .action(run)
}

async function run(path: string, options: ImportOptions): Promise<void> {
  if (path === '-')
    throw new Ending('usage', 'an import reads its file twice, and again to go on: keep it in a file')
  const target = targetOf(options)
  const begun = performance.now()
  const tell = (tally: Tally, more: Readonly<Record<string, unknown>>) => {
    tellTally(
      tally,
      {
        accepted: options.dryRun ? 'to be imported' : 'imported',
        seconds: (performance.now() - begun) / 1000,
      },
      options,
      more,
    )
    process.exitCode = tally.rejected > 0 ? statuses.someBad : statuses.good
  }
  const first = new FirstBadRows()
  if (options.dryRun) {
    const tally = await verify(path, target, options, first, () => {})
    first.end()
    tell(tally, { dryRun: true })
    return
  }
  const journalPath = options.journal ?? `${path}.import.jsonl`
  const unlock = lock(journalPath)
  const journal = new Journal(journalPath)
  try {
    const present = undertakingOf(path, target, options.mode, options)
    const modified = statSync(path).mtimeMs
    const goesOn = journal.undertaking !== undefined && !(journal.finished && journal.modified !== modified)
    if (goesOn) {
      refuseOther(journal, present)
      journal.continue()
      process.stderr.write(`goes on with the import that ${journalPath} tells of\n`)
    } else journal.begin(present, modified)
    if (options.check && journal.verified === undefined) {
      // An earlier try may have noted some of them.
      if (goesOn) journal.begin(present, modified)
      const tally = await verify(path, target, options, first, (number, existing) =>
        journal.markLeft(
          number,
          existing.map((entry) => [entry, reasons.nameTaken.code]),
        ),
      )
      if (tally.rejected > 0) {
        first.end()
        journal.discard()
        tell(nothingImported(tally), { nothingImported: true })
        process.stderr.write('nothing was imported, because some rows are bad\n')
        return
      }
      journal.markVerified(tally.rows)
    }
    const tally = await importVerified(path, target, options, journal, first)
    if (!journal.finished) journal.markFinished()
    first.end()
    tell(tally, {})
  } finally {
    journal.close()
    unlock()
  }
}

/** Verifies the file; the report has what is bad. */
async function verify(
  path: string,
  target: Target,
  options: ImportOptions,
  first: FirstBadRows,
  existing: (portion: number, entries: readonly number[]) => void,
): Promise<Tally> {
  let portion = 0
  return reported(path, options, first, (file, tellBad) =>
    verifyFile(path, file, target, options, ({ rows, bad }: Verified) => {
      const skipped = options.mode === 'create' ? [] : takeExisting(bad)
      if (skipped.length > 0) existing(portion, skipped)
      portion++
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

/** Does the import itself; a first signal has it end what is under way, a second one ends it at once. */
async function importVerified(
  path: string,
  target: Target,
  options: ImportOptions,
  journal: Journal,
  first: FirstBadRows,
): Promise<Tally> {
  const hurry = new AbortController()
  const onSignal = () => {
    if (hurry.signal.aborted) process.exit(statuses.interrupted)
    process.stderr.write('ending what is under way; once more ends it at once\n')
    hurry.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  try {
    return await reported(path, options, first, (file, tellBad) =>
      importFile(file, target, options.mode, options, journal, hurry.signal, (rows, bad) =>
        tellBad({ rows, bad }),
      ),
    )
  } finally {
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** Opens the file, and has what is bad in it told: in the report, or the first of it on the screen. */
async function reported(
  path: string,
  options: ImportOptions,
  first: FirstBadRows,
  pass: (file: Awaited<ReturnType<typeof openFile>>, tellBad: (some: Verified) => void) => Promise<Tally>,
): Promise<Tally> {
  const file = await openFile(path, options)
  const report = options.report === undefined ? undefined : new Report(options.report, path, file)
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
    throw error
  }
}

/** Of a file in which some rows are bad: the others were left out because of them. */
function nothingImported(verified: Tally): Tally {
  const tally = new Tally()
  tally.rejected = verified.rejected
  tally.skipped = verified.skipped + verified.accepted
  for (const [code, told] of verified.reasons) tally.reasons.set(code, told)
  return tally
}
