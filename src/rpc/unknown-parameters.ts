import type { Action } from '../api/action.ts'
import { absent } from '../lib/columns.ts'
import { nextInDecimalTree } from '../lib/decimal.ts'
import { commonNames } from './parameters/common.ts'
import { type Block, inOrder, type ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** The version of Rollcall's own operations, which refuse parameters that they don't have (decision 0027). */
const ownVersion = '2026-11-01'

/**
 * Parameters that any call may carry: the common ones (wire-facts §1), and those that clients of the cloud send
 * whatever the operation is.
 */
const ofAnyCall = [
  ...commonNames,
  'RegionId',
  'ServiceCode',
  'AccountId',
  'IotInstanceId',
  'ApiProduct',
  'ApiRevision',
]

/** The most unknown parameters of a call that are named, and the most bytes of each name. */
const namesMax = 10
const nameBytesMax = 64

/** The names that an action knows: of single parameters, and what the names of list members begin with. */
interface Known {
  readonly singles: ReadonlySet<string>
  readonly lists: readonly string[]
}

const known = new WeakMap<object, Known>()

function knownOf({ parameters }: Pick<Action<never>, 'parameters'>): Known {
  let of = known.get(parameters)
  if (of === undefined) {
    const lists = Object.entries(parameters)
      .filter(([, { kind }]) => kind === 'columns' || kind === 'rows' || kind === 'texts')
      .map(([name]) => `${name}.`)
    of = { singles: new Set([...ofAnyCall, ...Object.keys(parameters)]), lists }
    known.set(parameters, of)
  }
  return of
}

/**
 * The parameters of a call that its action doesn't know, the first ten in byte order, as they can be reported. What
 * begins as the members of one of its lists do is left to the list, which refuses malformed ones.
 */
export function unknownParameters(
  action: Pick<Action<never>, 'parameters'>,
  table: ParameterTable,
): readonly string[] {
  const { singles, lists } = knownOf(action)
  const names = new Set<string>()
  for (const { name } of inOrder(table)) {
    if (singles.has(name) || lists.some((prefix) => name.startsWith(prefix))) continue
    names.add(name)
    if (names.size === namesMax) break
  }
  const { block } = table
  if (block !== undefined && !lists.includes(`${block.name}.`))
    for (const name of firstNamesOf(block)) names.add(name)
  return [...new Set([...names].sort().slice(0, namesMax).map(reported))]
}

/** The first names in a block, in byte order. */
function firstNamesOf({ name, members, last }: Block): string[] {
  const names: string[] = []
  for (let n = 1, left = last; left > 0 && names.length < namesMax; left--, n = nextInDecimalTree(n, last)) {
    const given = members.filter(({ length }) => length[n] !== absent)
    names.push(...given.map((member) => `${name}.${n}${member.name === '' ? '' : `.${member.name}`}`).sort())
  }
  return names
}

/**
 * A parameter's name as header, log and message have it, in ASCII that needs no quotes. It is cut, with `...` behind
 * it, where it is too long and at the first ASCII character that no parameter's name has: what follows may be a
 * value, such as the secrets of a JSON text that was sent as a form. Bytes beyond ASCII are percent-encoded.
 * @param name the bytes as latin1
 */
function reported(name: string): string {
  const [start = ''] = /^[\w.\-\x80-\xff]*/.exec(name.slice(0, nameBytesMax)) ?? []
  const ascii = start.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
  return start.length < name.length ? `${ascii}...` : ascii
}

/**
 * Refuses unknown parameters where the operation is Rollcall's own: a misspelt `Allow.1` must not leave a RAM user
 * with nothing. The cloud's operations ignore them, as the cloud does.
 * @param unknown what `unknownParameters` gave
 * @throws Refusal InvalidParameter naming the first one
 */
export function refuseUnknown(
  { name, version, parameters }: Pick<Action<never>, 'name' | 'version' | 'parameters'>,
  unknown: readonly string[],
): void {
  if (version !== ownVersion || unknown.length === 0) return
  const { lists } = knownOf({ parameters })
  const taken = Object.keys(parameters).map((one) => (lists.includes(`${one}.`) ? `${one}.N` : one))
  const reason = taken.length === 0 ? 'no parameters of its own' : taken.join(', ')
  throw new Refusal('InvalidParameter.Unknown', { name: unknown[0]!, action: name, taken: reason })
}
