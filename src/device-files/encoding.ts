import { concat, isAscii, isUtf8, utf8 } from '../lib/bytes.ts'
import type { Encoding } from './formats.ts'
import { type Legacy, legacyOf } from './legacy.ts'
import type { Note } from './notes.ts'

/** UTF-8 text, with what was detected while decoding. */
export interface Utf8Text {
  /** UTF-8 without a byte order mark. */
  readonly input: AsyncIterable<Uint8Array>
  /** Whether Excel needs a byte order mark to read the text: the file had one, or was not UTF-8. */
  readonly hasBom: boolean
  /** The encoding detected from the bytes read so far. */
  encoding(): Encoding
  /** Notes for the user about the encoding. */
  readonly notes: readonly Note[]
}

/** Decodes bytes to text chunk by chunk. */
interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}

/**
 * Detects the encoding and converts the text to UTF-8. It checks the byte order mark, then the zeros of UTF-16
 * and UTF-32, then whether the bytes are valid UTF-8. Text that starts as ASCII and then is not valid UTF-8 is
 * read in a legacy encoding (`legacyOf`) from there. Invalid bytes after valid UTF-8 are reported and replaced.
 * @param encoding undefined to detect it
 */
export async function utf8Of(input: AsyncIterable<Uint8Array>, encoding?: Encoding): Promise<Utf8Text> {
  const iterator = input[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array(0)
  // A pipe may deliver its first bytes one by one.
  while (first.length < 4) {
    const { value, done } = await iterator.next()
    if (done) break
    first = concat(first, value)
  }
  const [marked, markLength] = markOf(first)
  const known = encoding ?? marked ?? zerosOf(first)
  const beginning = first.subarray(marked === known ? markLength : 0)
  const looked = known === undefined ? new Guess().look(beginning) : undefined
  const found = known ?? (looked === 'utf-8' ? undefined : looked)
  const all = withFirst(beginning, iterator)
  const isOther = found !== undefined && found !== 'utf-8'
  const notes: Note[] = []
  if (isOther && encoding === undefined && marked === undefined)
    notes.push({ code: 'TakenEncoding', encoding: found })
  if (looked === 'utf-8') notes.push({ code: 'BrokenUtf8' })
  let read: Encoding = found ?? 'utf-8'
  const text =
    found === undefined
      ? guessed(all, (later) => {
          read = later
        })
      : found === 'utf-8'
        ? all
        : decoded(all, decoderOf(found, first))
  return { input: text, hasBom: markLength > 0 || isOther, encoding: () => read, notes }
}

function markOf(bytes: Uint8Array): [Encoding | undefined, number] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0) return ['utf-32', 4]
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return ['utf-32', 4]
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33) return ['gb18030', 4]
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return ['utf-8', 3]
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le', 2]
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be', 2]
  return [undefined, 0]
}

const decoderOf = (encoding: Encoding, first: Uint8Array): Decoder =>
  encoding === 'utf-32' ? new Utf32(first) : new TextDecoder(encoding)

/** UTF-32; the zeros of the first character give the byte order. */
class Utf32 implements Decoder {
  readonly #isLittle: boolean
  #rest: Uint8Array = new Uint8Array(0)

  constructor(first: Uint8Array) {
    this.#isLittle = first[0] !== 0
  }

  decode(bytes: Uint8Array = new Uint8Array(0), { stream = false } = {}): string {
    const all = concat(this.#rest, bytes)
    const end = all.length - (all.length % 4)
    this.#rest = stream ? all.slice(end) : new Uint8Array(0)
    const view = new DataView(all.buffer, all.byteOffset, end)
    const parts: string[] = []
    for (let at = 0; at < end; at += 4) {
      const point = view.getUint32(at, this.#isLittle)
      parts.push(
        point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\ufffd' : String.fromCodePoint(point),
      )
    }
    return parts.join('') + (end < all.length && !stream ? '\ufffd' : '')
  }
}

/**
 * Detects UTF-16 and UTF-32 by their zero bytes, which other text lacks: in UTF-16 the high bytes of ASCII
 * characters are zero, in UTF-32 three of four bytes.
 */
function zerosOf(bytes: Uint8Array): Encoding | undefined {
  const sample = bytes.subarray(0, 512)
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0)
  if (sample.length >= 8 && zeros > 0.6 * sample.length) return 'utf-32'
  let even = 0
  let odd = 0
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? even++ : odd++
  if (odd > sample.length / 8 && odd > even) return 'utf-16le'
  if (even > sample.length / 8) return 'utf-16be'
  return undefined
}

/** Puts bytes back in front of a stream. */
export async function* withFirst(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  for (;;) {
    const { value, done } = await rest.next()
    if (done) return
    yield value
  }
}

async function* decoded(input: AsyncIterable<Uint8Array>, decoder: Decoder): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield utf8(text)
  }
  const text = decoder.decode()
  if (text !== '') yield utf8(text)
}

/**
 * Passes UTF-8 through until a byte sequence is not valid UTF-8.
 * @param tell called with the encoding once it is known
 */
async function* guessed(
  input: AsyncIterable<Uint8Array>,
  tell: (found: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  const iterator = input[Symbol.asyncIterator]()
  const guess = new Guess()
  /** The first bytes of a character that ends in the next chunk. */
  let cut: Uint8Array = new Uint8Array(0)
  for (;;) {
    const { value, done } = await iterator.next()
    if (done) break
    const chunk = cut.length === 0 ? value : concat(cut, value)
    const found = guess.look(chunk)
    if (found === undefined) {
      const whole = chunk.subarray(0, endOfCharacters(chunk))
      cut = chunk.slice(whole.length)
      yield whole
      continue
    }
    tell(found)
    yield* decoded(withFirst(chunk, iterator), new TextDecoder(found))
    return
  }
  if (cut.length > 0) yield* decoded(withFirst(cut, iterator), new TextDecoder(guess.ofRest(cut)))
}

/** This many multi-byte UTF-8 characters don't occur by chance. */
const surely = 16

/** Decides between UTF-8 and a legacy encoding. */
class Guess {
  /** Multi-byte characters seen. */
  #characters = 0

  /**
   * @param bytes the next bytes
   * @returns undefined while all is valid UTF-8
   */
  look(bytes: Uint8Array): 'utf-8' | Legacy | undefined {
    const whole = bytes.subarray(0, endOfCharacters(bytes))
    if (isAscii(whole)) return undefined
    const isValid = isUtf8(whole)
    if (isValid && this.#characters >= surely) return undefined
    if (this.#characters >= surely) return 'utf-8'
    const text = new TextDecoder().decode(whole)
    this.#characters += text.match(/[^\x00-\x7f\ufffd]/gu)?.length ?? 0
    if (isValid) return undefined
    const beforeIt = text.slice(0, text.indexOf('\ufffd'))
    // Two GB18030 characters rarely form a three-byte UTF-8 character, but one often forms a two-byte one.
    if (/[\u0800-\uffff]/.test(beforeIt)) return 'utf-8'
    return this.#characters > text.split('\ufffd').length - 1 ? 'utf-8' : legacyOf(bytes)
  }

  /** Decides for a character that is cut off by the end of the file. */
  ofRest(rest: Uint8Array): 'utf-8' | Legacy {
    return this.#characters > 0 ? 'utf-8' : legacyOf(rest)
  }
}

/** Returns the end of the last complete UTF-8 character. */
function endOfCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
