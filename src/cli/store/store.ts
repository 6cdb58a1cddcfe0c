import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { openStore, type Store } from '../../main.ts'
import type { Registry } from '../../registry/registry.ts'
import { settings, variableOf } from '../../settings.ts'
import type { AccountRow } from '../../storage/storage.ts'
import { environment } from '../environment.ts'

/** The location of a store. */
export interface PlaceOptions {
  readonly data: string
  readonly database?: string
}

/** Options of the commands that act on the store directly, whether or not a server uses it. */
export interface StoreOptions extends PlaceOptions {
  readonly account?: string
  readonly json?: true
}

/** Creates a command on a store as a whole. */
export function placeCommand(name: string, description: string): Command {
  const { data, database } = settings
  return new Command(name)
    .description(description)
    .addOption(new Option('--data <folder>', data.meaning).env(variableOf(data)).default(data.default))
    .addOption(new Option('--database <url>', database.meaning).env(variableOf(database)))
}

/** Creates a command with the options of the store. */
export function storeCommand(name: string, description: string): Command {
  return placeCommand(name, description)
    .option('--account <name>', 'Name or UID of the account; required if the store has several.')
    .option('--json', 'Print JSON.')
}

/**
 * Opens the store for one command. A running server sees changes at its next call.
 * @param mayMake whether the command creates a store if there is none
 */
export async function withStore<T>(
  options: StoreOptions,
  use: (store: Store) => Promise<T>,
  mayMake = false,
): Promise<T> {
  const { data, database } = options
  if (!mayMake) refuseMissing(options)
  const store = await openStore({
    folder: data,
    database,
    masterKey: environment.ROLLCALL_MASTER_KEY || undefined,
  })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

/** @throws Error if the store's folder does not exist, as it may be mistyped */
export function refuseMissing({ data, database }: PlaceOptions): void {
  if (database === undefined && !existsSync(data))
    throw new Error(`there is no store in ${data}; see --data and --database`)
}

/** Returns the account for a command: the named one, or the only one. */
export async function chosenAccount(registry: Registry, { account }: StoreOptions): Promise<AccountRow> {
  const all = await registry.accounts.all()
  if (account !== undefined) {
    const found = await registry.accounts.find(account)
    if (found !== undefined) return found
    throw new Error(
      `there is no account ${JSON.stringify(account)}; there are: ${all.map(({ name }) => name).join(', ') || 'none'}`,
    )
  }
  if (all.length === 1) return all[0]!
  throw new Error(
    all.length === 0
      ? 'the store has no account yet; create one with: rollcall account create NAME'
      : `the store has several accounts; name one with --account: ${all.map(({ name }) => name).join(', ')}`,
  )
}

/** Formats a time as a date. */
export const day = (milliseconds: number) =>
  new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')
