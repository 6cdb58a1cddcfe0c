import { randomInt } from 'node:crypto'
import { Refused, Unreachable } from '../../client/outcome.ts'
import { Pace } from '../../client/pace.ts'
import { ChangedRows, importAll, importsAtOnceMax } from '../../importer/import-all.ts'
import type { ChunkDone } from '../../importer/import-job.ts'
import type { Tally } from '../../importer/tally.ts'
import type { OpenFile } from '../check/open-file.ts'
import { fileProgress } from '../check/progress.ts'
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
): Promise<Tally> {
  const { options, signal, journal } = job
  const pace = new Pace(Math.min(importsAtOnceMax, options.concurrency))
  const { client, close } = connect(options, { onThrottled: () => pace.throttled() }, signal)
  // Progress counts rows if their number is known; otherwise bytes, which are read well ahead of the import.
  const known = journal.verified
  const progress = fileProgress('import', known ?? file.size)
  const { sha256 } = hashes
  const seed = randomInt(2 ** 31)
  try {
    return await importAll({
      ...job,
      ...{ chunks: file.chunks, client, pace, seed, sha256 },
      report(event) {
        if (event.type !== 'chunkDone') return
        report(event)
        const { rows, rejected: bad } = event.tally
        progress.show({ rows, bad, position: known === undefined ? file.position() : rows })
      },
    })
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

/** Reports whether the same command may succeed if it is repeated. */
const mayHelp = (error: unknown) =>
  error instanceof Unreachable || (error instanceof Refused && (error.isThrottling || error.isOutcomeUnknown))

const interrupted = (why: string) =>
  new CliError('interrupted', `${why}\nNothing is lost: run the same command to resume.`)
