import { createHash, type Hash } from 'node:crypto'
import type { TableReader } from '../storage/storage.ts'
import { type Table, tables } from '../storage/tables.ts'
import { linesOf } from './lines.ts'

/** The digest of a store: equal for equal content in every database. */
export interface Digest {
  /** SHA-256 of a line `name rows digest` for each table, in hexadecimal digits. */
  readonly digest: string
  readonly tables: readonly TableDigest[]
}

export interface TableDigest {
  readonly table: string
  readonly rows: number
  /** SHA-256 of its rows' lines in the order of its key. */
  readonly digest: string
}

/** Computes a digest of lines as they pass by, table after table. */
export class Digester {
  readonly #done: TableDigest[] = []
  #table: string | undefined
  #rows = 0
  #hash: Hash = createHash('sha256')

  /** Begins a table. */
  table(name: string): void {
    this.#end()
    this.#table = name
  }

  add(lines: string, rows: number): void {
    this.#hash.update(lines)
    this.#rows += rows
  }

  result(): Digest {
    this.#end()
    const whole = createHash('sha256')
    for (const { table, rows, digest } of this.#done) whole.update(`${table} ${rows} ${digest}\n`)
    return { digest: whole.digest('hex'), tables: this.#done }
  }

  #end(): void {
    if (this.#table === undefined) return
    this.#done.push({ table: this.#table, rows: this.#rows, digest: this.#hash.digest('hex') })
    this.#table = undefined
    this.#rows = 0
    this.#hash = createHash('sha256')
  }
}

/** Is told of every few thousand rows that were dealt with. */
export type Progress = (table: string, rows: number) => void

/** Reads a store through. @param of the tables and columns that are meant, where it isn't all of them */
export async function digestOf(
  store: TableReader,
  progress: Progress = () => {},
  of: readonly Table[] = tables,
): Promise<Digest> {
  const digester = new Digester()
  for (const table of of) {
    digester.table(table.name)
    for await (const rows of store.rows(table)) {
      digester.add(linesOf(table, rows), rows.length)
      progress(table.name, rows.length)
    }
  }
  return digester.result()
}

/** @throws Error that names the tables that differ */
export function refuseDifference(expected: Digest, found: Digest, what: string): void {
  if (expected.digest === found.digest) return
  const differing = expected.tables.filter(
    ({ table, digest }) => found.tables.find((one) => one.table === table)?.digest !== digest,
  )
  throw new Error(`${what}: ${differing.map(({ table }) => table).join(', ') || 'its tables'} differ`)
}
