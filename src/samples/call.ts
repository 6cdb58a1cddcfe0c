import type { SignatureVersion } from '../client/sign.ts'

/** The API call that a sample makes. */
export interface SampledCall {
  readonly action: string
  readonly version: string
  /** Names as sent; those of a list as DeviceList.1.DeviceName. */
  readonly parameters: readonly Pair[]
  /** Such as http://127.0.0.1:8080, without a path. */
  readonly endpoint: string
  readonly signature: SignatureVersion
}

export type Pair = readonly [name: string, value: string]

/** Maximum list entries in a sample; longer lists are truncated. */
export const entriesMax = 50

/** The part of a call that a sample contains, ordered by name, with notes on the rest. */
export interface DisplayedCall {
  readonly parameters: readonly Pair[]
  /** Sentences for a comment; none if the sample is complete. */
  readonly remarks: readonly string[]
}

/**
 * Returns a call's parameters for a sample: sorted as the signature requires, and only the first entries of
 * each list, since a program of 30,000 lines is unreadable. Lone surrogates are replaced as UTF-8 encoders do.
 */
export function displayed({ parameters }: Pick<SampledCall, 'parameters'>): DisplayedCall {
  const lists = new Map<string, Set<number>>()
  for (const [name] of parameters) {
    const entry = entryOf(name)
    if (entry === undefined) continue
    const numbers = lists.get(entry.list) ?? new Set()
    lists.set(entry.list, numbers.add(entry.number))
  }
  const cut = new Map<string, number>()
  const remarks: string[] = []
  for (const [list, numbers] of lists) {
    if (numbers.size <= entriesMax) continue
    const last = [...numbers].sort((a, b) => a - b)[entriesMax - 1]!
    cut.set(list, last)
    remarks.push(
      `Only the first ${entriesMax} of the ${numbers.size} entries of ${list} are written out, and sent.`,
      `Add the others where your program has them, as ${list}.${last + 1} and so on.`,
    )
  }
  return {
    parameters: parameters
      .filter(([name]) => {
        const entry = entryOf(name)
        return entry === undefined || entry.number <= (cut.get(entry.list) ?? Number.POSITIVE_INFINITY)
      })
      .map(([name, value]): Pair => [name.toWellFormed(), value.toWellFormed()])
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    remarks,
  }
}

/** DeviceList.12.DeviceName is entry 12 of DeviceList. */
function entryOf(name: string): { readonly list: string; readonly number: number } | undefined {
  const [, list, number] = /^(\w+)\.([1-9]\d*)(?:\.|$)/.exec(name) ?? []
  return list === undefined ? undefined : { list, number: Number(number) }
}
