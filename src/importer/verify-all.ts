import type { DeviceList } from '../rules/import-list.ts'
import { digestOf, FileDigest } from './digest.ts'
import { FileValidator } from './file-validator.ts'
import type { VerifyPass } from './import-job.ts'
import { reasons } from './reasons.ts'
import { Tally } from './tally.ts'
import { type BadRows, checkRows, firstCodes } from './target.ts'
import { verifiedChunks } from './verify.ts'

/**
 * Verifies a whole file once, and reports its chunks in file order. In mode `skip-existing`, registered devices
 * are not bad.
 * @returns the counts, and the digest for `markVerified` if the pass has a journal
 * @throws UnreadableFile, Refused, Unreachable; the reason of `signal`
 */
export async function verifyAll({
  chunks,
  endpoint,
  journal,
  ...pass
}: VerifyPass): Promise<{ readonly tally: Tally; readonly digest: string }> {
  const { mode, seed, pace, signal, sha256, report } = pass
  const ask =
    endpoint &&
    ((rows: DeviceList, entries: Int32Array) => checkRows(endpoint.client, endpoint.target, rows, entries))
  const tally = new Tally()
  const whole = new FileDigest(sha256)
  let number = 0
  for await (const { rows, bad, rejected } of verifiedChunks(chunks, new FileValidator(seed), ask, pace)) {
    signal.throwIfAborted()
    if (journal !== undefined) {
      whole.add(digestOf(rows))
      if (rejected.size > 0) await journal.markLeft(number, firstCodes(rejected))
      number++
    }
    const existing = existingIn(bad)
    if (mode === 'skip-existing') for (const entry of existing) bad.delete(entry)
    tally.add(rows.count, bad, mode === 'skip-existing' ? existing.length : 0)
    report({ type: 'chunkDone', rows, bad, existing: existing.length, tally })
  }
  signal.throwIfAborted()
  return { tally, digest: whole.end() }
}

/** Rows whose only fault is that the device is registered. */
const existingIn = (bad: BadRows): number[] =>
  [...bad]
    .filter(([, found]) => found.every((reason) => reason === reasons.nameTaken))
    .map(([entry]) => entry)

/** The counts if nothing is imported because some rows are bad: good rows count as skipped. */
export function nothingImported(verified: Tally): Tally {
  const tally = new Tally()
  tally.rejected = verified.rejected
  tally.skipped = verified.skipped + verified.accepted
  for (const [code, found] of verified.reasons) tally.reasons.set(code, found)
  return tally
}
