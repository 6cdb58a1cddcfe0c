import type { Command } from 'commander'
import { refuseForeign } from '../../storage/migrations.ts'
import { openTables } from '../../storage/open.ts'
import { print } from '../print.ts'
import { type PlaceOptions, placeCommand, refuseMissing } from '../store/store.ts'

interface MigrateOptions extends PlaceOptions {
  readonly status?: true
  readonly json?: true
}

const words = {
  applied: 'applied',
  outstanding: 'outstanding',
  changed: 'applied, but its file has changed since',
  unknown: 'applied by a newer Rollcall',
}

export function migrateCommand(): Command {
  return placeCommand(
    'migrate',
    'Migrate the store’s schema, or create an empty store. A server also does this when it starts.',
  )
    .option('--status', 'List applied and pending migrations and change nothing.')
    .option('--json', 'Print JSON.')
    .action((options: MigrateOptions) => (options.status ? status(options) : migrate(options)))
}

async function migrate(options: MigrateOptions): Promise<void> {
  const store = await openTables(options.data, options.database)
  const applied = await store.migrate()
  if (applied.length > 0 || options.json)
    print(
      applied.map((migration) => ({ migration, status: words.applied })),
      options,
    )
  else process.stdout.write('no pending migrations\n')
}

async function status(options: MigrateOptions): Promise<void> {
  refuseMissing(options)
  const store = await openTables(options.data, options.database)
  const states = await store.migrationStates()
  print(
    states.map(({ name, state }) => ({ migration: name, status: words[state] })),
    options,
  )
  refuseForeign(states)
}
