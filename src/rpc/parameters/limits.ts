import type { Members } from '../../api/shape.ts'
import { Refusal } from '../refusals.ts'

/** Parameters of one call: 66,666 devices of three members, six times what a call may name. */
export const parametersMax = 200_000
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
