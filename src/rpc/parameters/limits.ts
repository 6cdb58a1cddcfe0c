import type { Members } from '../../api/shape.ts'
import { Refusal } from '../refusals.ts'

/** Parameters of one call: 66,666 devices of three members, six times what a call may name. */
export const parametersMax = 200_000
/**
 * Those of them in lists that only the general scan reads, which makes and sorts a string of every name: 10,000 devices
 * of three members and a third more.
 */
const unusualMax = 40_000
/** Those of them that are in no list of the operation called. */
export const plainMax = 1000

/** The prefixes `<Name>.` of the list parameters that an operation declares; only these may be long. */
export type ListPrefixes = readonly string[]

/** The list prefixes of an operation's declared parameters. */
export function listPrefixesOf(parameters: Members): ListPrefixes {
  return Object.entries(parameters)
    .filter(([, { kind }]) => kind === 'columns' || kind === 'rows' || kind === 'texts')
    .map(([name]) => `${name}.`)
}

/** @throws Refusal TooManyParameters for more than `parametersMax` in all */
export function limitAll(count: number): void {
  if (count > parametersMax) throw new Refusal('TooManyParameters', { max: parametersMax })
}

/** @throws Refusal TooManyParameters for more than `plainMax` outside of the operation's lists */
export function limitPlain(count: number): void {
  if (count > plainMax)
    throw new Refusal('TooManyParameters', { max: plainMax, where: ' besides the lists of the operation' })
}

/** @throws Refusal TooManyParameters for more than `unusualMax` that the general scan reads */
export function limitUnusual(count: number): void {
  const where =
    ' in a list that names an entry twice, escapes letters of names or numbers its entries with wide gaps'
  if (count > unusualMax) throw new Refusal('TooManyParameters', { max: unusualMax, where })
}
