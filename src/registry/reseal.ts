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
 * Upgrades a store whose seals have the former form, once, in the first process that starts. The form is part
 * of the stored name of the master key, so a program of the former version sees a rotated key: it stops adding
 * data, and its /healthz responds 503.
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
    // The log still contains data sealed in the former form. If a reader prevents truncation, later checkpoints
    // remove it.
    await storage.dataKeys.truncateLog()
  })
}

/** Decrypts data in the former form and seals it for its full purpose, each under a new data key. */
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
