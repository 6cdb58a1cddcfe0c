import type { Random } from '../lib/random.ts'
import type { DataKeyCounts, Storage } from '../storage/storage.ts'
import { writeNextMasterKey } from './master-key-file.ts'
import { type MasterKeySource, masterKeyIdOf, rewrap } from './vault.ts'

/** What a rotation did. */
export interface Rotated {
  /** How many data keys are wrapped anew. The data keys themselves stay, and so do the secrets under them. */
  readonly wrapped: number
  /** The same by what they seal; the one that is left is the store's own. */
  readonly counts: DataKeyCounts
  /** Whether the former wraps are gone from the store's log; undefined if the log is the database server's. */
  readonly logTruncated: boolean | undefined
}

/**
 * Wraps every data key in another master key; nothing else is rewritten.
 *
 * @param folder where the master key's file lies; undefined when the key comes from the environment
 */
export async function rotateMasterKey(
  storage: Storage,
  present: MasterKeySource,
  next: Buffer,
  folder: string | undefined,
  random: Random,
): Promise<Rotated> {
  // Of two rotations at once the second must not lay its key over the first one's.
  return storage.exclusively(async () => {
    const from = await present.read()
    if ((await storage.facts.get('master_key_id')) !== masterKeyIdOf(from)) {
      throw new Error('the master key at hand is not the present one of this store: it was rotated before')
    }
    // Beside the present key first: whichever of the two the store names after a crash is there.
    if (folder !== undefined) writeNextMasterKey(folder, next)
    const wrapped = await storage.dataKeys.rewrap(masterKeyIdOf(next), (dataKey) =>
      rewrap(from, next, dataKey, random),
    )
    // Reading it now puts the next key in the present one's place.
    if (folder !== undefined) await present.read()
    const [counts, logTruncated] = [await storage.dataKeys.counts(), await storage.dataKeys.truncateLog()]
    return { wrapped, counts, logTruncated }
  })
}
