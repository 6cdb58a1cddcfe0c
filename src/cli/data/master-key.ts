import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseMasterKey } from '../../registry/master-key-file.ts'
import { isMasterKeyId } from '../../registry/vault.ts'
import { environment } from '../environment.ts'
import type { PlaceOptions } from '../store/store.ts'

/** The place of the master key on this machine, and the key; undefined if there is none. */
function masterKeyAtHand({ data }: Pick<PlaceOptions, 'data'>): { where: string; key: Buffer | undefined } {
  const given = environment.ROLLCALL_MASTER_KEY
  if (given) return { where: 'ROLLCALL_MASTER_KEY', key: parseMasterKey(given, 'ROLLCALL_MASTER_KEY') }
  const file = join(data, 'master.key')
  if (!existsSync(file)) return { where: file, key: undefined }
  return { where: file, key: parseMasterKey(readFileSync(file, 'utf8'), file) }
}

/** Reminds the operator after a backup to keep the master key too. */
export function saveMasterKey(options: PlaceOptions, id: string): string {
  const { where, key } = masterKeyAtHand(options)
  const place =
    key && isMasterKeyId(id, key)
      ? `It is in ${where}. Keep a copy of it`
      : 'It is not available here. Keep it'
  return `Secrets in it stay sealed under the master key ${id}, which is not in the file.\n${place}, separate from the backup; the backup is useless without it.\n`
}

/** Prints after filling a store whether this machine has the master key to serve it. */
export function requireMasterKey(options: Pick<PlaceOptions, 'data'>, id: string): string {
  const { where, key } = masterKeyAtHand(options)
  if (key && isMasterKeyId(id, key)) return `The master key in ${where} is the right one.\n`
  const there = key === undefined ? `${where} has none` : `${where} has another one`
  return `The store needs the master key ${id}. ${there}: put the right one there, or into ROLLCALL_MASTER_KEY, before you start a server.\n`
}
