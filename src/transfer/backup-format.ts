import { type Counters, type Table, tables } from '../storage/content.ts'
import type { Digest } from './digest.ts'

/*
 * A backup is a gzip file of lines, each a JSON value, that any system can read (docs/guide/data.md has one):
 *
 *   {"rollcall":"backup","format":1,…,"schema":{"fact":["name","value"],…}}   what it is
 *   {"table":"fact"}                                                          a table of the schema begins
 *   ["master_key_id","5feb…"]                                                 its rows, as lines.ts has them
 *   …
 *   {"counters":{"device_number":16384,…}}                                    what the store would number next
 *   {"end":{"digest":"…","sha256":"…"}}                                       SHA-256 of all lines before this one
 */
export const formatNumber = 1

export interface Head {
  readonly rollcall: 'backup'
  readonly format: number
  /** Rollcall's version. */
  readonly program: string
  /** Time of the snapshot, ISO 8601. */
  readonly made: string
  /** The ID of the master key that decrypts its secrets. The backup never contains the key. */
  readonly masterKey: string
  /** The columns of each table, in the order of their values. */
  readonly schema: Readonly<Record<string, readonly string[]>>
}

export interface End {
  /** The digest of the store's content. */
  readonly digest: string
  readonly sha256: string
}

/** The content of a complete backup. */
export interface Contents extends Digest {
  readonly head: Head
  /** Its tables; a backup of an older Rollcall may have fewer tables and columns. */
  readonly schema: readonly Table[]
  readonly counters: Partial<Counters>
}

export const presentSchema = Object.fromEntries(
  tables.map(({ name, columns }) => [name, Object.keys(columns)]),
)

/**
 * Returns the tables of a backup with its columns. Columns added by later schemas get the default that their
 * migration gives to existing rows.
 * @throws Newer
 */
export function schemaOf({ format, schema }: Head): Table[] {
  if (format !== formatNumber) throw new Newer(`its format is ${format}, not ${formatNumber}`)
  return Object.entries(schema).map(([name, names]) => {
    const table = tables.find((table) => table.name === name)
    if (table === undefined) throw new Newer(`it has the table ${name}`)
    const columns = names.map((column) => {
      const type = table.columns[column]
      if (type === undefined) throw new Newer(`its table ${name} has the column ${column}`)
      return [column, type] as const
    })
    return { ...table, columns: Object.fromEntries(columns) }
  })
}

/** A newer Rollcall made the backup; the message names the new parts. */
export class Newer extends Error {}
