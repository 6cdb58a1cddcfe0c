import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseMasterKey } from '../../registry/master-key-file.ts'
import { isMasterKeyId } from '../../registry/vault.ts'
import { environment } from '../environment.ts'
import type { PlaceOptions } from '../store/store.ts'

/** Where this machine has the master key, and the key; undefined if there is none. */
function masterKeyAtHand({ data }: Pick<PlaceOptions, 'data'>): { where: string; key: Buffer | undefined } {
  const given = environment.ROLLCALL_MASTER_KEY
  if (given) return { where: 'ROLLCALL_MASTER_KEY', key: parseMasterKey(given, 'ROLLCALL_MASTER_KEY') }
  const file = join(data, 'master.key')
  if (!existsSync(file)) return { where: file, key: undefined }
  return { where: file, key: parseMasterKey(readFileSync(file, 'utf8'), file) }
}

/** Reminds, after a backup, what else must be kept. */
export function saveMasterKey(options: PlaceOptions, id: string): string {
  const { where, key } = masterKeyAtHand(options)
  const place =
    key && isMasterKeyId(id, key) ? `It is in ${where}: keep a copy of it` : 'It is not at hand here: keep it'
  return `Secrets in it stay sealed under the master key ${id}, which is not in the file.\n${place}, apart from the backup; without it nobody can use the backup.\n`
}

/** Tells, after a store was filled, whether it can be served with the master key at hand. */
export function requireMasterKey(options: Pick<PlaceOptions, 'data'>, id: string): string {
  const { where, key } = masterKeyAtHand(options)
  if (key && isMasterKeyId(id, key)) return `The master key in ${where} is the one that it needs.\n`
  const there = key === undefined ? `There is none in ${where}` : `The one in ${where} is another`
  return `It needs the master key ${id}. ${there}: put the right one there, or into ROLLCALL_MASTER_KEY, before you serve.\n`
}
