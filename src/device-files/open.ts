import { concat } from '../lib/bytes.ts'
import type { ChosenColumns, ColumnChoice } from './columns.ts'
import { readDelimited } from './delimited.ts'
import { utf8Of, withFirst } from './encoding.ts'
import type { Allowance } from './faults.ts'
import { compoundKind, foreignKind, isCompound, isGzip, isZip } from './foreign.ts'
import type { Encoding, Format } from './formats.ts'
import { gunzipped } from './gzip.ts'
import type { Inflate } from './inflate.ts'
import { readJson } from './json.ts'
import type { Finding } from './notes.ts'
import { platformOf, presetOf } from './presets/presets.ts'
import { choiceOf, reshaped } from './reshape/open-reshaped.ts'
import { planOf } from './reshape/plan.ts'
import { isPlain, type Reshape, type SecretSource } from './reshape/reshape.ts'
import type { RowSource, Rows } from './rows.ts'
import { UnreadableFile } from './unreadable.ts'

/** Options for reading a file; undefined ones are detected. */
export interface ReadOptions {
  readonly format?: Format | undefined
  /** One character, or `whitespace`. */
  readonly delimiter?: string | undefined
  readonly encoding?: Encoding | undefined
  readonly header?: boolean | undefined
  /** Number of lines (rows of a sheet) to skip at the beginning. */
  readonly skipLines?: number | undefined
  /** The sheets of an XLSX file to read, in this order. */
  readonly sheets?: readonly string[] | undefined
  /** Dotted path of the rows in a JSON document. */
  readonly rows?: string | undefined
  /** Faults that are allowed, so that the values are imported as the file has them. */
  readonly allow?: readonly Allowance[] | undefined
  readonly map: ChosenColumns
  /** How the rows become devices, beyond that. */
  readonly reshape?: Reshape | undefined
  /** Describes where secrets come from that the file does not hold. */
  readonly secrets?: SecretSource | undefined
  /**
   * Whether the name and secret columns may be missing, because the console asks the user for them. The rows
   * then lack these values.
   */
  readonly allowMissing?: boolean | undefined
  /** Rows in a chunk. */
  readonly chunkRows: number
  /** Decompresses the parts of a workbook; on this thread if undefined. */
  readonly inflate?: Inflate | undefined
}

/**
 * Opens a list of devices.
 * @param name file name; its extension decides if the content doesn't
 * @param input the bytes, in chunks of any size
 * @throws UnreadableFile
 */
export async function openRows(
  name: string,
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<RowSource> {
  const { beginning, all } = await begun(input)
  if (!isGzip(beginning)) return shaped(name, beginning, all, options)
  const text = await begun(gunzipped(all))
  if (isGzip(text.beginning)) throw new UnreadableFile({ code: 'ForeignFile', kind: 'archive' })
  const source = await shaped(name.replace(/\.gz$/i, ''), text.beginning, text.all, options)
  return { ...source, recognised: () => ({ ...source.recognised(), isGzip: true }) }
}

/** Number of bytes that identify a file. */
const knownBytes = 4096

/** Reads the first bytes, and returns them with the whole input. */
async function begun(input: AsyncIterable<Uint8Array>) {
  const iterator = input[Symbol.asyncIterator]()
  let beginning: Uint8Array = new Uint8Array(0)
  // A pipe may deliver its first bytes one by one.
  while (beginning.length < knownBytes) {
    const { value, done } = await iterator.next()
    if (done) break
    beginning = beginning.length === 0 ? value : concat(beginning, value)
  }
  return { beginning, all: withFirst(beginning, iterator) }
}

/** Reads a file as it is, or as the person wants it to be reshaped. */
async function shaped(
  name: string,
  beginning: Uint8Array,
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<RowSource> {
  const { reshape = {}, map, secrets } = options
  if (isPlain(reshape)) return suggesting(() => read(name, beginning, input, options))
  const plan = planOf(reshape, map, beginning)
  const { delimiter } = plan.isHeadless ? plan.preset!.headless! : { delimiter: undefined }
  const choice = choiceOf(plan)
  const source = await read(name, beginning, input, {
    ...options,
    ...{ map: {}, choice, allowMissing: true },
    ...(plan.isHeadless && { header: options.header ?? false }),
    ...(delimiter !== undefined && { delimiter: options.delimiter ?? delimiter }),
  })
  return reshaped(source, plan, secrets, options)
}

/** Names the platform whose export a file seems to be. */
async function suggesting(open: () => Promise<RowSource>): Promise<RowSource> {
  try {
    const source = await open()
    const platform = platformOf(source.columns)
    if (platform === undefined || source.mayBeDevice) return source
    const note = { code: 'LooksLike', platform, title: presetOf(platform)!.title } as const
    return { ...source, notes: [...source.notes, note] }
  } catch (error) {
    if (!(error instanceof UnreadableFile && error.why.code === 'UnknownColumn')) throw error
    const platform = platformOf(error.why.columns)
    throw platform === undefined ? error : new UnreadableFile({ ...error.why, platform })
  }
}

async function read(
  name: string,
  beginning: Uint8Array,
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions & { readonly choice?: ColumnChoice },
): Promise<RowSource> {
  if (isCompound(beginning))
    throw new UnreadableFile({ code: 'ForeignFile', kind: compoundKind(await whole(input)) })
  const kind = isZip(beginning) ? undefined : foreignKind(beginning)
  if (kind !== undefined) throw new UnreadableFile({ code: 'ForeignFile', kind })
  if (isZip(beginning) || options.format === 'xlsx') {
    // Loaded on demand: loading it takes as long as everything else.
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

/** Records the line at which the text turned out to have a different encoding than its beginning. */
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

/** Detects the format by content, then by file name. */
function formatOf(name: string, beginning: Uint8Array): Format {
  // Without its zero bytes, UTF-16 begins like ASCII.
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
