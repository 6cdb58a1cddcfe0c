import { reportedRows } from '../../importer/bad-rows.ts'
import type { ChunkDone } from '../../importer/import-job.ts'
import type { Tally } from '../../importer/tally.ts'
import type { OpenFile } from '../check/open-file.ts'
import { Report } from '../check/report.ts'
import { toCliError } from '../check/system-error.ts'
import { openFile, printFindings, refuseEmpty, verifyFile } from '../check/verify-file.ts'
import { type FileImportJob, inputOf, journalOf, lockOf, type VerifyJob } from './options.ts'
import { importFile } from './run.ts'

/** Verifies the file and writes bad rows to the report. A job without a journal is a dry run. */
export const verify = (job: VerifyJob): Promise<{ readonly tally: Tally; readonly digest: string }> =>
  reported(job, (file, report) => verifyFile(file, job, report))

/** Imports the verified rows; when its signal aborts, it finishes calls in progress. */
export async function importVerified(job: FileImportJob): ReturnType<typeof importFile> {
  const { path, options, journal } = job
  const isRead = journal.verified !== undefined
  return reported(
    job,
    async (file, report) => {
      try {
        const imported = await importFile(file, job, report)
        refuseEmpty(path, imported.tally, file)
        return imported
      } finally {
        // Already printed if the file was verified.
        if (!isRead) printFindings(path, file)
      }
    },
    isRead && options.check,
  )
}

/** Opens the file and reports its bad rows: in the report, or the first ones on the screen. */
async function reported<T>(
  { path, options, first }: VerifyJob,
  pass: (file: OpenFile, report: (chunk: ChunkDone) => void) => Promise<T>,
  isTold = false,
): Promise<T> {
  const file = await openFile(path, options, isTold)
  const journal = journalOf(path, options)
  const inUse = [path, journal, lockOf(journal), inputOf(journal)]
  const report = options.report === undefined ? undefined : new Report(options.report, inUse, file)
  try {
    const outcome = await pass(file, ({ rows, bad }) => {
      if (report !== undefined) report.add(rows, reportedRows(rows, bad))
      else if (!options.json) first.add(rows, bad)
    })
    report?.finish()
    return outcome
  } catch (error) {
    report?.abandon()
    throw toCliError(error, path)
  }
}
