import { concat, textIn } from '../lib/bytes.ts'
import { type ChosenColumns, placesInObject } from './columns.ts'
import { arraysOfObjects, isSpace, ObjectPlaces } from './json-places.ts'
import type { Note } from './notes.ts'
import { UnreadableFile } from './unreadable.ts'

type Members = Readonly<Record<string, unknown>>

/** A first object of more bytes is no device but a document. */
const deviceBytesMax = 1024 * 1024
/** A document whose array is searched for is in memory. */
const documentBytesMax = 256 * 1024 * 1024
/** An object of JSON. @throws UnreadableFile where it is none */
export const objectAt = (bytes: Uint8Array, { start, end, line }: ObjectPlaces, entry: number): Members =>
  objectIn(textIn(bytes, start[entry]!, end[entry]!), line[entry]!)

export function objectIn(text: string, line: number): Members {
  try {
    return JSON.parse(text)
  } catch {
    // Not its message: it would quote what stands there, which may be a secret.
    throw new UnreadableFile({ code: 'NotJson', line })
  }
}

/** Bytes of JSON that have been read and not been given on, with the objects in them. */
export class JsonReading {
  bytes: Uint8Array = new Uint8Array(0)
  inArray = false
  /** Where the array is in its document; undefined where the document itself is the list. */
  path: string | undefined
  /** Whether rows are counted instead of lines. */
  countsRows = false
  readonly #input: AsyncIterator<Uint8Array>
  #ended = false
  /** Whether the array has ended. */
  #isDone = false
  #line = 1
  #row = 0

  constructor(input: AsyncIterator<Uint8Array>) {
    this.#input = input
  }

  /** Goes to where the objects begin. */
  async begin({
    rows,
    map,
  }: {
    readonly rows?: string | undefined
    readonly map: ChosenColumns
  }): Promise<readonly Note[]> {
    const first = await this.#nextByte()
    const isDocument = first === 0x7b && rows !== '.' && (rows !== undefined || (await this.#isDocument(map)))
    if (isDocument || (first === 0x5b && rows !== undefined && rows !== '.')) {
      this.inArray = true
      return this.#goTo(rows)
    }
    if (first === 0x5b) {
      this.inArray = true
      this.bytes = this.bytes.subarray(this.#spaces() + 1)
    }
    return []
  }

  /** Finds objects without taking them. */
  async peek(size: number): Promise<ObjectPlaces> {
    const found = new ObjectPlaces(size, this.#line, this.inArray)
    await this.#fill(64 * 1024)
    if (!found.find(this.bytes, this.#ended) && found.count === 0)
      while (!found.find(this.bytes, this.#ended)) await this.#more()
    return found
  }

  /** Takes `size` objects, or fewer at the end of the file. */
  async take(size: number): Promise<{ readonly bytes: Uint8Array; readonly found: ObjectPlaces }> {
    const found = new ObjectPlaces(size, this.#line, this.inArray)
    if (this.#isDone) return { bytes: this.bytes, found }
    while (!found.find(this.bytes, this.#ended)) await this.#more()
    const { bytes } = this
    this.bytes = bytes.subarray(found.next)
    this.#line = found.nextLine
    if (found.isClosed) await this.#close()
    else if (this.#ended && this.inArray && found.count < size)
      throw new UnreadableFile({ code: 'NotJson', line: this.#line })
    if (this.countsRows) for (let entry = 0; entry < found.count; entry++) found.line[entry] = ++this.#row
    return { bytes, found }
  }

  /** After the array: nothing follows a list; of a document the rest is of no interest. */
  async #close(): Promise<void> {
    if (this.path === undefined && (await this.#nextByte()) !== undefined)
      throw new UnreadableFile({ code: 'NotJson', line: this.#line })
    this.#isDone = true
  }

  /** Whether the first object is no device but a document that holds an array of them. */
  async #isDocument(map: ChosenColumns): Promise<boolean> {
    await this.#fill(deviceBytesMax)
    const one = new ObjectPlaces(1, 1, false)
    try {
      if (!one.find(this.bytes, this.#ended) || one.count === 0) return true
    } catch {
      return false
    }
    const { found } = arraysOfObjects(this.bytes.subarray(0, one.end[0]!))
    if (found.length === 0) return false
    const rest = this.bytes.subarray(one.end[0]!)
    if (rest.some((byte) => !isSpace(byte)) || !this.#ended) return false
    const names = Object.keys(objectAt(this.bytes, one, 0))
    const { name, secret } = placesInObject(names, map)
    if (name >= 0 && secret >= 0)
      throw new UnreadableFile({ code: 'AmbiguousRows', paths: ['.', ...found.map(({ path }) => path)] })
    return true
  }

  async #goTo(rows: string | undefined): Promise<readonly Note[]> {
    for (let count = deviceBytesMax; ; count *= 2) {
      await this.#fill(count)
      const { found } = arraysOfObjects(this.bytes, rows)
      if (rows !== undefined && found.length > 0) return this.#startAt(found[0]!, [])
      if (!this.#ended) {
        if (rows === undefined && this.bytes.length > documentBytesMax)
          throw new UnreadableFile({ code: 'LargeDocument' })
        continue
      }
      if (found.length === 0) throw new UnreadableFile({ code: 'NoSuchRows', path: rows })
      if (found.length > 1)
        throw new UnreadableFile({ code: 'AmbiguousRows', paths: found.map(({ path }) => path) })
      return this.#startAt(found[0]!, [{ code: 'ChosenRows', path: found[0]!.path }])
    }
  }

  #startAt({ path, start, line }: { path: string; start: number; line: number }, notes: readonly Note[]) {
    this.path = path
    this.bytes = this.bytes.subarray(start)
    this.#line = line
    return notes
  }

  /** The next byte that is no space; undefined at the end. */
  async #nextByte(): Promise<number | undefined> {
    for (;;) {
      const at = this.#spaces()
      if (at < this.bytes.length) return this.bytes[at]
      if (this.#ended) return undefined
      await this.#more()
    }
  }

  /** How many spaces stand first. */
  #spaces(): number {
    let at = 0
    while (at < this.bytes.length && isSpace(this.bytes[at]!)) at++
    return at
  }

  async #fill(count: number): Promise<void> {
    const parts = [this.bytes]
    let length = this.bytes.length
    while (length < count && !this.#ended) {
      const { value, done } = await this.#input.next()
      if (done) this.#ended = true
      else {
        parts.push(value)
        length += value.length
      }
    }
    if (parts.length > 1) this.bytes = concat(...parts)
  }

  async #more(): Promise<void> {
    await this.#fill(this.bytes.length + 1)
  }
}
