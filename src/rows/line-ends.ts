import { concat } from '../lib/bytes.ts'

const quote = 0x22
const newline = 0x0a
const carriageReturn = 0x0d

/** A first line longer than this is read as it is. */
const firstLineMax = 1024 * 1024

/**
 * Gives text whose lines end with CR alone (Excel's "CSV (Macintosh)") line ends that rows are found by. Whether they
 * do is told by the first line; other text passes as it is, since there a CR in a cell is part of it.
 */
export async function* withLineEnds(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array(0)
  let isAlone: boolean | undefined
  while (isAlone === undefined) {
    const { value, done } = await iterator.next()
    if (!done) first = first.length === 0 ? value : concat(first, value)
    isAlone = endsAlone(first, done === true || first.length > firstLineMax)
  }
  let hasReturn = false
  for (
    let chunk: Uint8Array | undefined = first;
    chunk !== undefined;
    chunk = (await iterator.next()).value
  ) {
    if (!isAlone) {
      yield chunk
      continue
    }
    // A CR at the end of a chunk waits for what follows it.
    const text: Uint8Array = hasReturn ? concat(Uint8Array.of(carriageReturn), chunk) : chunk.slice()
    hasReturn = text.at(-1) === carriageReturn
    const whole = text.subarray(0, hasReturn ? -1 : undefined)
    for (let at = whole.indexOf(carriageReturn); at >= 0; at = whole.indexOf(carriageReturn, at + 1))
      if (text[at + 1] !== newline) whole[at] = newline
    yield whole
  }
  if (hasReturn) yield Uint8Array.of(newline)
}

/** Whether the first line ends with CR alone; undefined where more of it is needed. */
function endsAlone(text: Uint8Array, isAll: boolean): boolean | undefined {
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!
    if (byte === quote) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (byte === newline) return false
    else if (byte === carriageReturn) {
      if (at + 1 < text.length) return text[at + 1] !== newline
      return isAll ? true : undefined
    }
  }
  return isAll ? false : undefined
}
