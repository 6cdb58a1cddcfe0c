import { unreserved } from '../../signature/percent.ts'
import { type Block, type BlockMember, inOrder, type Pair, type ParameterTable } from './table.ts'

/** How one signature version writes the canonical query. */
export interface Form {
  readonly equals: string
  readonly and: string
  /** What a byte that is not unreserved becomes, before its two hexadecimal digits. */
  readonly escape: string
}

/** V1 encodes the whole query once more before it signs it: '=' is %3D, an escaped '$' is %2524. */
export const formV1: Form = { equals: '%3D', and: '%26', escape: '%25' }
/** V3 signs the query encoded once. */
export const formV3: Form = { equals: '=', and: '&', escape: '%' }

/** A larger buffer is not kept: one huge request must not be paid for ever after. */
const keptBytesMax = 8 * 1024 * 1024

const upperHex = Buffer.from('0123456789ABCDEF', 'latin1')

/**
 * Writes parameters in canonical order as bytes. The list is not sorted: walking the numbers 1..last as a
 * decimal tree (1, 10, 100, …, 2, 20, …) is the byte order of their keys, because '.' sorts before '0'.
 * The buffer is kept for the next call: a result is good until then.
 */
export class CanonicalWriter {
  #out = Buffer.allocUnsafe(64 * 1024)
  #end = 0

  /**
   * @param head put before the parameters, as it is
   * @param includes which parameters take part: all but Signature for V1, those of the query for V3
   */
  write(head: string, table: ParameterTable, form: Form, includes: (part: Pair | Block) => boolean): Buffer {
    this.#end = 0
    if (this.#out.length > keptBytesMax) this.#out = Buffer.allocUnsafe(64 * 1024)
    this.#reserve(head.length)
    this.#literal(Buffer.from(head, 'latin1'))
    const first = this.#end
    const { block } = table
    let blockDue = block !== undefined && includes(block)
    for (const pair of inOrder(table)) {
      if (!includes(pair)) continue
      if (blockDue && pair.name > `${block!.name}.`) {
        this.#block(table.bytes, block!, form, first)
        blockDue = false
      }
      this.#pair(table.bytes, pair, form, first)
    }
    if (blockDue) this.#block(table.bytes, block!, form, first)
    return this.#out.subarray(0, this.#end)
  }

  #pair(bytes: Buffer, pair: Pair, form: Form, first: number): void {
    const name = Buffer.from(pair.name, 'latin1')
    this.#reserve(5 * (name.length + pair.length) + 6)
    if (this.#end > first) this.#literal(Buffer.from(form.and, 'latin1'))
    const mark = Buffer.from(form.escape, 'latin1')
    this.#escaped(name, 0, name.length, mark)
    this.#literal(Buffer.from(form.equals, 'latin1'))
    this.#escaped(bytes, pair.start, pair.start + pair.length, mark)
  }

  /** Measured: about 1.4 ms for 10,000 entries of three members, most of it copying values byte by byte. */
  #block(bytes: Buffer, block: Block, form: Form, first: number): void {
    const mark = Buffer.from(form.escape, 'latin1')
    const before = Buffer.from(`${form.and}${block.name}.`, 'latin1')
    const after = block.members.map((member) => Buffer.from(`.${member.name}${form.equals}`, 'latin1'))
    this.#reserve(blockBytesMax(block, before.length, Math.max(...after.map((suffix) => suffix.length))))

    // The very first parameter has no '&' before it.
    let skip = this.#end > first ? 0 : form.and.length
    let n = 1
    for (let left = block.last; left > 0; left--) {
      for (let m = 0; m < block.members.length; m++) {
        const member = block.members[m]!
        const length = member.lengthPlusOne[n]! - 1
        if (length < 0) continue
        this.#literal(before, skip)
        skip = 0
        this.#number(n)
        this.#literal(after[m]!)
        const start = member.start[n]!
        if (member.encoded[n] === 1) this.#escaped(bytes, start, start + length, mark)
        else this.#plain(bytes, start, start + length)
      }
      n = nextInDecimalTree(n, block.last)
    }
  }

  #literal(literal: Buffer, from = 0): void {
    const out = this.#out
    let end = this.#end
    for (let i = from; i < literal.length; i++) out[end++] = literal[i]!
    this.#end = end
  }

  #plain(bytes: Buffer, from: number, to: number): void {
    const out = this.#out
    let end = this.#end
    for (let i = from; i < to; i++) out[end++] = bytes[i]!
    this.#end = end
  }

  #escaped(bytes: Buffer, from: number, to: number, mark: Buffer): void {
    const out = this.#out
    let end = this.#end
    for (let i = from; i < to; i++) {
      const c = bytes[i]!
      if (unreserved[c] === 1) out[end++] = c
      else {
        for (let e = 0; e < mark.length; e++) out[end++] = mark[e]!
        out[end++] = upperHex[c >> 4]!
        out[end++] = upperHex[c & 15]!
      }
    }
    this.#end = end
  }

  #number(n: number): void {
    let digits = 1
    for (let power = 10; power <= n; power *= 10) digits++
    const out = this.#out
    for (let at = this.#end + digits - 1; at >= this.#end; at--) {
      const rest = (n / 10) | 0
      out[at] = 0x30 + (n - 10 * rest)
      n = rest
    }
    this.#end += digits
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#out.length) return
    const bigger = Buffer.allocUnsafe(Math.max(2 * this.#out.length, this.#end + more))
    this.#out.copy(bigger, 0, 0, this.#end)
    this.#out = bigger
  }
}

/** The number after n when 1..last are walked in the order of their decimal digits. */
export function nextInDecimalTree(n: number, last: number): number {
  if (10 * n <= last) return 10 * n
  while (n === last || n % 10 === 9) n = (n / 10) | 0
  return n + 1
}

/** At most so many bytes does a block become: five for each byte that is escaped twice. */
function blockBytesMax(block: Block, beforeLength: number, afterLength: number): number {
  const digits = 5
  const sum = (member: BlockMember) => {
    let bytes = 0
    for (let n = 1; n <= block.last; n++) {
      const length = member.lengthPlusOne[n]! - 1
      if (length >= 0)
        bytes += beforeLength + digits + afterLength + length * (member.encoded[n] === 1 ? 5 : 1)
    }
    return bytes
  }
  return block.members.reduce((bytes, member) => bytes + sum(member), 0)
}
