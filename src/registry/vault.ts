import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Random } from '../lib/random.ts'
import { type NewDataKey, StaleMasterKey } from '../storage/storage.ts'

/** Bytes of an AES-256 key. */
export const keyBytes = 32
const ivBytes = 12
const tagBytes = 16

const idOf = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 32)
}

/**
 * A master key as the store names it: 32 hexadecimal digits of a SHA-256, which tell nothing of the key. The name says
 * the form of the store's seals, too (reseal.ts).
 */
export const masterKeyIdOf = (key: Buffer) => idOf('rollcall master key 2\n', key)

/** The name of a master key in a store whose secrets are sealed in the former form. */
export const formerMasterKeyIdOf = (key: Buffer) => idOf(key)

/** Whether a store's name of its master key is that of `key`, whatever the form of the store. */
export const isMasterKeyId = (id: string, key: Buffer) =>
  id === masterKeyIdOf(key) || id === formerMasterKeyIdOf(key)

/** AES-256-GCM: iv, ciphertext and tag in one buffer. `purpose` is bound in, so nothing opens in another's place. */
export function seal(key: Buffer, plain: Buffer, purpose: string, random: Random): Buffer {
  const iv = random.bytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when the key is not the one it was sealed with, the purpose is another, or a bit has changed */
export function open(key: Buffer, sealed: Buffer, purpose: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(sealed.subarray(sealed.length - tagBytes))
  return Buffer.concat([
    decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)),
    decipher.final(),
  ])
}

/**
 * The same of a secret in the store.
 * @param what names it in the error
 * @throws Error when it was not sealed for this purpose: its row, or one that says whose it is, was changed from outside
 */
export function openFor(what: string, key: Buffer, sealed: Buffer, purpose: string): Buffer {
  try {
    return open(key, sealed, purpose)
  } catch {
    throw new Error(`${what} was not sealed for ${purpose}: the database was changed by another program`)
  }
}

/** Where the master key is found: a file in the data folder, or the environment. */
export interface MasterKeySource {
  /** Read again after the key was rotated. */
  read(): Promise<Buffer>
}

/**
 * Seals what must stay recoverable (secrets key HMACs, so no hash will do). Each secret or batch of secrets
 * has a data key of its own, wrapped by the master key: rotating the master key re-wraps data keys and
 * touches nothing else.
 */
export interface Vault {
  /** Runs a write with a fresh data key; again, with another, when the master key was rotated meanwhile. */
  withNewDataKey<T>(write: (key: Buffer, dataKey: NewDataKey) => Promise<T>): Promise<T>
  /**
   * Runs a read with what opens the data keys it finds; again, when the master key was rotated meanwhile: of two
   * rotations the first one's key, which wrapped what was read, is nowhere any more.
   *
   * @throws StaleMasterKey when neither a master key at hand nor the source's present one wrapped them
   */
  withDataKeys<T>(read: (unwrap: (wrapped: Buffer) => Buffer) => Promise<T>): Promise<T>
}

const wrapPurpose = 'data key'

/** Master keys that are kept at hand: what was read before a rotation is opened after it. */
const keptMax = 3
/** How often a read or a write is tried with the key that its source has then; each time a rotation came between. */
const triesMax = 5

export async function openVault(source: MasterKeySource, random: Random): Promise<Vault> {
  /** The present one first. */
  let masters = [await source.read()]

  async function readAgain(): Promise<void> {
    const master = await source.read()
    masters = [master, ...masters.filter((kept) => !kept.equals(master))].slice(0, keptMax)
  }

  function unwrap(wrapped: Buffer): Buffer {
    for (const master of masters) {
      try {
        return unwrapKey(master, wrapped)
      } catch {
        // Another one wrapped it.
      }
    }
    throw new StaleMasterKey(
      'the master key at hand does not open this store: it was rotated. Start with the new ROLLCALL_MASTER_KEY.',
    )
  }

  async function whileRotated<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof StaleMasterKey) || tries === triesMax) throw error
        await readAgain()
      }
    }
  }

  return {
    withNewDataKey: (write) =>
      whileRotated(() => {
        const master = masters[0]!
        const { key, wrapped } = newDataKey(master, random)
        return write(key, { wrapped, masterKeyId: masterKeyIdOf(master) })
      }),
    withDataKeys: (read) => whileRotated(() => read(unwrap)),
  }
}

/** A fresh data key, and the same wrapped by a master key. */
export function newDataKey(
  master: Buffer,
  random: Random,
): { readonly key: Buffer; readonly wrapped: Buffer } {
  const key = random.bytes(keyBytes)
  return { key, wrapped: seal(master, key, wrapPurpose, random) }
}

/** @throws Error when the master key is not the one that wrapped it */
export const unwrapKey = (master: Buffer, wrapped: Buffer) => open(master, wrapped, wrapPurpose)

/** A data key under another master key. */
export function rewrap(from: Buffer, to: Buffer, wrapped: Buffer, random: Random): Buffer {
  return seal(to, unwrapKey(from, wrapped), wrapPurpose, random)
}
