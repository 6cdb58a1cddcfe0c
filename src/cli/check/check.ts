import { Command } from 'commander'
import { reportedRows } from '../../importer/bad-rows.ts'
import { statuses } from '../cli-error.ts'
import { interruptible } from './interruptible.ts'
import { type FileOptions, targetOf, withFile } from './options.ts'
import { FirstBadRows, printTally } from './print-tally.ts'
import { Report } from './report.ts'
import { openFile, verifyFile } from './verify-file.ts'

type CheckOptions = FileOptions & { readonly offline?: true }

export function checkCommand(): Command {
  return withFile(
    new Command('check').description(
      'Verify which devices of a file can be imported, and report why the others can’t.',
    ),
  )
    .option('--offline', 'Check only the file itself and call no endpoint.')
    .addHelpText('after', exitStatuses)
    .action((path: string, options: CheckOptions) =>
      interruptible(path, (signal) => check(path, options, signal)),
    )
}

async function check(path: string, options: CheckOptions, signal: AbortSignal): Promise<void> {
  const begun = performance.now()
  const target = options.offline ? undefined : targetOf(options)
  const file = await openFile(path, options)
  const report = options.report === undefined ? undefined : new Report(options.report, [path], file)
  const first = new FirstBadRows()
  try {
    const { tally } = await verifyFile(
      file,
      { path, options, target, mode: 'create', signal },
      ({ rows, bad }) => {
        if (report !== undefined) report.add(rows, reportedRows(rows, bad))
        else if (!options.json) first.add(rows, bad)
      },
    )
    report?.finish()
    first.end()
    printTally(tally, { accepted: 'accepted', seconds: (performance.now() - begun) / 1000 }, options)
    process.exitCode = tally.rejected > 0 ? statuses.someBad : statuses.good
  } catch (error) {
    report?.abandon()
    throw error
  }
}

export const exitStatuses = `
Exit status: 0 all rows are good, 1 some are bad, 2 wrong usage, 3 the endpoint could not be reached or did not
allow it, 4 interrupted: the same command goes on.`
