import { createReadStream, statSync } from 'node:fs'
import { extname } from 'node:path'
import type { ChosenColumns } from './columns.ts'
import { readDelimited } from './delimited.ts'
import { type Encoding, utf8Of } from './encoding.ts'
import { readJsonLines } from './json-lines.ts'
import { type RowSource, UnreadableFile } from './rows.ts'

export const formats = ['csv', 'tsv', 'jsonl', 'xlsx'] as const
export type Format = (typeof formats)[number]

/** How a file is to be read; what is not said is recognised. */
export interface ReadOptions {
  readonly format?: Format | undefined
  readonly delimiter?: string | undefined
  readonly encoding?: Encoding | undefined
  readonly header?: boolean | undefined
  readonly sheet?: string | undefined
  readonly map: ChosenColumns
  /** Rows in a portion. */
  readonly size: number
}

/** A file with how far it has been read. */
export interface OpenFile extends RowSource {
  /** Its bytes; undefined for standard input. */
  readonly size: number | undefined
  /** Bytes that have been read. */
  position(): number
}

const chunkBytes = 1024 * 1024

/**
 * Opens a list of devices.
 * @param path '-' for standard input
 * @throws UnreadableFile
 */
export async function openRows(path: string, options: ReadOptions): Promise<OpenFile> {
  let position = 0
  const size = path === '-' ? undefined : sizeOf(path)
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: chunkBytes })
  const chunks = (async function* () {
    for await (const chunk of stream) {
      position += (chunk as Buffer).length
      yield chunk as Buffer
    }
  })()
  const first = await chunks.next()
  const beginning = first.done ? Buffer.alloc(0) : first.value
  const all = (async function* () {
    if (beginning.length > 0) yield beginning
    yield* chunks
  })()
  return Object.assign(await read(path, beginning, all, options), { size, position: () => position })
}

async function read(
  path: string,
  beginning: Buffer,
  chunks: AsyncIterable<Buffer>,
  options: ReadOptions,
): Promise<RowSource> {
  const format = options.format ?? formatOf(path, beginning)
  if (format === 'xlsx') {
    // Loaded by who needs it: it takes as long as all else.
    const { readXlsx } = await import('./sheet.ts')
    return readXlsx(await whole(chunks), options)
  }
  const { chunks: text, wasMarked, notes } = await utf8Of(chunks, options.encoding)
  const delimiter = options.delimiter ?? (format === 'tsv' ? '\t' : undefined)
  const source =
    format === 'jsonl'
      ? await readJsonLines(text, options, wasMarked)
      : await readDelimited(text, { ...options, delimiter }, wasMarked)
  return { ...source, notes: [...notes, ...source.notes] }
}

/** By what stands in it, whatever it is called; an XLSX file is a ZIP file. */
function formatOf(path: string, beginning: Buffer): Format {
  if (beginning.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return 'xlsx'
  // An array too: there it is told that lines are wanted.
  if (/^(\xef\xbb\xbf)?\s*(\{|\[\s*(\{|$))/.test(beginning.subarray(0, 100).toString('latin1')))
    return 'jsonl'
  if (beginning.subarray(0, 8).toString('latin1') === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
    throw new UnreadableFile('it is an XLS file of an old Excel; save it as XLSX or CSV')
  return extname(path).toLowerCase() === '.tsv' ? 'tsv' : 'csv'
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) throw new UnreadableFile(`${path} is a folder`)
    return stat.size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UnreadableFile(`there is no file ${path}`)
    throw error
  }
}

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}
