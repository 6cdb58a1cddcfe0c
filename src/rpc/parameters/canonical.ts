import { ByteWriter } from '../../lib/byte-writer.ts'
import { absent } from '../../lib/columns.ts'
import { digitCountOf, digitsOf, tabledMax } from '../../lib/decimal.ts'
import { reserved } from '../../lib/kinds.ts'
import { Literal } from '../../lib/literal.ts'
import { copySlice, overshoot, viewOf } from '../../lib/words.ts'
import { unreserved } from '../../signature/percent.ts'
import { type Block, type BlockMember, inOrder, type Pair, type ParameterTable } from './table.ts'

/** How one signature version writes the canonical query. */
export interface Form {
  readonly equals: string
  readonly and: string
  readonly escapes: Escapes
}

/** What a byte that is not unreserved becomes, for each byte: four bytes of a word, a fifth, and how many count. */
interface Escapes {
  readonly words: Int32Array
  readonly last: Uint8Array
  readonly size: number
}

/** @param mark what stands before the two hexadecimal digits */
function escapesWith(mark: string): Escapes {
  const all = Array.from({ length: 256 }, (_, c) =>
    Buffer.from(`${mark}${c.toString(16).toUpperCase().padStart(2, '0')}  `, 'latin1'),
  )
  return {
    words: Int32Array.from(all, (bytes) => bytes.readInt32LE()),
    last: Uint8Array.from(all, (bytes) => bytes[4]!),
    size: mark.length + 2,
  }
}

/** V1 encodes the whole query once more before it signs it: '=' is %3D, an escaped '$' is %2524. */
export const formV1: Form = { equals: '%3D', and: '%26', escapes: escapesWith('%25') }
/** V3 signs the query encoded once. */
export const formV3: Form = { equals: '=', and: '&', escapes: escapesWith('%') }

/** A larger buffer is not kept: one huge request must not be paid for ever after. */
const keptBytesMax = 8 * 1024 * 1024

/**
 * Writes parameters in canonical order as bytes. The list is not sorted: walking the numbers 1..last as a
 * decimal tree (1, 10, 100, …, 2, 20, …) is the byte order of their keys, because '.' sorts before '0'.
 * The buffer is kept for the next call: a result is good until then.
 */
export class CanonicalWriter {
  readonly #out = new ByteWriter(64 * 1024)

  /**
   * @param head put before the parameters, as it is
   * @param includes which parameters take part: all but Signature for V1, those of the query for V3
   */
  write(head: string, table: ParameterTable, form: Form, includes: (part: Pair | Block) => boolean): Buffer {
    const out = this.#out
    out.end = 0
    if (out.bytes.length > keptBytesMax) out.resize(64 * 1024)
    out.text(head)
    const first = out.end
    const { bytes, block } = table
    let blockDue = block !== undefined && includes(block)
    for (const pair of inOrder(table)) {
      if (!includes(pair)) continue
      if (blockDue && pair.name > `${block!.name}.`) {
        writeBlock(out, bytes, block!, form, first)
        blockDue = false
      }
      writePair(out, bytes, pair, form, first)
    }
    if (blockDue) writeBlock(out, bytes, block!, form, first)
    return out.written()
  }
}

function writePair(out: ByteWriter, bytes: Buffer, pair: Pair, form: Form, first: number): void {
  const name = Buffer.from(pair.name, 'latin1')
  if (out.end > first) out.text(form.and)
  out.reserve(5 * name.length + 5)
  writeEscaped(out, name, 0, name.length, form)
  out.text(form.equals)
  out.reserve(5 * pair.length + 5)
  writeEscaped(out, bytes, pair.start, pair.length, form)
}

function writeBlock(out: ByteWriter, bytes: Buffer, block: Block, form: Form, first: number): void {
  const behindAnother = new Literal(`${form.and}${block.name}.`)
  const after = block.members.map((member) => new Literal(`.${member.name}${form.equals}`))
  out.reserve(blockBytesMax(block, behindAnother.length, Math.max(...after.map(({ length }) => length))))
  const written: BlockWriting = {
    out,
    bytes,
    view: viewOf(bytes),
    form,
    members: block.members,
    // The very first parameter has no '&' before it.
    before: out.end > first ? behindAnother : new Literal(`${block.name}.`),
    behindAnother,
    after,
  }
  let n = 1
  for (let left = block.last; left > 0; left--) {
    writeEntry(written, n)
    n = nextInDecimalTree(n, block.last)
  }
}

interface BlockWriting {
  readonly out: ByteWriter
  readonly bytes: Buffer
  readonly view: DataView
  readonly form: Form
  readonly members: readonly BlockMember[]
  /** What stands before the next number, and before all after it. */
  before: Literal
  readonly behindAnother: Literal
  /** What stands behind the number, for each member. */
  readonly after: readonly Literal[]
}

/** Measured: 0.6 ms for 10,000 entries of three members; copying byte by byte it took 2.0. */
function writeEntry(writing: BlockWriting, n: number): void {
  const { out, bytes, view, members, after } = writing
  for (let m = 0; m < members.length; m++) {
    const member = members[m]!
    const length = member.length[n]!
    if (length === absent) continue
    let end = writing.before.write(out.view, out.end)
    writing.before = writing.behindAnother
    if (n < tabledMax) {
      out.view.setInt32(end, digitsOf[n]!, true)
      end += digitCountOf[n]!
    } else end += out.bytes.write(String(n), end, 'latin1')
    end = after[m]!.write(out.view, end)
    const start = member.start[n]!
    if ((member.kinds[n]! & reserved) === 0) {
      out.end = copySlice(view, bytes.length, start, length, out.view, end)
    } else {
      out.end = end
      writeEscaped(out, bytes, start, length, writing.form)
    }
  }
}

/** Writes bytes as they are signed; there must be room for five times as many, and five bytes more. */
function writeEscaped(out: ByteWriter, from: Buffer, start: number, length: number, { escapes }: Form): void {
  const { bytes, view } = out
  const { words, last, size } = escapes
  let { end } = out
  for (let i = start; i < start + length; i++) {
    const c = from[i]!
    bytes[end] = c
    if (unreserved[c] === 1) end++
    else {
      view.setInt32(end, words[c]!, true)
      bytes[end + 4] = last[c]!
      end += size
    }
  }
  out.end = end
}

/** The number after n when 1..last are walked in the order of their decimal digits. */
export function nextInDecimalTree(n: number, last: number): number {
  if (10 * n <= last) return 10 * n
  while (n === last || n % 10 === 9) n = (n / 10) | 0
  return n + 1
}

/** At most so many bytes does a block become: five for each byte that is escaped twice. */
function blockBytesMax({ members, last, kinds }: Block, beforeLength: number, afterLength: number): number {
  const digits = 10
  const times = (kinds & reserved) === 0 ? 1 : 5
  const sum = ({ length }: BlockMember) => {
    let bytes = 0
    for (let n = 1; n <= last; n++) bytes += length[n]!
    return bytes
  }
  const fixed = members.length * last * (beforeLength + digits + afterLength + times) + overshoot
  return members.reduce((bytes, member) => bytes + times * sum(member), fixed)
}
