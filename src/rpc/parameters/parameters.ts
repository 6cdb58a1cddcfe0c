import { isUtf8 } from 'node:buffer'
import { Refusal } from '../refusals.ts'
import { generalScan } from './general.ts'
import { quickScan } from './quick.ts'
import type { Pair, ParameterTable } from './table.ts'

/** The highest N of a list that the quick scan keeps in columns: the most entries that a call may name. */
const entriesMax = 10_000
/** 50,000 devices of three members, five times what a call may name; more is an attack, not a list. */
export const parametersMax = 200_000

/** Scans query [0, queryEnd) and form body [queryEnd, end) once; the general way where it must. */
export function scanParameters(bytes: Buffer, queryEnd: number, end: number): ParameterTable {
  const table =
    quickScan(bytes, queryEnd, end, entriesMax) ?? generalScan(bytes, queryEnd, end, parametersMax)
  if (table === undefined) throw new Refusal('TooManyParameters', { max: parametersMax })
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
