import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Counters, Table } from '../storage/content.ts'
import { type Contents, type End, type Head, Newer, schemaOf } from './backup-format.ts'
import { Digester } from './digest.ts'

/** Longer than any row; a file with a longer line is no backup. */
const lineBytesMax = 256 * 1024 * 1024

/** Receives the lines of rows of a table. */
export type TakeLines = (table: Table, lines: readonly string[]) => Promise<void> | void

/**
 * Reads and verifies a backup; until it returns, the content is not trustworthy.
 * @throws Error if the file is truncated, altered or no backup, or was made by a newer Rollcall
 */
export async function readBackup(file: string, take: TakeLines): Promise<Contents> {
  const reading = new Reading(take)
  const gunzip = createGunzip({ chunkSize: 1024 * 1024 })
  try {
    await pipeline(createReadStream(file), gunzip, async (chunks: AsyncIterable<Buffer>) => {
      for await (const lines of linesIn(chunks)) await reading.lines(lines)
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof Damaged) throw new Error(`${file} is no whole backup: ${message}`)
    if (error instanceof Newer) throw new Error(`${file} was made by a newer Rollcall: ${message}`)
    if (code?.startsWith('Z_'))
      throw new Error(`${file} is no whole backup: it can't be unpacked (${message})`)
    if (code === 'ENOENT') throw new Error(`there is no file ${file}`)
    throw error
  }
  try {
    return reading.contents()
  } catch (error) {
    throw new Error(`${file} is no whole backup: ${(error as Error).message}`)
  }
}

/** Something in the backup is malformed. */
class Damaged extends Error {}

async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let rest: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0x0a) + 1
    if (end > 0) {
      const text = Buffer.concat([...rest, chunk.subarray(0, end - 1)]).toString()
      rest = []
      size = 0
      yield text.split('\n')
    }
    rest.push(chunk.subarray(end))
    size += chunk.length - end
    if (size > lineBytesMax) throw new Damaged(`a line has more than ${lineBytesMax} bytes`)
  }
  if (size > 0) throw new Damaged('its last line is cut off')
}

class Reading {
  readonly #take: TakeLines
  readonly #sha256 = createHash('sha256')
  readonly #digester = new Digester()
  #head: Head | undefined
  #schema: Table[] = []
  /** Number of tables started. */
  #begun = 0
  #rows: string[] = []
  #counters: Partial<Counters> | undefined
  #end: End | undefined

  constructor(take: TakeLines) {
    this.#take = take
  }

  async lines(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      if (this.#end !== undefined) throw new Damaged('something follows its end')
      if (!line.startsWith('[')) await this.#other(line)
      else if (this.#rows.push(line) === this.#table().rowsAtOnce) await this.#pass()
    }
  }

  contents(): Contents {
    if (this.#head === undefined || this.#end === undefined) throw new Damaged('it is cut off')
    const digest = this.#digester.result()
    const complete = this.#begun === this.#schema.length && this.#counters !== undefined
    if (!complete || this.#end.sha256 !== this.#sha256.digest('hex') || this.#end.digest !== digest.digest)
      throw new Damaged('it was altered: its content has another digest than it says')
    return { head: this.#head, schema: this.#schema, counters: this.#counters!, ...digest }
  }

  #table(): Table {
    const table = this.#schema[this.#begun - 1]
    if (table === undefined || this.#counters !== undefined) throw new Damaged('a row is in no table')
    return table
  }

  /** Passes the gathered rows on. */
  async #pass(): Promise<void> {
    if (this.#rows.length === 0) return
    const lines = this.#rows
    this.#rows = []
    const text = `${lines.join('\n')}\n`
    this.#sha256.update(text)
    this.#digester.add(text, lines.length)
    await this.#take(this.#table(), lines)
  }

  async #other(line: string): Promise<void> {
    await this.#pass()
    const value = objectOf(line)
    if (this.#head === undefined) {
      if (value.rollcall !== 'backup' || typeof value.schema !== 'object' || value.schema === null)
        throw new Damaged('it does not begin as one')
      this.#head = value as unknown as Head
      this.#schema = schemaOf(this.#head)
    } else if (typeof value.table === 'string') {
      const next = this.#schema[this.#begun++]
      if (next?.name !== value.table) throw new Damaged(`the table ${value.table} is not in its place`)
      this.#digester.table(next.name)
    } else if (value.counters !== undefined) {
      this.#counters = value.counters as Counters
    } else if (value.end !== undefined) {
      this.#end = value.end as End
      return
    } else throw new Damaged(`a line is of no known kind: ${line.slice(0, 40)}`)
    this.#sha256.update(`${line}\n`)
  }
}

function objectOf(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Reported below.
  }
  throw new Damaged('a line of it is not JSON')
}
