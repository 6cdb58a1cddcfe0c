import type { Random } from '../lib/random.ts'
import type { DataKeyCounts, Storage } from '../storage/storage.ts'
import { writeNextMasterKey } from './master-key-file.ts'
import { type MasterKeySource, masterKeyIdOf, rewrap } from './vault.ts'

/** The result of a rotation. */
export interface Rotated {
  /** Number of data keys wrapped again. The data keys themselves, and the secrets under them, don't change. */
  readonly wrapped: number
  /** The same by kind of secret; the remaining one is the store's own. */
  readonly counts: DataKeyCounts
  /**
   * Whether the former wrapped keys are gone from the store's log; undefined if the database server manages the
   * log.
   */
  readonly logTruncated: boolean | undefined
}

/**
 * Wraps every data key with another master key; nothing else is rewritten.
 * @param folder folder of the master key file; undefined if the key comes from the environment
 */
export async function rotateMasterKey(
  storage: Storage,
  present: MasterKeySource,
  next: Buffer,
  folder: string | undefined,
  random: Random,
): Promise<Rotated> {
  // Prevents a concurrent rotation from overwriting the new key.
  return storage.exclusively(async () => {
    const from = await present.read()
    if ((await storage.facts.get('master_key_id')) !== masterKeyIdOf(from)) {
      throw new Error('the master key at hand is not the present one of this store: it was rotated before')
    }
    // Written beside the current key first, so that after a crash the key that the store names exists.
    if (folder !== undefined) writeNextMasterKey(folder, next)
    const wrapped = await storage.dataKeys.rewrap(masterKeyIdOf(next), (dataKey) =>
      rewrap(from, next, dataKey, random),
    )
    // Reading it now replaces the current key file by the next one.
    if (folder !== undefined) await present.read()
    const [counts, logTruncated] = [await storage.dataKeys.counts(), await storage.dataKeys.truncateLog()]
    return { wrapped, counts, logTruncated }
  })
}
