import { type ListPrefixes, limitAll, limitPlain } from './limits.ts'
import { decodeHex, type Pair, type ParameterTable } from './table.ts'

/**
 * The scan that takes anything: '+' for a space, escapes in names, broken escapes (left as they stand, as
 * browsers do), names given twice, lists in any shape. It costs 13 to 30 ms for a full call where the
 * quick scan costs 1.5, because it makes and sorts 30,000 strings.
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
  // Decoding never makes bytes longer, so the values of all pairs fit behind the raw bytes.
  const all = Buffer.allocUnsafe(2 * end)
  bytes.copy(all, 0, 0, end)
  let free = end
  const pairs: Pair[] = []
  let count = 0
  let inLists = 0

  /** Decodes all[from, to) to `free` and moves `free` behind it. */
  function decode(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const c = all[i]!
      if (c === 0x2b) all[free++] = 0x20
      else if (c === 0x25 && i + 2 < to && decodeHex[all[i + 1]!] !== 255 && decodeHex[all[i + 2]!] !== 255) {
        all[free++] = decodeHex[all[i + 1]!]! * 16 + decodeHex[all[i + 2]!]!
        i += 2
      } else all[free++] = c
    }
  }

  for (const inQuery of [true, false]) {
    const from = inQuery ? 0 : queryEnd
    const to = inQuery ? queryEnd : end
    for (let at = from; at < to; ) {
      let next = all.indexOf(0x26, at)
      if (next < 0 || next > to) next = to
      limitAll(++count)
      if (next > at) {
        // Not indexOf: without an '=' it would read on to the end, once for each parameter.
        let nameEnd = at
        while (nameEnd < next && all[nameEnd] !== 0x3d) nameEnd++
        const nameStart = free
        decode(at, nameEnd)
        const start = free
        decode(Math.min(nameEnd + 1, next), next)
        const name = all.toString('latin1', nameStart, start)
        pairs.push({ name, start, length: free - start, inQuery })
        for (const prefix of lists) if (name.startsWith(prefix)) inLists++
      }
      limitPlain(count - inLists)
      at = next + 1
    }
  }
  return { bytes: all.subarray(0, free), pairs, block: undefined, plain: count - inLists }
}
