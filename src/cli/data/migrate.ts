import type { Command } from 'commander'
import { refuseForeign } from '../../storage/migrations.ts'
import { openTables } from '../../storage/open-tables.ts'
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
    'Bring the store’s schema up to date, or make an empty store; a server does it too when it starts.',
  )
    .option('--status', 'Tell what is applied and what is outstanding, and change nothing.')
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
  else process.stdout.write('nothing is outstanding\n')
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
