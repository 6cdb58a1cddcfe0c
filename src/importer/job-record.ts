import type { Client } from '../client/client.ts'
import { Refused } from '../client/outcome.ts'
import type { ImportJournal } from './journal.ts'
import type { Tally } from './tally.ts'
import { parametersOf, type Target } from './target.ts'

/** Describes what an import job is recorded with: the endpoint, and the journal that keeps its ID. */
export interface JobRecord {
  readonly client: Client
  readonly target: Target
  readonly journal: ImportJournal
}

const instanceOf = (target: Target) => {
  const { ProductKey: _, ...instance } = parametersOf(target)
  return instance
}

/**
 * Begins the import job of an import, or goes on with it. An endpoint without jobs (the cloud has none), or one that
 * does not let the caller begin any, imports without.
 * @param fileName without its folder; the only thing of the file that the endpoint is told besides counts
 * @param draw a new random ID
 * @returns the ID of the job; undefined if there is none
 * @throws Unreachable; Refused if the endpoint throttles or can't answer now
 */
export async function beginJob(
  { client, target, journal }: JobRecord,
  fileName: string,
  draw: () => string,
): Promise<string | undefined> {
  // A journal of before, some of whose batches are of no job.
  if (journal.job === null || (journal.job === undefined && journal.hasSent)) return undefined
  const job = journal.job ?? draw()
  if (journal.job === undefined) await journal.markJob(job)
  try {
    await client.call('CreateImportJob', {
      ...parametersOf(target),
      ...{ JobId: job, FileName: fileName.slice(-255) },
    })
    return job
  } catch (error) {
    // Batches that were sent are of the job: another failure than the first one is not taken for its absence.
    if (journal.hasSent || !isLacking(error)) throw error
    await journal.markJob(null)
    return undefined
  }
}

/** Codes of reasons that are reported. */
const reasonsMax = 40

/**
 * Reports the end of an import.
 * @param setsAttributes whether the import has set nicknames or tags
 * @throws Unreachable, Refused
 */
export async function endJob(
  { client, target, journal }: JobRecord,
  tally: Tally,
  setsAttributes: boolean,
): Promise<void> {
  if (journal.job === null || journal.job === undefined) return
  const reasons = [...tally.reasons]
    .filter(([code]) => /^[A-Za-z]{1,64}$/.test(code))
    .slice(0, reasonsMax)
    .map(([code, { count }]) => [code, count])
  try {
    await client.call('UpdateImportJob', {
      ...instanceOf(target),
      JobId: journal.job,
      State: 'Finished',
      AcceptedCount: String(tally.accepted),
      RejectedCount: String(tally.rejected),
      SkippedCount: String(tally.skipped),
      Reasons: JSON.stringify(Object.fromEntries(reasons)),
      ...(setsAttributes && { SetsAttributes: 'true' }),
    })
  } catch (error) {
    // The devices are in, whatever became of their record.
    if (!isLacking(error)) throw error
  }
}

const isLacking = (error: unknown) =>
  error instanceof Refused && !error.isThrottling && !error.isOutcomeUnknown
