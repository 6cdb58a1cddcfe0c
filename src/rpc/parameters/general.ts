import { type ListPrefixes, limitAll, limitPlain, limitUnusual } from './limits.ts'
import { decodeHex, type Pair, type ParameterTable } from './table.ts'

/**
 * The scan that takes anything: escapes in names, names given twice, lists in any shape. It costs 10 ms and more for a
 * full call, where the quick scan costs 1.5, because it makes a string of every name.
 *
 * @param bytes the request's query [0, queryEnd) and form body [queryEnd, end)
 * @param lists which parameters may be many
 * @throws Refusal TooManyParameters
 */
export function generalScan(
  bytes: Buffer,
  queryEnd: number,
  end: number,
  lists: ListPrefixes,
): ParameterTable {
  // Decoding never makes bytes longer.
  const decoded = Buffer.allocUnsafe(end)
  let free = 0
  const pairs: Pair[] = []
  let count = 0
  let inLists = 0

  /** Decodes bytes [from, to) to `free` and moves `free` behind it. */
  function decode(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      let c = bytes[i]!
      if (c === 0x2b) c = 0x20
      else if (c === 0x25 && i + 2 < to) {
        const [high, low] = [decodeHex[bytes[i + 1]!]!, decodeHex[bytes[i + 2]!]!]
        if (high !== 255 && low !== 255) {
          c = high * 16 + low
          i += 2
        }
      }
      decoded[free++] = c
    }
  }

  for (const inQuery of [true, false]) {
    const from = inQuery ? 0 : queryEnd
    const to = inQuery ? queryEnd : end
    for (let at = from; at < to; ) {
      let next = bytes.indexOf(0x26, at)
      if (next < 0 || next > to) next = to
      limitAll(++count)
      if (next > at) {
        // Not indexOf: without an '=' it would read on to the end, once for each parameter.
        let nameEnd = at
        while (nameEnd < next && bytes[nameEnd] !== 0x3d) nameEnd++
        const nameStart = free
        decode(at, nameEnd)
        const start = free
        decode(Math.min(nameEnd + 1, next), next)
        const name = decoded.toString('latin1', nameStart, start)
        pairs.push({ name, nameStart, start, length: free - start, inQuery })
        for (const prefix of lists) if (name.startsWith(prefix)) inLists++
      }
      limitPlain(count - inLists)
      limitUnusual(inLists)
      at = next + 1
    }
  }
  return { bytes: decoded.subarray(0, free), pairs, block: undefined, plain: count - inLists }
}
