import { viewOf } from '../../lib/byte-words.ts'
import { ByteWriter } from '../../lib/byte-writer.ts'
import { Literal } from '../../lib/literal.ts'
import { unreserved } from '../../signature/percent.ts'
import { Refusal } from '../refusals.ts'
import { isCommonName } from './common.ts'
import { limitAll } from './limits.ts'

/** RFC 2046 §5.1.1: 1 to 70 characters of these, quoted or not, and no space at the end. */
const boundaryIn =
  /;[ \t]{0,8}boundary=(?:"([\w'()+,./:=? -]{0,69}[\w'()+,./:=?-])"|([\w'+.-]{1,70}))[ \t]{0,8}(?:;|$)/i

/**
 * The boundary that a content type of multipart/form-data names.
 * @throws Refusal InvalidMultipart
 */
export function boundaryOf(contentType: string): string {
  const [, quoted, plain] = boundaryIn.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw malformed('its content type names no boundary')
  return boundary
}

const malformed = (reason: string) => new Refusal('InvalidMultipart', { reason })

/** The most bytes of the header block of a part; clients write fewer than 200. */
const headersMax = 1024
/** The way in which most clients begin a part; others are read line by line. */
const usualStart = new Literal('Content-Disposition: form-data; name="')

/**
 * A body of multipart/form-data (RFC 7578), each of whose parts is a parameter. Nothing may stand before the first part or
 * behind the last one, and no part may be a file: what is read is then the whole meaning of the body (decision 0022).
 */
export class MultipartBody {
  readonly #body: Buffer
  /** The begin and end of each part's name and value: four numbers a part. */
  readonly #slices: number[] = []

  /** @throws Refusal InvalidMultipart, TooManyParameters */
  constructor(body: Buffer, boundary: string) {
    this.#body = body
    const view = viewOf(body)
    const first = `--${boundary}`
    const delimiter = new Delimiter(body, view, `\r\n${first}`)
    if (body.toString('latin1', 0, first.length) !== first) throw malformed(`it does not begin with ${first}`)
    let at = first.length
    for (let count = 1; !isAt(body, at, '--'); count++) {
      limitAll(count)
      if (!isAt(body, at, '\r\n')) throw malformed('a boundary is followed by other than a line end')
      const value = this.#headers(view, at + 2)
      const end = delimiter.from(value)
      if (end < 0) throw malformed(`it does not end with ${first}--`)
      this.#slices.push(value, end)
      at = end + delimiter.length
    }
    if (body.length - at > 4 || !/^--(\r\n)?$/.test(body.toString('latin1', at)))
      throw malformed('something stands behind its last part')
  }

  /** Reads the headers of a part and notes its name; returns where its value begins. */
  #headers(view: DataView, at: number): number {
    const body = this.#body
    if (usualStart.standsAt(view, at, body.length)) {
      const name = at + usualStart.length
      let end = name
      while (end < body.length && body[end] !== 0x22 && body[end] !== 0x5c && body[end]! >= 0x20) end++
      if (isAt(body, end, '"\r\n\r\n')) {
        this.#slices.push(name, end)
        return end + 5
      }
    }
    const headers = body.toString('latin1', at, at + headersMax)
    const size = headers.indexOf('\r\n\r\n')
    if (size < 0) throw malformed(`a part has headers that do not end within ${headersMax} bytes`)
    const [from, to] = nameIn(headers.slice(0, size))
    this.#slices.push(at + from, at + to)
    return at + size + 4
  }

  /**
   * The same parameters as form bytes.
   * @param commonOnly whether all but the common parameters are left out
   */
  form({ commonOnly = false } = {}): Buffer {
    const body = this.#body
    const out = new ByteWriter(commonOnly ? 1024 : body.length)
    const slices = this.#slices
    for (let i = 0; i < slices.length; i += 4) {
      if (commonOnly && !isCommonName(body, slices[i]!, slices[i + 1]!)) continue
      if (out.end > 0) out.text('&')
      writeEscaped(out, body, slices[i]!, slices[i + 1]!)
      out.text('=')
      writeEscaped(out, body, slices[i + 2]!, slices[i + 3]!)
    }
    return out.written()
  }
}

/** So far a delimiter is looked for byte by byte: most values are short, and a call of indexOf costs as much as this. */
const nearBytes = 64

/** The delimiter between two parts. */
class Delimiter {
  readonly length: number
  readonly #body: Buffer
  readonly #view: DataView
  readonly #literal: Literal
  readonly #bytes: Buffer

  constructor(body: Buffer, view: DataView, text: string) {
    this.length = text.length
    this.#body = body
    this.#view = view
    this.#literal = new Literal(text)
    this.#bytes = Buffer.from(text, 'latin1')
  }

  /** The place of the first one from `at` on, or -1. */
  from(at: number): number {
    const body = this.#body
    const near = Math.min(at + nearBytes, body.length)
    for (; at < near; at++)
      if (body[at] === 0x0d && this.#literal.standsAt(this.#view, at, body.length)) return at
    return body.indexOf(this.#bytes, at)
  }
}

function isAt(body: Buffer, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (body[at + i] !== text.charCodeAt(i)) return false
  return true
}

/** The place of a part's name in its headers, without quotes. */
function nameIn(headers: string): [from: number, to: number] {
  let found: [number, number] | undefined
  let start = 0
  for (const line of headers.split('\r\n')) {
    const [, name, value] = /^([\w-]{1,64}):[ \t]?(.*)$/.exec(line) ?? []
    if (name === undefined) throw malformed('a part has a header without a name')
    if (/^content-transfer-encoding$/i.test(name) && !/^(7bit|8bit|binary)$/i.test(value!))
      throw malformed(`a part has the transfer encoding ${value!.slice(0, 40)}`)
    if (/^content-disposition$/i.test(name)) {
      if (found !== undefined) throw malformed('a part has two headers Content-Disposition')
      if (/;[ \t]?filename/i.test(value!)) throw malformed('a part is a file; send it without a file name')
      const {
        0: all,
        1: quoted,
        2: plain,
      } = /^form-data;[ \t]?name=(?:"([^"\\]*)"|([^"\\;\s]+))$/i.exec(value!) ?? ['']
      const text = quoted ?? plain
      if (text === undefined)
        throw malformed('a part has a Content-Disposition other than form-data; name="…"')
      const from = start + line.length - all.length + all.indexOf('=') + (quoted === undefined ? 1 : 2)
      found = [from, from + text.length]
    }
    start += line.length + 2
  }
  if (found === undefined) throw malformed('a part has no header Content-Disposition')
  return found
}

/** Percent-encodes bytes [from, to). */
function writeEscaped(out: ByteWriter, bytes: Buffer, from: number, to: number): void {
  out.reserve(3 * (to - from))
  const { bytes: written } = out
  let { end } = out
  for (let i = from; i < to; i++) {
    const c = bytes[i]!
    if (unreserved[c] === 1) written[end++] = c
    else {
      written[end++] = 0x25
      written[end++] = hexDigits[c >> 4]!
      written[end++] = hexDigits[c & 15]!
    }
  }
  out.end = end
}

const hexDigits = Buffer.from('0123456789ABCDEF')
