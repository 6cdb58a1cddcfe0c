import { concat, textIn } from '../lib/bytes.ts'
import { type ChosenColumns, type ColumnChoice, placesInObject } from './columns.ts'
import { arraysOfObjects, isSpace, ObjectPlaces } from './json-places.ts'
import type { Note } from './notes.ts'
import { UnreadableFile } from './unreadable.ts'

type Members = Readonly<Record<string, unknown>>

/** A larger first object is a document rather than a device. */
const deviceBytesMax = 1024 * 1024
/** Size limit of a document that is searched for its array, since it is held in memory. */
const documentBytesMax = 256 * 1024 * 1024
/** Parses one object. @throws UnreadableFile if it is not valid JSON */
export const objectAt = (bytes: Uint8Array, { start, end, line }: ObjectPlaces, entry: number): Members =>
  objectIn(textIn(bytes, start[entry]!, end[entry]!), line[entry]!)

export function objectIn(text: string, line: number): Members {
  try {
    return JSON.parse(text)
  } catch {
    // The message of JSON.parse is omitted: it quotes the text, which may contain a secret.
    throw new UnreadableFile({ code: 'NotJson', line })
  }
}

interface Beginning {
  readonly rows?: string | undefined
  readonly map: ChosenColumns
  readonly choice?: ColumnChoice | undefined
}

/** A buffer of JSON that has been read but not returned, with the objects in it. */
export class JsonReading {
  bytes: Uint8Array = new Uint8Array(0)
  inArray = false
  /** The path of the array in its document; undefined if the document itself is the list. */
  path: string | undefined
  /** Whether line numbers count rows instead. */
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

  /** Moves to the first object. */
  async begin({ rows, map, choice }: Beginning): Promise<readonly Note[]> {
    const first = await this.#nextByte()
    const isDocument =
      first === 0x7b && rows !== '.' && (rows !== undefined || (await this.#isDocument(map, choice)))
    if (isDocument || (first === 0x5b && rows !== undefined && rows !== '.')) {
      this.inArray = true
      return this.#goTo(rows, choice?.rows)
    }
    if (first === 0x5b) {
      this.inArray = true
      this.bytes = this.bytes.subarray(this.#spaces() + 1)
    }
    return []
  }

  /** Finds objects without consuming them. */
  async peek(size: number): Promise<ObjectPlaces> {
    const found = new ObjectPlaces(size, this.#line, this.inArray)
    await this.#fill(64 * 1024)
    if (!found.find(this.bytes, this.#ended) && found.count === 0)
      while (!found.find(this.bytes, this.#ended)) await this.#more()
    return found
  }

  /** Consumes `size` objects, or fewer at the end of the file. */
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

  /** Checks that nothing follows a list; ignores the rest of a document. */
  async #close(): Promise<void> {
    if (this.path === undefined && (await this.#nextByte()) !== undefined)
      throw new UnreadableFile({ code: 'NotJson', line: this.#line })
    this.#isDone = true
  }

  /** Reports whether the first object is a document that contains an array of devices. */
  async #isDocument(map: ChosenColumns, choice: ColumnChoice | undefined): Promise<boolean> {
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
    const object = objectAt(this.bytes, one, 0)
    if (choice?.isDevice(object)) return false
    const names = Object.keys(object)
    const { name, secret } = placesInObject(names, map)
    if (name >= 0 && secret >= 0)
      throw new UnreadableFile({ code: 'AmbiguousRows', paths: ['.', ...found.map(({ path }) => path)] })
    return true
  }

  async #goTo(rows: string | undefined, likely: readonly string[] = []): Promise<readonly Note[]> {
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
      const known = found.find(({ path }) => likely.includes(path))
      if (known !== undefined) return this.#startAt(known, [{ code: 'ChosenRows', path: known.path }])
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

  /** Returns the next byte that is not a space; undefined at the end. */
  async #nextByte(): Promise<number | undefined> {
    for (;;) {
      const at = this.#spaces()
      if (at < this.bytes.length) return this.bytes[at]
      if (this.#ended) return undefined
      await this.#more()
    }
  }

  /** Counts the leading spaces. */
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
