import { type Stats, statSync } from 'node:fs'
import { Command, Option } from 'commander'
import type { AttributesSet } from '../../importer/attributes.ts'
import type { Tally } from '../../importer/tally.ts'
import { nothingImported } from '../../importer/verify-all.ts'
import { exitStatuses } from '../check/check.ts'
import { interruptible } from '../check/interruptible.ts'
import { targetOf, withFile } from '../check/options.ts'
import { FirstBadRows, printTally } from '../check/print-tally.ts'
import { secretSourceOf } from '../check/reshape-options.ts'
import { readThrough } from '../check/verify-file.ts'
import { CliError, statuses } from '../cli-error.ts'
import { confirmProduct } from './confirm-product.ts'
import { generatedSecrets } from './generated-secrets.ts'
import { importSpecOf, resumeOrBegin } from './import-spec.ts'
import { Journal } from './journal.ts'
import { lock } from './lock.ts'
import { type FileImportJob, type ImportOptions, journalOf } from './options.ts'
import { importVerified, verify } from './passes.ts'
import { journalOfInput, removeInput, saveInput } from './saved-input.ts'

export function importCommand(): Command {
  return withFile(new Command('import').description('Verify a file as a whole, then import its devices.'))
    .addOption(
      new Option(
        '--mode <mode>',
        'Handling of devices that are already registered: create reports them as bad, skip-existing skips them.',
      )
        .choices(['create', 'skip-existing'])
        .default('create'),
    )
    .option('--no-check', 'Import without verifying the file first; report the rows that can’t be imported.')
    .option('--dry-run', 'Verify only and print what would be imported.')
    .option('--journal <file>', 'Journal of the import’s progress; default: FILE.import.jsonl.')
    .option(
      '--secrets-out <file>',
      'File for the secrets of --secret generate: it is written before the first call, and read again to resume.',
    )
    .option('--yes', 'Import into the product of credentials.env without asking.')
    .addHelpText('after', exitStatuses)
    .action((given: string, options: ImportOptions) =>
      interruptible(given, (signal) => run(given, options, signal)),
    )
}

async function run(given: string, options: ImportOptions, signal: AbortSignal): Promise<void> {
  const target = targetOf(options)
  refuseUnkept(options)
  if (!options.dryRun) await confirmProduct(given, options)
  const begun = performance.now()
  const first = new FirstBadRows()
  const { dryRun, mode } = options
  const job = { path: given, options, target, mode, signal, first }
  const [tally, more] = dryRun ? [(await verify(job)).tally, { dryRun }] : await imported(job)
  first.end()
  const words = {
    accepted: dryRun ? 'to be imported' : 'imported',
    seconds: (performance.now() - begun) / 1000,
  }
  printTally(tally, words, options, more)
  process.exitCode = tally.rejected > 0 ? statuses.someBad : statuses.good
}

/** Generated secrets that nobody keeps would make devices that can't connect. @throws CliError */
function refuseUnkept({ secret, secretsOut, dryRun }: ImportOptions): void {
  if (secret === 'generate' && secretsOut === undefined && !dryRun)
    throw new CliError('usage', 'name a file for the generated secrets: --secrets-out FILE')
  if (secret !== 'generate' && secretsOut !== undefined)
    throw new CliError('usage', '--secrets-out FILE belongs to --secret generate')
}

/** Prints what else came of an import. */
function printAfter(importJob: string | undefined, attributes: AttributesSet | undefined): void {
  if (attributes !== undefined) {
    const { nicknames, tagged, failed, firstFailure } = attributes
    const refused = failed > 0 ? `, ${failed} refused (${firstFailure})` : ''
    process.stderr.write(`nicknames set: ${nicknames}, devices tagged: ${tagged}${refused}\n`)
  }
  if (importJob !== undefined)
    process.stderr.write(`import job ${importJob}; rollcall jobs undo ${importJob} undoes it\n`)
}

type Outcome = readonly [Tally, Readonly<Record<string, unknown>>]

/** Imports the file, or resumes its import. */
async function imported(job: Omit<FileImportJob, 'journal'>): Promise<Outcome> {
  const { path: given, options, target } = job
  const isKept = given === '-'
  const journalPath = isKept ? journalOfInput(options.journal) : journalOf(given, options)
  const unlock = lock(journalPath)
  try {
    const journal = new Journal(journalPath)
    const path = isKept ? await saveInput(journal) : given
    let isDone = false
    try {
      const { size, mtimeMs } = statOf(path)
      const secrets =
        options.secret === 'generate' ? await generatedSecrets(path, given, options, journal) : undefined
      const kept = secrets === undefined ? options : { ...options, secrets: secretSourceOf(secrets) }
      await resumeOrBegin(journal, importSpecOf(size, target, options), path, mtimeMs, kept)
      const outcome = await journalled({ ...job, options: kept, path, journal })
      isDone = true
      return outcome
    } finally {
      journal.close()
      if (isKept) removeInput(path, journal, isDone)
    }
  } finally {
    unlock()
  }
}

async function journalled(job: FileImportJob): Promise<Outcome> {
  const { path, options, journal } = job
  if (options.check && journal.verified === undefined) {
    const { tally, digest } = await verify(job)
    if (tally.rejected > 0) {
      process.stderr.write('nothing was imported, because some rows are bad\n')
      return [nothingImported(tally), { nothingImported: true }]
    }
    if (statOf(path).mtimeMs !== journal.modified)
      throw new CliError(
        'usage',
        `${path} was changed while it was verified; nothing was imported. Run the command again`,
      )
    // There is nothing to resume, and no journal.
    if (tally.rows === 0) return [tally, {}]
    journal.markVerified(tally.rows, digest)
  }
  if (!options.check) await readThrough(path, options)
  const { tally, attributes } = await importVerified(job)
  const importJob = journal.job ?? undefined
  if (!options.json) printAfter(importJob, attributes)
  return [tally, { ...(importJob && { jobId: importJob }), ...(attributes && { attributes }) }]
}

/** Returns the file's size and last change. @throws CliError if the file does not exist */
function statOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw new CliError('usage', `${path} can’t be read: ${(error as Error).message}`)
  }
}
