import { Command } from 'commander'
import { systemRandom } from '../../lib/random.ts'
import type { Store } from '../../main.ts'
import { parseMasterKey } from '../../registry/master-key-file.ts'
import { rotateMasterKey } from '../../registry/rotate-master-key.ts'
import { keyBytes } from '../../registry/vault.ts'
import { type StoreOptions, storeCommand, withStore } from './store.ts'

const newKeyVariable = 'ROLLCALL_NEW_MASTER_KEY'

export function masterKeyCommand(): Command {
  const command = storeCommand(
    'rotate',
    `Wrap every data key in a new master key: a drawn one in the data folder, or ${newKeyVariable} (64 hexadecimal digits) where ROLLCALL_MASTER_KEY is in use. Servers with the key in the data folder go on; those with ROLLCALL_MASTER_KEY must be started with the new one.`,
  ).action((options: StoreOptions) => withStore(options, (store) => rotate(options.data, store)))
  return new Command('master-key')
    .description('The key that keeps the secrets in the store closed.')
    .addCommand(command)
}

async function rotate(folder: string, { storage, masterKey }: Store): Promise<void> {
  const inEnvironment = Boolean(process.env.ROLLCALL_MASTER_KEY)
  const given = process.env[newKeyVariable]
  if (inEnvironment && !given) {
    throw new Error(`ROLLCALL_MASTER_KEY is in use, so ${newKeyVariable} must hold the new key`)
  }
  const next = given ? parseMasterKey(given, newKeyVariable) : systemRandom.bytes(keyBytes)
  const file = inEnvironment ? undefined : folder
  const count = await rotateMasterKey(storage, masterKey, next, file, systemRandom)
  process.stdout.write(`${count} data keys are wrapped in the new master key\n`)
}
