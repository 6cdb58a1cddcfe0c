import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { systemClock } from '../../lib/clock.ts'
import { quantity } from '../../lib/quantity.ts'
import { openTables } from '../../storage/open.ts'
import { backUp } from '../../transfer/backup.ts'
import { type Digest, digestOf } from '../../transfer/digest.ts'
import { checkBackup, restore } from '../../transfer/restore.ts'
import { refuseUnfinished } from '../../transfer/state.ts'
import { print } from '../print.ts'
import { type PlaceOptions, placeCommand, refuseMissing } from '../store/store.ts'
import { requireMasterKey, saveMasterKey } from './master-key.ts'
import { withProgress } from './progress.ts'

const packageFile = new URL('../../../package.json', import.meta.url)

const rowsOf = ({ tables }: Digest) =>
  quantity(
    tables.reduce((sum, { rows }) => sum + rows, 0),
    'row',
  )

export function backupCommand(): Command {
  return placeCommand(
    'backup',
    'Back up the current state of the store to one file while servers run. The file can be restored into SQLite and PostgreSQL. Its secrets stay sealed and need the master key, which is not in the file.',
  )
    .argument('<file>', 'file to write; it must not exist')
    .option('--replace', 'Replace an existing file when the new one is complete.')
    .option('--verify', 'Read the written file back and check it.')
    .action(async (file: string, options: PlaceOptions & { replace?: true; verify?: true }) => {
      refuseMissing(options)
      const store = await openTables(options.data, options.database)
      const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
      const made = await withProgress((progress) =>
        backUp(
          store,
          file,
          { replace: options.replace === true, program: version, now: systemClock.now() },
          progress,
        ),
      )
      if (options.verify) await withProgress((progress) => checkBackup(file, progress))
      process.stdout.write(
        `${file} has ${rowsOf(made)} of ${store.place}, digest ${made.digest}${options.verify ? ', verified' : ''}\n${saveMasterKey(options, made.head.masterKey)}`,
      )
    })
}

export function restoreCommand(): Command {
  return placeCommand(
    'restore',
    'Restore a backup into an empty store in one transaction. The store needs the master key of the backed-up store.',
  )
    .argument('<file>', 'backup file, of a store in SQLite or PostgreSQL')
    .action(async (file: string, options: PlaceOptions) => {
      const store = await openTables(options.data, options.database)
      const { head, ...digest } = await withProgress((progress) => restore(file, store, progress))
      process.stdout.write(
        `${store.place} has ${rowsOf(digest)} as of ${head.made}, digest ${digest.digest}\n${requireMasterKey(options, head.masterKey)}`,
      )
    })
}

export function digestCommand(): Command {
  return placeCommand(
    'digest',
    'Print the digest of a store or a backup; equal content has the same digest in SQLite, PostgreSQL and a file.',
  )
    .argument('[file]', 'backup to check instead of the store')
    .option('--json', 'Print JSON.')
    .action(async (file: string | undefined, options: PlaceOptions & { json?: true }) => {
      const { digest, tables } = await withProgress(async (progress) => {
        if (file !== undefined) return checkBackup(file, progress)
        refuseMissing(options)
        const store = await openTables(options.data, options.database)
        return store.read(async (reader) => {
          await refuseUnfinished(reader, store.place)
          return digestOf(reader, progress)
        })
      })
      const sum = tables.reduce((sum, { rows }) => sum + rows, 0)
      print([...tables.map((table) => ({ ...table })), { table: 'all', rows: sum, digest }], options)
    })
}
