/** The last stage writes the rows of an answer from the columns, in pieces that the host copies. */
import { copyLoosely } from './bytes'
import { piece } from './canonical'
import { membersMax } from './list'
import { entries, entriesMax } from './verdicts'

/** Maximum number of fields in a row: the members of a list, and a message. */
export const fieldsMax: i32 = membersMax + 1
/** Maximum length of the words around a value, in bytes. */
export const wordBytes: i32 = 128
const wordsOfField: i32 = 3
/** Length at which a piece is handed over; `piece` has room for one more row. */
const pieceBytes: i32 = 96 * 1024

/** The text between two rows. */
export const between: usize = memory.data(2 * wordBytes, 16)
/** A column copied from the host's memory: its starts, lengths and bytes. */
export const otherBytesMax: i32 = 32 * 1024
export const otherStarts: usize = memory.data(4 * entriesMax, 16)
export const otherLengths: usize = memory.data(4 * entriesMax, 16)
export const otherBytes: usize = memory.data(otherBytesMax + 64, 16)

@unmanaged class Field {
  bytes: usize
  starts: usize
  lengths: usize
  /** 0 for a column without values that need an escape. */
  kinds: usize
  /** Whether an absent value is written as an empty one; otherwise the field is left out. */
  always: bool
  /** The texts before the value, as the first field of a row and as a later one, and after it. */
  asFirst: usize
  asFirstLength: i32
  asNext: usize
  asNextLength: i32
  close: usize
  closeLength: i32
}

const fieldsAt: usize = memory.data(offsetof<Field>() * fieldsMax, 16)
const wordsAt: usize = memory.data(2 * wordBytes * wordsOfField * fieldsMax, 16)

// @ts-ignore: decorator
@inline function fieldOf(index: i32): Field {
  return changetype<Field>(fieldsAt + <usize>index * offsetof<Field>())
}

let fields: i32 = 0
let rows: i32 = 0
let betweenLength: i32 = 0
/** The kinds of values that the host writes. */
let unusual: u32 = 0
let next: i32 = 0

/** Starts a list of `count` rows. The host has written `entries` and `between`. */
export function beginRows(count: i32, lengthBetween: i32, unusualKinds: u32): void {
  fields = 0
  rows = count
  betweenLength = lengthBetween
  unusual = unusualKinds
}

/** Returns the buffer for one of the three words of the next field. */
export function nextWord(word: i32): usize {
  return wordsAt + <usize>(2 * wordBytes) * (wordsOfField * fields + word)
}

export function addField(
  bytes: usize, starts: usize, lengths: usize, kinds: usize, always: bool,
  asFirstLength: i32, asNextLength: i32, closeLength: i32,
): void {
  const field = fieldOf(fields)
  field.bytes = bytes
  field.starts = starts
  field.lengths = lengths
  field.kinds = kinds
  field.always = always
  field.asFirst = nextWord(0)
  field.asFirstLength = asFirstLength
  field.asNext = nextWord(1)
  field.asNextLength = asNextLength
  field.close = nextWord(2)
  field.closeLength = closeLength
  fields++
}

/** The row before which `writeRows` stopped. */
export function nextRow(): i32 {
  return next
}

/**
 * Writes rows from `from` on, until a piece is full, all are written or a row has a value that the host must write.
 * @returns the end of the piece
 */
export function writeRows(from: i32): usize {
  const full = piece + pieceBytes
  let out = piece
  for (next = from; next < rows && out < full; next++) {
    const entry = load<i32>(entries + 4 * next)
    if (isUnusual(entry)) return out
    if (next > 0) out = copyLoosely(between, out, betweenLength)
    let isFirst = true
    for (let index = 0; index < fields; index++) {
      const field = fieldOf(index)
      const length = load<i32>(field.lengths + 4 * entry)
      if (length < 0 && !field.always) continue
      out = isFirst
        ? copyLoosely(field.asFirst, out, field.asFirstLength)
        : copyLoosely(field.asNext, out, field.asNextLength)
      // The start of an absent value is undefined.
      if (length > 0) out = copyLoosely(field.bytes + load<i32>(field.starts + 4 * entry), out, length)
      out = copyLoosely(field.close, out, field.closeLength)
      isFirst = false
    }
  }
  return out
}

// @ts-ignore: decorator
@inline function isUnusual(entry: i32): bool {
  let kinds: u32 = 0
  for (let index = 0; index < fields; index++) {
    const field = fieldOf(index)
    if (field.kinds !== 0) kinds |= load<u8>(field.kinds + entry)
  }
  return (kinds & unusual) !== 0
}
