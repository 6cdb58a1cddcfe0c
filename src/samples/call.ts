import type { SignatureVersion } from '../client/sign.ts'

/** A call of the API that a sample shows. */
export interface SampledCall {
  readonly action: string
  readonly version: string
  /** Names as they are sent: a list's as DeviceList.1.DeviceName. */
  readonly parameters: readonly Pair[]
  /** Such as http://127.0.0.1:8080; nothing follows it. */
  readonly endpoint: string
  readonly signature: SignatureVersion
}

export type Pair = readonly [name: string, value: string]

/** Entries of one list that a sample writes out; a longer one is cut. */
export const entriesMax = 50

/** What of a call a sample writes out, in order of names, and what it must say of the rest. */
export interface DisplayedCall {
  readonly parameters: readonly Pair[]
  /** Sentences for a comment; none where everything is written out. */
  readonly remarks: readonly string[]
}

/**
 * A call's parameters as a sample writes them out: sorted as the signature wants them, and of each list only the
 * first entries, because nobody reads a program of 30,000 lines. Lone surrogates, which are no text, are replaced
 * as every encoder of UTF-8 does.
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
