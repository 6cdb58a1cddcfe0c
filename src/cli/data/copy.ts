import { Command, Option } from 'commander'
import { UsageError } from '../../config.ts'
import { formatNumber, quantity } from '../../lib/quantity.ts'
import { openTables } from '../../storage/open.ts'
import type { TableStore } from '../../storage/storage.ts'
import { copyStore } from '../../transfer/copy.ts'
import { requireMasterKey } from './master-key.ts'
import { withProgress } from './progress.ts'

interface CopyOptions {
  readonly from: string
  readonly to: string
}

const isUrl = (place: string) => /^postgres(ql)?:\/\//.test(place)

function opened(place: string): Promise<TableStore> {
  if (isUrl(place)) return openTables('', place)
  // The URL is not printed, because it may contain a password.
  if (/^[\w+]+:\/\//.test(place))
    throw new UsageError('a store to copy is a folder or postgres://user:password@host:port/database')
  return openTables(place, undefined)
}

export function copyCommand(): Command {
  const place = 'a folder of an SQLite store, or postgres://user:password@host:port/database'
  const care = 'Prefer the variable for a URL, because every user of the machine can read flags.'
  return new Command('copy')
    .description(
      'Copy a store into an empty one, from SQLite to PostgreSQL, back, or within one. Stop the servers of the source first, because the copy misses changes made while it runs. Run the command again to resume an interrupted copy; until it has ended its target can’t be served. Secrets stay sealed: the target is served with the source’s master key, the same master.key in the data folder or ROLLCALL_MASTER_KEY.',
    )
    .addOption(
      new Option('--from <store>', `The store to copy: ${place}. ${care}`)
        .env('ROLLCALL_COPY_FROM')
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--to <store>', `The empty store to fill: ${place}.`)
        .env('ROLLCALL_COPY_TO')
        .makeOptionMandatory(),
    )
    .action(async ({ from, to }: CopyOptions) => {
      const [source, target] = [await opened(from), await opened(to)]
      const { digest, tables, found, masterKey } = await withProgress((progress) =>
        copyStore(source, target, progress),
      )
      const rows = tables.reduce((sum, { rows }) => sum + rows, 0)
      const before = found === 0 ? '' : ` (${formatNumber(found)} from an earlier copy)`
      process.stdout.write(
        `${target.place} has ${quantity(rows, 'row')}${before}; it and ${source.place} have the same digest ${digest}\n`,
      )
      // A server on PostgreSQL reads the key from its data folder.
      process.stdout.write(
        requireMasterKey({ data: isUrl(to) ? (isUrl(from) ? './data' : from) : to }, masterKey),
      )
    })
}
