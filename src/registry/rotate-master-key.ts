import type { Random } from '../lib/random.ts'
import type { Storage } from '../storage/storage.ts'
import { writeNextMasterKey } from './master-key-file.ts'
import { type MasterKeySource, masterKeyIdOf, rewrap } from './vault.ts'

/**
 * Wraps every data key in another master key; nothing else is rewritten.
 *
 * @param folder where the master key's file lies; undefined when the key comes from the environment
 * @returns how many data keys there are
 */
export async function rotateMasterKey(
  storage: Storage,
  present: MasterKeySource,
  next: Buffer,
  folder: string | undefined,
  random: Random,
): Promise<number> {
  // Of two rotations at once the second must not lay its key over the first one's.
  return storage.alone(async () => {
    const from = await present.read()
    if ((await storage.facts.get('master_key_id')) !== masterKeyIdOf(from)) {
      throw new Error('the master key at hand is not the present one of this store: it was rotated before')
    }
    // Beside the present key first: whichever of the two the store names after a crash is there.
    if (folder !== undefined) writeNextMasterKey(folder, next)
    const count = await storage.dataKeys.rewrap(masterKeyIdOf(next), (wrapped) =>
      rewrap(from, next, wrapped, random),
    )
    // Reading it now puts the next key in the present one's place.
    if (folder !== undefined) await present.read()
    return count
  })
}
