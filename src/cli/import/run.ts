import { randomBytes, randomInt } from 'node:crypto'
import { basename } from 'node:path'
import type { Client } from '../../client/client.ts'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { Pace } from '../../client/pace.ts'
import { type AttributesSet, hasAttributes, setAttributes } from '../../importer/attributes.ts'
import { ChangedRows, importAll, importsAtOnceMax } from '../../importer/import-all.ts'
import type { ChunkDone } from '../../importer/import-job.ts'
import { beginJob, endJob } from '../../importer/job-record.ts'
import type { Tally } from '../../importer/tally.ts'
import type { OpenFile } from '../check/open-file.ts'
import { fileProgress } from '../check/progress.ts'
import { openFile } from '../check/verify-file.ts'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { hashes } from '../endpoint/send.ts'
import type { FileImportJob } from './options.ts'

/**
 * Imports what the journal does not record as done, and prints its progress.
 * @param report receives every chunk in file order
 * @throws CliError `interrupted` if it can't continue now; the same command resumes it
 */
export async function importFile(
  file: OpenFile,
  job: FileImportJob,
  report: (chunk: ChunkDone) => void,
): Promise<{ readonly tally: Tally; readonly attributes: AttributesSet | undefined }> {
  const { options, signal, journal } = job
  const pace = new Pace(Math.min(importsAtOnceMax, options.concurrency))
  const { client, close } = connect(options, { onThrottled: () => pace.throttled() }, signal)
  // Progress counts rows if their number is known; otherwise bytes, which are read well ahead of the import.
  const known = journal.verified
  const progress = fileProgress('import', known ?? file.size)
  const { sha256 } = hashes
  const seed = randomInt(2 ** 31)
  const record = { client, target: job.target, journal }
  try {
    const importJobId = await beginJob(record, basename(job.path), () => randomBytes(12).toString('hex'))
    const tally = await importAll({
      ...job,
      importJobId,
      ...{ chunks: file.chunks, client, pace, seed, sha256 },
      report(event) {
        if (event.type !== 'chunkDone') return
        report(event)
        const { rows, rejected: bad } = event.tally
        progress.show({ rows, bad, position: known === undefined ? file.position() : rows })
      },
    })
    progress.end()
    const attributes = hasAttributes(file) ? await withAttributes(job, client, pace) : undefined
    await endJob(record, tally, attributes !== undefined)
    return { tally, attributes }
  } catch (error) {
    if (signal.aborted) throw interrupted('interrupted')
    if (error instanceof CliError) throw error
    if (error instanceof ChangedRows) throw new CliError('usage', error.message)
    const ending = cliErrorOf(error)
    if (!(ending instanceof CliError)) throw error
    // The endpoint would reject the same call again.
    throw mayHelp(error) ? interrupted(ending.message) : ending
  } finally {
    progress.end()
    close()
  }
}

/** Sets the nicknames and tags of what was imported; the file is read once more. */
async function withAttributes(job: FileImportJob, client: Client, pace: Pace): Promise<AttributesSet> {
  const { path, options, journal, target, signal } = job
  const file = await openFile(path, options, true)
  const progress = fileProgress('nicknames and tags', undefined)
  try {
    return await setAttributes({
      ...{ chunks: file.chunks, client, target, journal, pace, signal, seed: randomInt(2 ** 31) },
      report: ({ nicknames, tagged, failed }) =>
        progress.show({ rows: nicknames + tagged, bad: failed, position: 0 }),
    })
  } finally {
    progress.end()
  }
}

/** Reports whether the same command may succeed if it is repeated. */
const mayHelp = (error: unknown) =>
  error instanceof Unreachable || (error instanceof Refused && (error.isThrottling || error.isOutcomeUnknown))

const interrupted = (why: string) =>
  new CliError('interrupted', `${why}\nNothing is lost: run the same command to resume.`)
