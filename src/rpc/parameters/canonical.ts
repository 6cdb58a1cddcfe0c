import { viewOf } from '../../lib/byte-words.ts'
import { ByteWriter } from '../../lib/byte-writer.ts'
import { Literal } from '../../lib/literal.ts'
import { unreserved } from '../../signature/percent.ts'
import { writeList } from '../../wasm/list-text.ts'
import type { Take } from '../long-message.ts'
import { pairNumbers } from './byte-order.ts'
import type { Form } from './canonical-form.ts'
import type { PairColumns } from './pair-columns.ts'
import { type Block, inOrder, type Pair, type ParameterTable } from './table.ts'

/** A canonical text to write. */
export interface Canonical {
  /** Put before the parameters unchanged. */
  readonly head: string
  readonly table: ParameterTable
  readonly form: Form
  /** Which parameters take part: V1 signs all but its Signature, V3 those of the query. */
  readonly part: 'all but Signature' | 'query'
}

/** A piece is handed on when it is this long: it is then still near the processor. */
const pieceBytes = 96 * 1024
/** Bytes of a value that are written at once; each may become five. */
const escapedAtOnce = 8 * 1024

/**
 * Writes parameters in canonical order as bytes. The list is not sorted: walking the numbers 1..last as a
 * decimal tree (1, 10, 100, …, 2, 20, …) is the byte order of their keys, because '.' sorts before '0'.
 */
export class CanonicalWriter {
  /** Kept from call to call. */
  readonly #out = new ByteWriter(pieceBytes + 8 * escapedAtOnce)

  write({ head, table, form, part }: Canonical, take: Take): void {
    const out = this.#out
    out.end = 0
    out.text(head)
    const view = viewOf(table.bytes)
    const [and, equals] = [new Literal(form.and), new Literal(form.equals)]
    const writing: Writing = { out, bytes: table.bytes, view, form, and, equals, take, first: true }
    if (table.columns === undefined) writeTable(writing, table, part)
    else writeColumns(writing, table.columns, part)
    take(out.written())
  }
}

function writeTable(writing: Writing, table: ParameterTable, part: Canonical['part']): void {
  const includes = ({ inQuery }: Pair | Block) => part !== 'query' || inQuery
  const { block } = table
  let blockDue = block !== undefined && includes(block)
  for (const pair of inOrder(table)) {
    const { name, nameStart, start, length } = pair
    if (!includes(pair) || (part === 'all but Signature' && name === 'Signature')) continue
    if (blockDue && name > `${block!.name}.`) {
      writeBlock(writing, block!)
      blockDue = false
    }
    writePair(writing, nameStart, name.length, start, length)
  }
  if (blockDue) writeBlock(writing, block!)
}

const signature = new Literal('Signature')

function writeColumns(writing: Writing, columns: PairColumns, part: Canonical['part']): void {
  const { slices, inQuery, order } = columns
  for (let place = 0; place < order.length; place++) {
    const at = pairNumbers * order[place]!
    const [nameStart, nameLength] = [slices[at]!, slices[at + 1]!]
    if (part === 'query' ? order[place]! >= inQuery : isSignature(writing.view, nameStart, nameLength))
      continue
    writePair(writing, nameStart, nameLength, slices[at + 2]!, slices[at + 3]!)
  }
}

const isSignature = (view: DataView, at: number, length: number) =>
  length === signature.length && signature.standsAt(view, at, at + length)

/** A longer value is counted before it is written. */
const longValueBytes = 64 * 1024

/** The number of bytes that the long values alone add to a text: counting them takes a tenth of the time of writing and hashing. */
export function bytesOfLongValues({ table, form }: Pick<Canonical, 'table' | 'form'>): number {
  const { bytes, columns } = table
  if (columns === undefined) return 0
  const { slices, count } = columns
  let sum = 0
  for (let at = 2; at < count * pairNumbers; at += pairNumbers) {
    const [start, length] = [slices[at]!, slices[at + 1]!]
    if (length <= longValueBytes) continue
    let plain = 0
    for (let i = start; i < start + length; i++) plain += unreserved[bytes[i]!]!
    sum += plain + (length - plain) * form.escapes.size
  }
  return sum
}

/** All pieces together; undefined where they are longer, of which no more is written than it takes to know. */
export function wholeUpTo(bytesMax: number, write: (take: Take) => void): Buffer | undefined {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    write((piece) => {
      bytes += piece.length
      if (bytes > bytesMax) throw tooLong
      pieces.push(Buffer.from(piece))
    })
  } catch (error) {
    if (error !== tooLong) throw error
    return undefined
  }
  return Buffer.concat(pieces)
}

const tooLong = new Error('more bytes than asked for')

interface Writing {
  readonly out: ByteWriter
  readonly bytes: Buffer
  readonly view: DataView
  readonly form: Form
  readonly and: Literal
  readonly equals: Literal
  readonly take: Take
  /** Before the first parameter stands no '&'. */
  first: boolean
}

function handOn({ out, take }: Writing): void {
  if (out.end < pieceBytes) return
  take(out.written())
  out.end = 0
}

/** The separators of a name and its value, and of two parameters. */
const separatorBytes = 16

function writePair(
  writing: Writing,
  nameStart: number,
  nameLength: number,
  start: number,
  length: number,
): void {
  const { out, bytes, and, equals } = writing
  // An escape is written as five bytes, of which fewer may count.
  if (nameLength + length <= escapedAtOnce) out.reserve(5 * (nameLength + length) + separatorBytes)
  else out.reserve(separatorBytes)
  if (!writing.first) out.end = and.write(out.view, out.end)
  writing.first = false
  writeEscaped(writing, bytes, nameStart, nameLength)
  out.reserve(separatorBytes)
  out.end = equals.write(out.view, out.end)
  writeEscaped(writing, bytes, start, length)
  handOn(writing)
}

function writeBlock(writing: Writing, { name, members, last }: Block): void {
  const { out, form, take } = writing
  take(out.written())
  out.end = 0
  const words = {
    before: `${form.and}${name}.`,
    after: (member: string) => `.${member}${form.equals}`,
    escapes: form.escapes,
  }
  writeList(writing.bytes, members, last, words, (piece) => {
    take(writing.first ? piece.subarray(form.and.length) : piece)
    writing.first = false
  })
}

/** Writes bytes as they are signed, some at a time: a value may have megabytes. */
function writeEscaped(writing: Writing, from: Buffer, start: number, length: number): void {
  if (length <= escapedAtOnce) {
    escapeSome(writing, from, start, length)
    return
  }
  for (let done = 0; done < length; done += escapedAtOnce) {
    escapeSome(writing, from, start + done, Math.min(escapedAtOnce, length - done))
    handOn(writing)
  }
}

function escapeSome({ out, form: { escapes } }: Writing, from: Buffer, start: number, length: number): void {
  // An escape is written as five bytes, of which fewer may count.
  out.reserve(5 * length + 5)
  const { bytes, view } = out
  const { bytes: escaped, words, size } = escapes
  let { end } = out
  for (let i = start; i < start + length; i++) {
    const c = from[i]!
    bytes[end] = c
    if (unreserved[c] === 1) end++
    else {
      view.setInt32(end, words[2 * c]!, true)
      bytes[end + 4] = escaped[8 * c + 4]!
      end += size
    }
  }
  out.end = end
}
