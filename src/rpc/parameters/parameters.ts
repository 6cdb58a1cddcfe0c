import { isUtf8 } from 'node:buffer'
import type { Room } from '../../lib/http-message.ts'
import { Refusal } from '../refusals.ts'
import { commonExcerpt } from './common.ts'
import { generalScan } from './general.ts'
import { type ListPrefixes, limitAll, limitPlain, parametersMax, plainMax } from './limits.ts'
import { quickScan } from './quick.ts'
import type { Pair, ParameterTable } from './table.ts'

/** The maximum bytes that are split the general way before the caller is known. */
const bytesAtOnce = 64 * 1024

/** The parameters of a request, split only as far as needed. */
export interface Parameters {
  /** The common ones, perhaps with others: enough to find the action and the caller. */
  readonly common: ParameterTable
  /**
   * All of them.
   * @param lists the list parameters of the operation called; all others together are at most `plainMax`
   * @throws Refusal TooManyParameters
   */
  all(lists: ListPrefixes): ParameterTable
}

/**
 * Scans query [0, queryEnd) and form body [queryEnd, end). What the quick scan does not understand is counted, and split
 * the general way: at once if it is short, otherwise at the first use, once the caller's key is known.
 * @throws Refusal TooManyParameters
 */
export function scanParameters(bytes: Buffer, queryEnd: number, end: number, roomFor?: Room): Parameters {
  const quick = quickScan(bytes, queryEnd, end, parametersMax, roomFor)
  if (quick !== undefined) return { common: quick, all: (lists) => limited(quick, lists) }
  const excerpt = commonExcerpt(bytes, queryEnd, end)
  if (excerpt.count <= plainMax && end <= bytesAtOnce) {
    const table = generalScan(bytes, queryEnd, end, [])
    return { common: table, all: () => table }
  }
  let table: ParameterTable | undefined
  return {
    common: generalScan(excerpt.bytes, excerpt.queryEnd, excerpt.bytes.length, []),
    all: (lists) => {
      table ??= generalScan(bytes, queryEnd, end, lists)
      return table
    },
  }
}

function limited(table: ParameterTable, lists: ListPrefixes): ParameterTable {
  const { block, plain } = table
  const inBlock = block?.count ?? 0
  limitAll(plain + inBlock)
  limitPlain(block !== undefined && lists.includes(`${block.name}.`) ? plain : plain + inBlock)
  return table
}

/**
 * The parameter outside of lists that has this name, as text. An empty one is as if absent (design §6),
 * though it is signed.
 * @throws Refusal Invalid<Name> when it is given twice with different values or is not UTF-8
 */
export function textParameter(table: ParameterTable, name: string): string | undefined {
  let found: Pair | undefined
  for (const pair of table.pairs) {
    if (pair.name !== name) continue
    if (found !== undefined && !sameValue(table, found, pair)) {
      throw new Refusal('InvalidParameter', { name, reason: 'It is given twice, with different values.' })
    }
    found = pair
  }
  if (found === undefined || found.length === 0) return undefined
  const value = table.bytes.subarray(found.start, found.start + found.length)
  if (!isUtf8(value)) throw new Refusal('InvalidParameter', { name, reason: 'It is not UTF-8.' })
  const text = value.toString('utf8')
  if (hasNul(text)) throw new Refusal('InvalidParameter', { name, reason: 'It has the character U+0000.' })
  return text
}

/** No store can keep it, and no text means it. */
export const hasNul = (text: string) => text.includes('\0')

function sameValue({ bytes }: ParameterTable, a: Pair, b: Pair): boolean {
  return bytes.compare(bytes, b.start, b.start + b.length, a.start, a.start + a.length) === 0
}
