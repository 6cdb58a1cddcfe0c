import type { Random } from '../lib/random.ts'
import type { Resealing, Storage } from '../storage/storage.ts'
import { accessKeyPurpose, blockPurpose, productPurpose } from './purposes.ts'
import { resealBlock } from './secret-blocks.ts'
import {
  formerMasterKeyIdOf,
  type MasterKeySource,
  masterKeyIdOf,
  newDataKey,
  open,
  seal,
  unwrapKey,
} from './vault.ts'

/**
 * Brings a store of the former form, whose seals bind less, to the present one; once, whichever process is first.
 * A store says its form by how it names its master key, so a program of the former version takes its key for one that
 * was rotated: it adds nothing any more, and its /healthz answers 503.
 */
export async function resealFormer(
  storage: Storage,
  masterKey: MasterKeySource,
  random: Random,
): Promise<void> {
  const isFormer = async (key: Buffer) =>
    (await storage.facts.get('master_key_id')) === formerMasterKeyIdOf(key)
  if (!(await isFormer(await masterKey.read()))) return
  await storage.exclusively(async () => {
    const key = await masterKey.read()
    if (!(await isFormer(key))) return
    await storage.dataKeys.reseal(formerMasterKeyIdOf(key), masterKeyIdOf(key), resealing(key, random))
    // What was sealed before stands in the log still. A reader may keep it there; it goes with the next checkpoints.
    await storage.dataKeys.truncateLog()
  })
}

/** Opens what was sealed for less, and seals it for all that it belongs to, each under a data key of its own. */
function resealing(master: Buffer, random: Random): Resealing {
  function anew(wrappedKey: Buffer, sealed: Buffer, formerPurpose: string, purpose: string) {
    const secret = open(unwrapKey(master, wrappedKey), sealed, formerPurpose)
    const { key, wrapped } = newDataKey(master, random)
    return { wrapped, sealed: seal(key, secret, purpose, random) }
  }
  return {
    accessKey: (row) => anew(row.wrappedKey, row.sealedSecret, `access key ${row.id}`, accessKeyPurpose(row)),
    product: (row, wrappedKey, account) =>
      anew(wrappedKey, row.sealedSecret, `product ${row.productKey}`, productPurpose({ ...row, account })),
    batch({ id, product, firstNumber, wrappedKey }, account, numbers) {
      const former = unwrapKey(master, wrappedKey)
      const { key, wrapped } = newDataKey(master, random)
      return {
        wrapped,
        block: (block, sealed) =>
          resealBlock(
            { key: former, purpose: `device secrets ${block}`, sealed },
            { key, purpose: blockPurpose({ account, product, batch: id, block }) },
            (position) => numbers.has(firstNumber + position),
            block,
            random,
          ),
      }
    },
  }
}
