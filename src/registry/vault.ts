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
 * The name of a master key in the store: 32 hexadecimal digits of a SHA-256, which reveal nothing of the key.
 * The name also identifies the form of the store's seals (reseal.ts).
 */
export const masterKeyIdOf = (key: Buffer) => idOf('rollcall master key 2\n', key)

/** The name of a master key in a store with seals of the former form. */
export const formerMasterKeyIdOf = (key: Buffer) => idOf(key)

/** Reports whether a stored name belongs to `key`, in either form. */
export const isMasterKeyId = (id: string, key: Buffer) =>
  id === masterKeyIdOf(key) || id === formerMasterKeyIdOf(key)

/**
 * AES-256-GCM: IV, ciphertext and tag in one buffer. `purpose` is bound, so the result can be decrypted only
 * for that purpose.
 */
export function seal(key: Buffer, plain: Buffer, purpose: string, random: Random): Buffer {
  const iv = random.bytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error if the key or purpose differs from those it was sealed with, or a bit has changed */
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
 * Decrypts a stored secret.
 * @param what name of the secret in the error
 * @throws Error if it was sealed for another purpose: its row, or the row of its owner, was changed outside
 * Rollcall
 */
export function openFor(what: string, key: Buffer, sealed: Buffer, purpose: string): Buffer {
  try {
    return open(key, sealed, purpose)
  } catch {
    throw new Error(`${what} was not sealed for ${purpose}: the database was changed by another program`)
  }
}

/** The source of the master key: a file in the data folder, or the environment. */
export interface MasterKeySource {
  /** Called again after the key was rotated. */
  read(): Promise<Buffer>
}

/**
 * Seals secrets that must stay recoverable (they key HMACs, so a hash is not enough). Each secret or batch of
 * secrets has its own data key, which the master key wraps: a rotation wraps the data keys again and changes
 * nothing else.
 */
export interface Vault {
  /** Runs a write with a new data key; retries with another if the master key was rotated meanwhile. */
  withNewDataKey<T>(write: (key: Buffer, dataKey: NewDataKey) => Promise<T>): Promise<T>
  /**
   * Runs a read with a function that unwraps data keys. Retries if the master key was rotated meanwhile: after
   * two rotations, the key that wrapped the data read before may no longer exist anywhere.
   * @throws StaleMasterKey if neither a cached master key nor the source's current one wrapped them
   */
  withDataKeys<T>(read: (unwrap: (wrapped: Buffer) => Buffer) => Promise<T>): Promise<T>
}

const wrapPurpose = 'data key'

/** Maximum number of cached master keys, to decrypt data that was read before a rotation. */
const keptMax = 3
/** Maximum attempts of a read or write, each after another rotation. */
const triesMax = 5

export async function openVault(source: MasterKeySource, random: Random): Promise<Vault> {
  /** Current key first. */
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
        // Another key wrapped it.
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

/** Generates a data key, and wraps it with a master key. */
export function newDataKey(
  master: Buffer,
  random: Random,
): { readonly key: Buffer; readonly wrapped: Buffer } {
  const key = random.bytes(keyBytes)
  return { key, wrapped: seal(master, key, wrapPurpose, random) }
}

/** @throws Error if another master key wrapped it */
export const unwrapKey = (master: Buffer, wrapped: Buffer) => open(master, wrapped, wrapPurpose)

/** Wraps a data key with another master key. */
export function rewrap(from: Buffer, to: Buffer, wrapped: Buffer, random: Random): Buffer {
  return seal(to, unwrapKey(from, wrapped), wrapPurpose, random)
}
