import { concat } from '../lib/bytes.ts'
import type { ChosenColumns } from './columns.ts'
import { readDelimited } from './delimited.ts'
import { utf8Of, withFirst } from './encoding.ts'
import type { Encoding, Format } from './formats.ts'
import { readJsonLines } from './json-lines.ts'
import type { RowSource } from './rows.ts'
import { UnreadableFile } from './unreadable.ts'

/** How a file is to be read; what is not said is recognised. */
export interface ReadOptions {
  readonly format?: Format | undefined
  readonly delimiter?: string | undefined
  readonly encoding?: Encoding | undefined
  readonly header?: boolean | undefined
  readonly sheet?: string | undefined
  readonly map: ChosenColumns
  /**
   * Whether there may be no column for a name or a secret: whoever reads the file is asked then which it is. Its rows
   * have no such value.
   */
  readonly mayLack?: boolean | undefined
  /** Rows in a portion. */
  readonly size: number
}

/**
 * Reads a list of devices.
 * @param name of the file: its ending tells what its beginning does not
 * @param chunks its bytes, in pieces of any size
 * @throws UnreadableFile
 */
export async function openRows(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<RowSource> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  const beginning: Uint8Array = first.done ? new Uint8Array(0) : first.value
  return read(name, beginning, withFirst(beginning, iterator), options)
}

async function read(
  name: string,
  beginning: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<RowSource> {
  const format = options.format ?? formatOf(name, beginning)
  if (format === 'xlsx') {
    // Loaded by who needs it: it takes as long as all else.
    const { readXlsx } = await import('./sheet.ts')
    return readXlsx(await whole(chunks), options)
  }
  const { chunks: text, wasMarked, encoding, notes } = await utf8Of(chunks, options.encoding)
  const delimiter = options.delimiter ?? (format === 'tsv' ? '\t' : undefined)
  const source =
    format === 'jsonl'
      ? await readJsonLines(text, options, wasMarked)
      : await readDelimited(text, { ...options, delimiter }, wasMarked)
  return {
    ...source,
    notes: [...notes, ...source.notes],
    recognised: () => ({ ...source.recognised(), format, encoding: encoding() }),
  }
}

/** By what stands in it, whatever it is called; an XLSX file is a ZIP file. */
function formatOf(name: string, beginning: Uint8Array): Format {
  if (latin1(beginning, 4) === 'PK\x03\x04') return 'xlsx'
  // Without the zero bytes UTF-16 begins as ASCII does. An array too: there it is told that lines are wanted.
  const start = latin1(beginning, 200)
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
  if (/^\s*(\{|\[\s*(\{|$))/.test(start)) return 'jsonl'
  if (latin1(beginning, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
    throw new UnreadableFile({ code: 'OldExcel' })
  return /\.tsv$/i.test(name) ? 'tsv' : 'csv'
}

const latin1 = (bytes: Uint8Array, count: number) => String.fromCharCode(...bytes.subarray(0, count))

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return concat(...parts)
}
