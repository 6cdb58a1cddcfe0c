import { textIn } from '../lib/bytes.ts'
import { absent } from '../lib/columns.ts'
import { type DelimiterGuess, delimiterIn, otherDelimiterIn } from './delimiter.ts'
import { type Allowance, allowedCodes, FaultList } from './faults.ts'
import { type Header, type HeaderOptions, headerIn } from './header.ts'
import { Inspection } from './inspection.ts'
import type { Note } from './notes.ts'
import { parsed } from './parse.ts'
import { Reading } from './reading.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { cut, type Filling, hasStrayQuote, type RowPlaces, type Width } from './scan.ts'
import { isLong, unit, withUnits } from './separated.ts'
import { UnreadableFile } from './unreadable.ts'

export interface DelimitedOptions extends HeaderOptions {
  /** One character, or `whitespace`; undefined to detect it from the first lines. */
  readonly delimiter?: string | undefined
  /** Number of lines to skip at the beginning. */
  readonly skipLines?: number | undefined
  readonly allow?: readonly Allowance[] | undefined
  /** Rows in a chunk. */
  readonly chunkRows: number
}

/** Rows examined before the first row is returned. */
const sampleRows = 200
/** Bytes read for that. */
const sampleBytes = 64 * 1024

/**
 * Reads CSV and similar formats. Rows are sliced from the buffer without creating strings. Chunks with quotes
 * in quoted cells or text after a closing quote go to csv-parse; both paths give the same result
 * (test/device-files/rows.test.ts).
 * @param input UTF-8
 * @throws UnreadableFile
 */
export async function readDelimited(
  input: AsyncIterable<Uint8Array>,
  options: DelimitedOptions,
  hasBom: boolean,
): Promise<RowSource> {
  const { delimiter: given, chunkRows, skipLines = 0 } = options
  const isUnits = given !== undefined && isLong(given)
  const text = isUnits ? withUnits(input, given) : input
  const reading = new Reading(text[Symbol.asyncIterator]())
  await reading.dropLines(skipLines)
  const { delimiter, notes: ofDelimiter } = await leadOf(reading, isUnits ? unit : given, options)
  const first = reading.peek(sampleRows, delimiter)
  const rows = recordsOf(reading.bytes, first, delimiter)
  if (rows.length === 0) {
    // The first row is endless: reading it again throws the error.
    await reading.rows(1, delimiter)
    throw new UnreadableFile({ code: 'EmptyFile' })
  }
  const header = headerOf(rows, first, delimiter, options)
  const { columns, places, skipped, isThere } = header
  const above = skipped + (isThere ? 1 : 0)
  if (above > 0) reading.drop(await reading.rows(above, delimiter))
  const inspection = new Inspection({
    columns,
    places,
    hasHeader: isThere,
    chosen: options.map,
    isTyped: false,
    allowed: allowedCodes(options.allow),
  })
  const other =
    options.allowMissing && places.name < 0 ? otherDelimiterIn(rows[skipped]!.join(delimiter)) : undefined
  const shape = { delimiter, width: widthOf(rows[skipped]!, rows.slice(skipped + 1)), header }
  return {
    columns,
    places,
    mayBeDevice: header.mayBeDevice,
    hasBom,
    notes: [
      ...ofDelimiter,
      ...header.notes,
      ...(other === undefined ? [] : [{ code: 'OtherDelimiter', delimiter: other } as const]),
    ],
    recognised: () => ({ format: 'csv', delimiter: given ?? delimiter, hasHeader: isThere }),
    chunks: chunksOf(reading, chunkRows, shape, inspection),
    findings: () => inspection.findings(),
  }
}

/** Reads the first lines, consumes `sep=;` if present, and detects the delimiter. */
async function leadOf(
  reading: Reading,
  given: string | undefined,
  { map, choice }: DelimitedOptions,
): Promise<{ readonly delimiter: string; readonly notes: readonly Note[] }> {
  await reading.fill(sampleBytes)
  const [, separator] =
    /^\ufeff?"?sep=(.|\\t)"?[ \t]*(?:\r|\n|$)/i.exec(textIn(reading.bytes.subarray(0, 16))) ?? []
  if (separator === undefined)
    return { delimiter: given ?? delimiterIn(leadWith(reading), map, choice?.paths), notes: [] }
  await reading.dropLines(1)
  await reading.fill(sampleBytes)
  const delimiter = given ?? (separator === '\\t' ? '\t' : separator)
  return { delimiter, notes: [{ code: 'SepLine', delimiter }] }
}

const leadWith =
  (reading: Reading): DelimiterGuess =>
  (delimiter, count) =>
    recordsOf(reading.bytes, reading.peek(count, delimiter), delimiter)

function headerOf(
  rows: readonly (readonly string[])[],
  first: RowPlaces,
  delimiter: string,
  options: DelimitedOptions,
): Header {
  try {
    return headerIn({ rows, line: (row) => first.line[row]! }, options)
  } catch (error) {
    if (!(error instanceof UnreadableFile && error.why.code === 'UnknownColumn')) throw error
    const other =
      options.delimiter === undefined ? otherDelimiterIn((rows[0] ?? []).join(delimiter)) : undefined
    throw other === undefined ? error : new UnreadableFile({ ...error.why, delimiter: other })
  }
}

/**
 * Returns the expected number of cells per row: that of the header, or that of nearly all sampled rows if they
 * differ from it only by trailing delimiters. A single deviating row doesn't count, because it may have a
 * missing or extra cell.
 */
function widthOf(header: readonly string[], sample: readonly (readonly string[])[]): Width {
  const filled = header.length
  const counts = new Map<number, number>()
  for (const { length } of sample) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [usual = filled, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? []
  const named = header.findLastIndex((cell) => cell.trim() !== '') + 1
  const isUsual = count > 1 && count > (counts.get(filled) ?? 0) && usual >= named
  const isOnlyEnds = sample.every(
    (row) => row.length !== usual || row.slice(filled).every((cell) => cell === ''),
  )
  return { cells: isUsual && isOnlyEnds ? usual : filled, filled }
}

interface Shape {
  readonly delimiter: string
  readonly width: Width
  readonly header: Header
}

async function* chunksOf(
  reading: Reading,
  size: number,
  shape: Shape,
  inspection: Inspection,
): AsyncGenerator<Rows> {
  for (;;) {
    const found = await reading.rows(size, shape.delimiter)
    if (found.count === 0) return inspection.end()
    const { bytes } = reading
    reading.drop(found)
    const rows = inspection.inspect(cutRows(bytes, found, shape) ?? parsedRows(bytes, found, shape))
    if (rows.count > 0) yield rows
  }
}

/** @returns undefined if csv-parse must read the chunk */
function cutRows(bytes: Uint8Array, found: RowPlaces, shape: Shape): Rows | undefined {
  const { delimiter, width, header } = shape
  const { places } = header
  const { count, start, end, line, quoted } = found
  if (found.lines.size > 0) return undefined
  const columns: (Filling | undefined)[] = []
  const column = (place: number): Filling => {
    const filling = {
      bytes,
      start: new Int32Array(count),
      length: new Int32Array(count).fill(absent),
      kinds: new Uint8Array(count),
    }
    if (place >= 0) columns[place] = filling
    return filling
  }
  const members = {
    DeviceName: column(places.name),
    DeviceSecret: column(places.secret),
    Sn: column(places.sn),
  }
  for (let i = 0; i < columns.length; i++) columns[i] ??= undefined
  const faults = new FaultList()
  const ragged = (entry: number, cells: number) => faults.add(entry, raggedRow(cells, shape))
  if (!cut(bytes, found, delimiter.charCodeAt(0), columns, width, ragged)) return undefined
  return {
    count,
    members,
    discarded: 0,
    line: (entry) => line[entry]!,
    cells(entry) {
      if (quoted) return parsed(textIn(bytes, start[entry]!, end[entry]!), delimiter, line[entry]!).flat()
      return textIn(bytes, start[entry]!, end[entry]!).split(delimiter)
    },
    faults: faults.all(),
  }
}

const raggedRow = (cells: number, { width, header }: Shape) =>
  ({ code: 'RaggedRow', cells, wanted: width.cells, hasHeader: header.isThere }) as const

function parsedRows(bytes: Uint8Array, found: RowPlaces, shape: Shape): Rows {
  const { delimiter, width, header } = shape
  const { start, end, line } = found
  const rows = recordsOf(bytes, found, delimiter)
  const faults = new FaultList()
  rows.forEach((cells, entry) => {
    const lines = found.lines.get(entry) ?? 1
    if (hasStrayQuote(bytes, start[entry]!, end[entry]!, delimiter.charCodeAt(0)))
      faults.add(entry, { code: 'StrayQuote', lines })
    const filled = cells.findLastIndex((cell) => cell !== '') + 1
    if (cells.length !== width.cells || filled > width.filled)
      faults.add(entry, raggedRow(cells.length, shape))
    else if (lines > 1 && cells.some((cell, place) => holdsRows(cell, place, delimiter, width.cells)))
      faults.add(entry, { code: 'SwallowedRows', lines })
  })
  return rowsOf(rows, (entry) => line[entry]!, header.places, faults.all())
}

/** Reports whether a multi-line cell swallowed row ends: each of its lines has as many delimiters as a row. */
function holdsRows(cell: string, place: number, delimiter: string, width: number): boolean {
  const lines = cell.split(/\r\n|\n|\r/)
  if (lines.length < 2 || width < 2) return false
  return lines.every((line, i) => {
    const wanted = i === 0 ? width - 1 - place : i === lines.length - 1 ? place : width - 1
    return line.split(delimiter).length - 1 === wanted
  })
}

/** Returns the cells of each row. */
function recordsOf(bytes: Uint8Array, found: RowPlaces, delimiter: string): readonly (readonly string[])[] {
  const { count, start, end, line } = found
  if (count === 0) return []
  const all = parsed(textIn(bytes, start[0]!, end[count - 1]!), delimiter, line[0]!).filter((cells) =>
    cells.some((cell) => cell !== ''),
  )
  if (all.length === count) return all
  // Parse each row by itself if csv-parse splits the chunk differently than the quotes suggest.
  return Array.from({ length: count }, (_, entry) =>
    parsed(textIn(bytes, start[entry]!, end[entry]!), delimiter, line[entry]!).flat(),
  )
}
