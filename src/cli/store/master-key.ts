import { Command } from 'commander'
import { quantity } from '../../lib/quantity.ts'
import { systemRandom } from '../../lib/random.ts'
import type { Store } from '../../main.ts'
import { parseMasterKey } from '../../registry/master-key-file.ts'
import { type Rotated, rotateMasterKey } from '../../registry/rotate-master-key.ts'
import { keyBytes } from '../../registry/vault.ts'
import { environment } from '../environment.ts'
import { type StoreOptions, storeCommand, withStore } from './store.ts'

const newKeyVariable = 'ROLLCALL_NEW_MASTER_KEY'

export function masterKeyCommand(): Command {
  const command = storeCommand(
    'rotate',
    `Wrap every data key in a new master key: a generated one in the data folder, or ${newKeyVariable} (64 hexadecimal digits) if ROLLCALL_MASTER_KEY is in use. Servers that use the data folder keep running; restart those that use ROLLCALL_MASTER_KEY with the new key.`,
  ).action((options: StoreOptions) => withStore(options, (store) => rotate(options.data, store)))
  return new Command('master-key')
    .description('Manage the master key, which seals the secrets of the store.')
    .addCommand(command)
}

async function rotate(folder: string, { storage, masterKey }: Store): Promise<void> {
  const inEnvironment = Boolean(environment.ROLLCALL_MASTER_KEY)
  const given = environment[newKeyVariable]
  if (inEnvironment && !given) {
    throw new Error(`ROLLCALL_MASTER_KEY is in use, so ${newKeyVariable} must hold the new key`)
  }
  const next = given ? parseMasterKey(given, newKeyVariable) : systemRandom.bytes(keyBytes)
  const file = inEnvironment ? undefined : folder
  process.stdout.write(told(await rotateMasterKey(storage, masterKey, next, file, systemRandom)))
}

function told({ wrapped, counts, logTruncated }: Rotated): string {
  const { accessKeys, products, batches } = counts
  const log = {
    true: 'The log of the database was truncated: the former wraps are gone from it.',
    false:
      'A reader, such as a backup, kept the log of the database from being truncated: the former wraps are in roll.db-wal until the last process closes the store.',
    undefined:
      'The log and the dead rows of PostgreSQL still hold the former wraps: run VACUUM data_key, and see docs/security.md.',
  }[String(logTruncated) as 'true' | 'false' | 'undefined']
  const ofBatches = quantity(batches, 'batch', 'batches')
  return `${quantity(wrapped, 'data key is', 'data keys are')} wrapped in the new master key.
${wrapped === 1 ? 'It was not' : 'None of them was'} renewed: the secrets of ${quantity(accessKeys, 'access key')}, ${quantity(products, 'product')} and ${ofBatches} of devices,
and the key of IotIds and page tokens, stay sealed under the same data ${wrapped === 1 ? 'key' : 'keys'}. If the former master key was disclosed,
a copy of the store from before the rotation gives all of them away: replace access keys, and secrets of devices.
${log}
`
}
