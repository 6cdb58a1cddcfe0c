import { createHash, type Hash } from 'node:crypto'
import { type Table, tables } from '../storage/content.ts'
import type { TableReader } from '../storage/storage.ts'
import { linesOf } from './lines.ts'

/** The digest of a store; equal for equal content in any database. */
export interface Digest {
  /** SHA-256 over a line `name rows digest` per table, hexadecimal. */
  readonly digest: string
  readonly tables: readonly TableDigest[]
}

export interface TableDigest {
  readonly table: string
  readonly rows: number
  /** SHA-256 over its rows' lines, in key order. */
  readonly digest: string
}

/** Computes a digest of lines, table by table. */
export class Digester {
  readonly #done: TableDigest[] = []
  #table: string | undefined
  #rows = 0
  #hash: Hash = createHash('sha256')

  /** Starts a table. */
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

/** Called every few thousand rows. */
export type Progress = (table: string, rows: number) => void

/** Computes the digest of a store. @param of the tables and columns to include, if not all */
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

/** @throws Error naming the tables that differ */
export function refuseDifference(expected: Digest, found: Digest, what: string): void {
  if (expected.digest === found.digest) return
  const differing = expected.tables.filter(
    ({ table, digest }) => found.tables.find((one) => one.table === table)?.digest !== digest,
  )
  throw new Error(`${what}: ${differing.map(({ table }) => table).join(', ') || 'its tables'} differ`)
}
