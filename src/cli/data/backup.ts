import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { systemClock } from '../../lib/clock.ts'
import { openTables } from '../../storage/open-tables.ts'
import { backUp } from '../../transfer/backup.ts'
import { type Digest, digestOf } from '../../transfer/digest.ts'
import { checkBackup, restore } from '../../transfer/restore.ts'
import { refuseUnfinished } from '../../transfer/state.ts'
import { print } from '../print.ts'
import { type PlaceOptions, placeCommand, refuseMissing } from '../store/store.ts'
import { requireMasterKey, saveMasterKey } from './master-key.ts'
import { count, withProgress } from './progress.ts'

const packageFile = new URL('../../../package.json', import.meta.url)

const rowsOf = ({ tables }: Digest) => count(tables.reduce((sum, { rows }) => sum + rows, 0))

export function backupCommand(): Command {
  return placeCommand(
    'backup',
    'Write the store, as it is at this moment, into one file; servers on it go on. The file is for SQLite and PostgreSQL alike. Secrets in it stay sealed: it is of use only with the master key, which is not in it.',
  )
    .argument('<file>', 'where to write it; it must not be there yet')
    .option('--replace', 'Write over a file of that name, once the new one is whole.')
    .option('--verify', 'Read the file back when it is written, and check it.')
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
        `${file} has ${rowsOf(made)} rows of ${store.place}, digest ${made.digest}${options.verify ? ', verified' : ''}\n${saveMasterKey(options, made.head.masterKey)}`,
      )
    })
}

export function restoreCommand(): Command {
  return placeCommand(
    'restore',
    'Fill an empty store from a backup, all of it or nothing. The store needs the master key of the one that was backed up.',
  )
    .argument('<file>', 'what rollcall backup wrote, of a store in SQLite or PostgreSQL')
    .action(async (file: string, options: PlaceOptions) => {
      const store = await openTables(options.data, options.database)
      const { head, ...digest } = await withProgress((progress) => restore(file, store, progress))
      process.stdout.write(
        `${store.place} has ${rowsOf(digest)} rows as of ${head.made}, digest ${digest.digest}\n${requireMasterKey(options, head.masterKey)}`,
      )
    })
}

export function digestCommand(): Command {
  return placeCommand(
    'digest',
    'Tell the digest of what a store or a backup holds: equal for equal content, in SQLite, PostgreSQL or a file.',
  )
    .argument('[file]', 'a backup to check and tell the digest of, instead of the store')
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
