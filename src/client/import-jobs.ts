import type { Client } from './client.ts'

/** Describes what an undo of an import job has done so far, or would do. */
export interface UndoneJob {
  readonly deleted: number
  /** Devices that were changed after the import. */
  readonly kept: number
  readonly batches: number
}

/**
 * Undoes an import job, call by call, until all its batches are undone. An undo that was interrupted is begun anew.
 * @param job its JobId, and the IotInstanceId if the instance has an ID
 * @param report is told after each call
 * @throws Refused, Unreachable
 */
export async function undoneJob(
  client: Client,
  job: Readonly<Record<string, string>>,
  dryRun: boolean,
  report: (undone: UndoneJob) => void,
): Promise<UndoneJob> {
  let undone: UndoneJob = { deleted: 0, kept: 0, batches: 0 }
  let token: string | undefined
  do {
    const { Data } = await client.call('UndoImportJob', {
      ...job,
      ...(dryRun && { DryRun: 'true' }),
      ...(token !== undefined && { NextToken: token }),
    })
    undone = {
      deleted: undone.deleted + Data.DeletedCount,
      kept: undone.kept + Data.KeptCount,
      batches: undone.batches + Data.BatchCount,
    }
    token = Data.NextToken
    report(undone)
  } while (token !== undefined)
  return undone
}
