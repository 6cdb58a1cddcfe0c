import { Unzip, UnzipInflate } from 'fflate'
import { SaxesParser } from 'saxes'

/** What is done with the elements of a part, by their names without a prefix. */
export interface Elements {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * An XLSX file is a ZIP file of XML parts. So much of a part is unpacked at a time, as far as the steps before tell:
 * packed bytes become a thousand times as many at the most.
 */
const unpackedAtOnce = 256 * 1024
const stepBytes = { first: 4 * 1024, min: 512, max: 64 * 1024 } as const

/** So much a part may unpack to, whatever the size of its file; beyond that, so many times the file. */
const unpackedBytesFree = 8 * 1024 * 1024
const ratioMax = 100
const unpackedBytesMax = 4 * 1024 ** 3
/** Text between two elements, and an element itself: a cell holds 32,767 characters. */
const textBytesMax = 1024 * 1024
const lessThan = 0x3c

/** The name of a part as it is compared: without regard to case, and with slashes for backslashes. */
const comparable = (name: string) => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()

/** What reads the XML of a part as it comes. It throws where that is no XML. */
export interface XmlReader {
  write(text: string): void
  close(): void
}

/**
 * A parser that hands the elements on.
 * @param isFragment whether the XML may have several outermost elements
 */
export function parserOf(elements: Elements, isFragment = false): SaxesParser {
  const local = (full: string) => full.slice(full.indexOf(':') + 1)
  // Nobody is told where in the XML something is wrong.
  const parser = new SaxesParser({ position: false, fragment: isFragment })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => elements.open?.(local(tag.name), tag.attributes as Record<string, string>))
  parser.on('text', (text) => elements.text?.(text))
  parser.on('closetag', (tag) => elements.close?.(local(tag.name)))
  return parser
}

/**
 * Reads one part of an XLSX file. Between the steps of the generator memory holds a piece of
 * the part, whatever its size; each yields how much of the file has been gone through, from 0 to 1.
 * @returns whether there is such a part
 * @throws Error where it is no ZIP file, no XML, or more than a workbook has
 */
export function* partOf(file: Uint8Array, name: string, reader: XmlReader): Generator<number, boolean> {
  const decoder = new TextDecoder()
  const bounds = new Bounds(file.length)
  const wanted = comparable(name)
  let found = false
  let failure: Error | undefined
  const unzip = new Unzip((part) => {
    if (found || comparable(part.name) !== wanted) return
    found = true
    part.ondata = (error, data, isLast) => {
      if (failure !== undefined) return
      if (error) failure = error
      else {
        failure = bounds.passed(data)
        if (failure === undefined) reader.write(decoder.decode(data, { stream: !isLast }))
      }
    }
    part.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0, step: number = stepBytes.first; at < file.length; ) {
    const before = bounds.unpacked
    const end = Math.min(file.length, at + step)
    unzip.push(file.subarray(at, end), end === file.length)
    if (failure !== undefined) throw failure
    yield end / file.length
    const ratio = Math.max(1, (bounds.unpacked - before) / (end - at))
    step = Math.round(Math.min(stepBytes.max, Math.max(stepBytes.min, unpackedAtOnce / ratio)))
    at = end
  }
  if (found) reader.close()
  return found
}

/** What a part may hold: a small file must not fill memory. */
class Bounds {
  readonly #max: number
  unpacked = 0
  /** Bytes since the last element began. */
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
    if (this.#since + first > textBytesMax || hasLongText(data, first, last))
      return new Error('a cell or another part of it holds more than 1 MiB of text')
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

/** Reads a part to its end. */
export function readPart(file: Uint8Array, name: string, elements: Elements): boolean {
  const reading = partOf(file, name, parserOf(elements))
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}
