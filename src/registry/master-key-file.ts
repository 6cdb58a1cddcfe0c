import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from '../lib/configuration-error.ts'
import { writeNewFile } from '../lib/new-file.ts'
import type { Random } from '../lib/random.ts'
import { isMasterKeyId, keyBytes, type MasterKeySource, masterKeyIdOf } from './vault.ts'

/** Readable by its owner only. */
const keyMode = 0o600

/** Parses a key given by the operator: 64 hexadecimal digits, as in ROLLCALL_MASTER_KEY. */
export function parseMasterKey(text: string, from: string): Buffer {
  if (!/^[0-9a-fA-F]{64}$/.test(text.trim())) {
    throw new ConfigurationError(
      `${from} must hold 64 hexadecimal digits (32 bytes), it holds ${text.trim().length} characters`,
    )
  }
  return Buffer.from(text.trim(), 'hex')
}

/**
 * The master key in a file of the data folder, created at the first start and readable only by its owner.
 * During a rotation the new key is in a file beside it; `expectedId`, from the store, decides which of the two
 * is current.
 */
export function masterKeyFile(
  folder: string,
  random: Random,
  expectedId: () => Promise<string | undefined>,
): MasterKeySource {
  const path = join(folder, 'master.key')
  const read = (file: string) => parseMasterKey(readFileSync(file, 'utf8'), file)
  async function readOnce(): Promise<Buffer> {
    const expected = await expectedId()
    const next = expected && nextPath(folder, expected)
    if (next && existsSync(next) && isMasterKeyId(expected, read(next))) renameSync(next, path)
    if (!existsSync(path)) {
      if (expected !== undefined) {
        throw new ConfigurationError(
          `${path} is missing: without it the secrets in this store can't be read. Restore it, or copy it from another node.`,
        )
      }
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeNewFile(path, textOf(random.bytes(keyBytes)), keyMode)
    }
    const key = read(path)
    if (expected !== undefined && !isMasterKeyId(expected, key)) {
      throw new ConfigurationError(
        `${path} is not the key of this store. Restore the one that it was made with.`,
      )
    }
    return key
  }
  return {
    async read() {
      // While a rotation replaces the key, another process may do it first.
      for (let triesLeft = 2; ; triesLeft--) {
        try {
          return await readOnce()
        } catch (error) {
          if (triesLeft === 0) throw error
        }
      }
    },
  }
}

/** Path of a new key, named by its ID so that concurrent rotations don't overwrite each other's. */
const nextPath = (folder: string, id: string) => join(folder, `master.key.next-${id}`)

/**
 * Writes the next master key beside the current one; the rotation renames it after the store has switched to
 * it.
 */
export function writeNextMasterKey(folder: string, key: Buffer): void {
  writeFileSync(nextPath(folder, masterKeyIdOf(key)), textOf(key), { mode: keyMode, flush: true })
}

const textOf = (key: Buffer) => `${key.toString('hex')}\n`
