import { concat } from '../lib/bytes.ts'
import type { ChosenColumns } from './columns.ts'
import { readDelimited } from './delimited.ts'
import { utf8Of, withFirst } from './encoding.ts'
import type { Allowance } from './faults.ts'
import { compoundKind, foreignKind, isCompound, isGzip, isZip } from './foreign.ts'
import type { Encoding, Format } from './formats.ts'
import { gunzipped } from './gzip.ts'
import type { Inflate } from './inflate.ts'
import { readJson } from './json.ts'
import type { Finding } from './notes.ts'
import type { RowSource, Rows } from './rows.ts'
import { UnreadableFile } from './unreadable.ts'

/** How a file is to be read; what is not said is recognised. */
export interface ReadOptions {
  readonly format?: Format | undefined
  /** One character, or `whitespace`. */
  readonly delimiter?: string | undefined
  readonly encoding?: Encoding | undefined
  readonly header?: boolean | undefined
  /** Lines (of a sheet: rows) at the beginning that are left out. */
  readonly skipLines?: number | undefined
  /** The sheets of an XLSX file that are read, one behind the other. */
  readonly sheets?: readonly string[] | undefined
  /** Where the rows of a JSON document are: names with dots between them. */
  readonly rows?: string | undefined
  /** What is taken as it stands in the file, though it may not be what was meant. */
  readonly allow?: readonly Allowance[] | undefined
  readonly map: ChosenColumns
  /**
   * Whether there may be no column for a name or a secret: the person who reads the file is asked then which it is.
   * Its rows have no such value.
   */
  readonly allowMissing?: boolean | undefined
  /** Rows in a chunk. */
  readonly chunkRows: number
  /** What unpacks the parts of a workbook; this thread if undefined. */
  readonly inflate?: Inflate | undefined
}

/**
 * Reads a list of devices.
 * @param name of the file: its ending tells what its beginning does not
 * @param input its bytes, in pieces of any size
 * @throws UnreadableFile
 */
export async function openRows(
  name: string,
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<RowSource> {
  const { beginning, all } = await begun(input)
  if (!isGzip(beginning)) return read(name, beginning, all, options)
  const text = await begun(gunzipped(all))
  if (isGzip(text.beginning)) throw new UnreadableFile({ code: 'ForeignFile', kind: 'archive' })
  const source = await read(name.replace(/\.gz$/i, ''), text.beginning, text.all, options)
  return { ...source, recognised: () => ({ ...source.recognised(), isGzip: true }) }
}

/** Bytes by which a file is known. */
const knownBytes = 4096

/** The beginning of a file, and all of it. */
async function begun(input: AsyncIterable<Uint8Array>) {
  const iterator = input[Symbol.asyncIterator]()
  let beginning: Uint8Array = new Uint8Array(0)
  // A pipe may give its first bytes one by one.
  while (beginning.length < knownBytes) {
    const { value, done } = await iterator.next()
    if (done) break
    beginning = beginning.length === 0 ? value : concat(beginning, value)
  }
  return { beginning, all: withFirst(beginning, iterator) }
}

async function read(
  name: string,
  beginning: Uint8Array,
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<RowSource> {
  if (isCompound(beginning))
    throw new UnreadableFile({ code: 'ForeignFile', kind: compoundKind(await whole(input)) })
  const kind = isZip(beginning) ? undefined : foreignKind(beginning)
  if (kind !== undefined) throw new UnreadableFile({ code: 'ForeignFile', kind })
  if (isZip(beginning) || options.format === 'xlsx') {
    // Loaded by who needs it: it takes as long as all else.
    const { readXlsx } = await import('./sheet.ts')
    return readXlsx(await whole(input), options)
  }
  const format = options.format ?? formatOf(name, beginning)
  const { input: text, hasBom, encoding, notes } = await utf8Of(input, options.encoding)
  const delimiter = options.delimiter ?? (format === 'tsv' ? '\t' : undefined)
  const isJson = format === 'json' || format === 'jsonl'
  const source = isJson
    ? await readJson(text, options, hasBom)
    : await readDelimited(text, { ...options, delimiter }, hasBom)
  const late = new LateEncoding(source.chunks, encoding)
  return {
    ...source,
    chunks: late.chunks(),
    findings: () => [...source.findings(), ...late.findings()],
    notes: [...notes, ...source.notes],
    recognised: () => ({
      ...source.recognised(),
      ...(format === 'tsv' && { format }),
      encoding: encoding(),
    }),
  }
}

/** Notes the line by which a text turned out to have another encoding than its beginning. */
class LateEncoding {
  readonly #chunks: AsyncIterable<Rows>
  readonly #encoding: () => Encoding
  readonly #atFirst: Encoding
  #line: number | undefined

  constructor(chunks: AsyncIterable<Rows>, encoding: () => Encoding) {
    this.#chunks = chunks
    this.#encoding = encoding
    this.#atFirst = encoding()
  }

  async *chunks(): AsyncGenerator<Rows> {
    for await (const rows of this.#chunks) {
      if (this.#encoding() !== this.#atFirst) this.#line ??= rows.line(0)
      yield rows
    }
  }

  findings(): readonly Finding[] {
    return this.#line === undefined ? [] : [{ code: 'LateEncoding', line: this.#line, count: 1 }]
  }
}

/** By what stands in it, whatever it is called. */
function formatOf(name: string, beginning: Uint8Array): Format {
  // Without the zero bytes UTF-16 begins as ASCII does.
  const start = String.fromCharCode(...beginning.subarray(0, 400))
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff|\x84\x31\x95\x33)/, '')
    .replaceAll('\0', '')
  if (/^\s*(\{\s*("|\}|$)|\[\s*([{["\]]|$))/.test(start)) return 'jsonl'
  return /\.(tsv|tab)$/i.test(name) ? 'tsv' : 'csv'
}

async function whole(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of input) parts.push(chunk)
  return concat(...parts)
}
