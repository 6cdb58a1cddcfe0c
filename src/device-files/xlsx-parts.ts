import { SaxesParser } from 'saxes'
import type { Inflate } from './inflate.ts'
import type { ZipEntry } from './zip.ts'

/** Handlers for the elements of a part, by name without prefix. */
export interface Elements {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** An XLSX file is a ZIP archive of XML parts. */
export interface Archive {
  /** The size of the file. */
  readonly fileBytes: number
  readonly entries: readonly ZipEntry[]
  readonly inflate: Inflate
}

/** Limit of a part's decompressed size: 8 MiB for any file, and above that a multiple of the file size. */
const unpackedBytesFree = 8 * 1024 * 1024
const ratioMax = 100
const unpackedBytesMax = 4 * 1024 ** 3
/** Limit of a text between two elements, and of an element; a cell holds at most 32,767 characters. */
const textBytesMax = 1024 * 1024
const lessThan = 0x3c

/** Concatenates the text of several elements, up to the limit. */
export const joined = (text: string, more: string): string => {
  if (text.length + more.length > textBytesMax) throw tooMuchText()
  return text + more
}

const tooMuchText = () => new Error('a cell or another part of it holds more than 1 MiB of text')

/** Normalises a part name for comparison: case-insensitive, slashes for backslashes. */
const comparable = (name: string) => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()

/** Reads the XML of a part chunk by chunk. Throws if it is not well-formed. */
export interface XmlReader {
  write(bytes: Uint8Array): void
  close(): void
}

/**
 * Creates a parser that calls the handlers.
 * @param isFragment whether the XML may have several root elements
 */
export function parserOf(elements: Elements, isFragment = false): SaxesParser {
  const local = (full: string) => full.slice(full.indexOf(':') + 1)
  // Positions are not tracked: no error reports them.
  const parser = new SaxesParser({ position: false, fragment: isFragment })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => elements.open?.(local(tag.name), tag.attributes as Record<string, string>))
  parser.on('text', (text) => elements.text?.(text))
  parser.on('closetag', (tag) => elements.close?.(local(tag.name)))
  return parser
}

/** Reads any XML element by element. */
export function xmlReader(elements: Elements): XmlReader {
  const parser = parserOf(elements)
  const decoder = new TextDecoder()
  return {
    write: (bytes) => void parser.write(decoder.decode(bytes, { stream: true })),
    close() {
      parser.write(decoder.decode())
      parser.close()
    },
  }
}

/**
 * Reads one part of an XLSX file. Memory holds one chunk of the part at a time; the generator yields the
 * decompressed share of the part from 0 to 1.
 * @returns whether the part exists
 * @throws Error if it is damaged, not XML, or exceeds a limit
 */
export async function* partOf(
  { entries, fileBytes, inflate }: Archive,
  name: string,
  reader: XmlReader,
): AsyncGenerator<number, boolean> {
  const wanted = comparable(name)
  const entry = entries.find((it) => comparable(it.name) === wanted)
  if (entry === undefined) return false
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`its part ${entry.name} is packed by a method other than deflate (${entry.method})`)
  const bounds = new Bounds(fileBytes)
  for await (const piece of entry.method === 0 ? pieces(entry.packed) : inflate(entry.packed)) {
    const failure = bounds.passed(piece)
    if (failure !== undefined) throw failure
    reader.write(piece)
    yield Math.min(1, bounds.unpacked / Math.max(1, entry.size))
  }
  reader.close()
  return true
}

const pieceBytes = 256 * 1024

function* pieces(stored: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < stored.length; at += pieceBytes) yield stored.subarray(at, at + pieceBytes)
}

/** Limits of a part, so that a small file can't exhaust memory. */
class Bounds {
  readonly #max: number
  unpacked = 0
  /** Bytes since the last element started. */
  #since = 0

  constructor(fileBytes: number) {
    this.#max = Math.min(unpackedBytesMax, Math.max(unpackedBytesFree, ratioMax * fileBytes))
  }

  passed(data: Uint8Array): Error | undefined {
    this.unpacked += data.length
    if (this.unpacked > this.#max)
      return new Error(
        `it unpacks to more than ${ratioMax} times its size, as no workbook does; open it in a spreadsheet program and save it again`,
      )
    const last = data.lastIndexOf(lessThan)
    const first = last < 0 ? data.length : data.indexOf(lessThan)
    if (this.#since + first > textBytesMax || hasLongText(data, first, last)) return tooMuchText()
    this.#since = last < 0 ? this.#since + data.length : data.length - last
    return undefined
  }
}

function hasLongText(data: Uint8Array, first: number, last: number): boolean {
  if (last - first <= textBytesMax) return false
  for (let at = first; at < last; ) {
    const next = data.indexOf(lessThan, at + 1)
    if (next - at > textBytesMax) return true
    at = next
  }
  return false
}

/** Reads a whole part. */
export async function readPart(archive: Archive, name: string, reader: XmlReader): Promise<boolean> {
  const reading = partOf(archive, name, reader)
  for (;;) {
    const step = await reading.next()
    if (step.done) return step.value
  }
}
