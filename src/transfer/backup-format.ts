import { type Counters, type Table, tables } from '../storage/tables.ts'
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
  /** The moment of its content, ISO 8601. */
  readonly made: string
  /** The ID of the master key that opens its secrets. The key itself is never in it. */
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
  /** Its tables; of an older Rollcall they may be fewer, with fewer columns. */
  readonly schema: readonly Table[]
  readonly counters: Partial<Counters>
}

export const presentSchema = Object.fromEntries(
  tables.map(({ name, columns }) => [name, Object.keys(columns)]),
)

/**
 * The tables of a backup, with the columns that it has. What a later schema added to them gets the default that
 * its migration gives to rows that are there.
 *
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

/** A backup was made by a newer Rollcall; the message says what of it is new. */
export class Newer extends Error {}
