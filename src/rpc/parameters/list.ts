import { isAscii, isUtf8 } from 'node:buffer'
import { absent, absentColumn, type Column, type Columns } from '../../lib/columns.ts'
import { nextInDecimalTree } from '../../lib/decimal.ts'
import { foreign } from '../../rules/kinds.ts'
import type { ListMember } from '../../wasm/list-scan.ts'
import { type Block, inOrder, type ParameterTable } from './table.ts'

/** The members of a list parameter: `<name>.<N>.<member>`, or `<name>.<N>` for the one member without a name. */
export interface ListForm {
  readonly name: string
  readonly members: readonly string[]
}

/** A parameter with the list's prefix that is malformed, with its fault. */
export class MalformedList extends Error {}

/**
 * The entries of a list in the order of their numbers, gaps closed, as many as there are.
 * @returns undefined when no parameter belongs to the list
 * @throws MalformedList naming the first offending parameter
 */
export function readList(table: ParameterTable, form: ListForm): Columns | undefined {
  refuseMalformed(table, form)
  const { block } = table
  const inBlock = block?.name === form.name
  const list = inBlock ? fromBlock(table, block, form) : fromPairs(table, form)
  // Only a list with other than ASCII pays for 30,000 looks at single values.
  const ascii = inBlock ? (block.kinds & foreign) === 0 : isAscii(table.bytes)
  if (list !== undefined && !ascii) refuseBrokenUtf8(list, form)
  return list?.columns
}

/** Columns and the number N that each entry had. */
interface Numbered {
  readonly columns: Columns
  readonly nth: (entry: number) => number
}

/** The first parameter in byte order that is not `<name>.<N>.<member>`, or is given twice. */
function refuseMalformed(table: ParameterTable, form: ListForm): void {
  const prefix = `${form.name}.`
  const members = new Set(form.members)
  let before: string | undefined
  for (const { name, length } of inOrder(table)) {
    if (name === form.name && length > 0) {
      throw new MalformedList(`${name} must be a list: ${nameIn(form, 1, form.members[0]!)}, and so on`)
    }
    if (!name.startsWith(prefix)) continue
    const [, number, member = ''] = /^([1-9][0-9]{0,9})(?:\.(.+))?$/s.exec(name.slice(prefix.length)) ?? []
    if (number === undefined || !members.has(member))
      refuseName(Buffer.from(name, 'latin1').toString('utf8'), form)
    if (name === before) throw new MalformedList(`${name} is given twice`)
    before = name
  }
  if (table.block?.name === form.name) refuseForeignMember(table.block, form)
}

function refuseForeignMember(block: Block, form: ListForm): void {
  const foreign = block.members.filter((member) => !form.members.includes(member.name))
  if (foreign.length === 0) return
  for (let n = 1, left = block.last; left > 0; left--, n = nextInDecimalTree(n, block.last)) {
    const member = foreign.find((member) => member.length[n] !== absent)
    if (member !== undefined) refuseName(nameIn(form, n, member.name), form)
  }
}

function refuseName(name: string, form: ListForm): never {
  const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name
  const taken = form.members.map((member) => nameIn(form, 'N', member)).join(', ')
  throw new MalformedList(`${shown} is not a parameter of this list; it takes ${taken} with N from 1`)
}

const nameIn = ({ name }: ListForm, n: number | 'N', member: string) =>
  `${name}.${n}${member === '' ? '' : `.${member}`}`

function fromBlock({ bytes }: ParameterTable, block: Block, form: ListForm): Numbered {
  const numbers = numbersIn(block)
  const columnOf = ({ start, length, kinds }: ListMember): Column => ({
    bytes,
    start: atNumbers(start, numbers),
    length: atNumbers(length, numbers),
    kinds: atNumbers(kinds, numbers),
    // Closed up they are elsewhere.
    ...(numbers.given === undefined && { loops: block.loops }),
  })
  const members = Object.fromEntries(
    form.members.map((name) => {
      const member = block.members.find((member) => member.name === name)
      return [name, member === undefined ? absentColumn(numbers.count) : columnOf(member)]
    }),
  )
  const nth = (entry: number) => numbers.given?.[entry] ?? entry + 1
  return { columns: { count: numbers.count, members, discarded: 0 }, nth }
}

/** The numbers that the entries of a block have; `given` is absent if they are 1 to `count`, as usual. */
interface Numbers {
  readonly count: number
  readonly given?: Int32Array
}

function numbersIn({ members, last }: Block): Numbers {
  // Most lists have some member in every entry.
  if (members.some(({ length }) => !length.subarray(1, last + 1).includes(absent))) return { count: last }
  const given = Int32Array.from({ length: last }, (_, i) => i + 1).filter((n) =>
    members.some(({ length }) => length[n] !== absent),
  )
  return { count: given.length, given }
}

/** The values at these numbers, without gaps. */
function atNumbers<T extends Int32Array | Uint8Array>(of: T, { count, given }: Numbers): T {
  if (given === undefined) return of.subarray(1, count + 1) as T
  return of.slice(0, count).map((_, entry) => of[given[entry]!]!) as T
}

function fromPairs({ bytes, pairs }: ParameterTable, form: ListForm): Numbered | undefined {
  const prefix = `${form.name}.`
  const mine = pairs.filter((pair) => pair.name.startsWith(prefix))
  if (mine.length === 0) return undefined
  const place = (name: string) => {
    const [number, ...member] = name.slice(prefix.length).split('.')
    return { n: Number(number), member: member.join('.') }
  }
  const numbers = [...new Set(mine.map((pair) => place(pair.name).n))].sort((a, b) => a - b)
  const entryOf = new Map(numbers.map((n, entry) => [n, entry]))
  const columns = new Map(
    form.members.map((name) => [
      name,
      { bytes, start: new Int32Array(numbers.length), length: new Int32Array(numbers.length).fill(absent) },
    ]),
  )
  for (const pair of mine) {
    const { n, member } = place(pair.name)
    const column = columns.get(member)!
    column.start[entryOf.get(n)!] = pair.start
    column.length[entryOf.get(n)!] = pair.length
  }
  return {
    columns: { count: numbers.length, members: Object.fromEntries(columns), discarded: 0 },
    nth: (entry) => numbers[entry]!,
  }
}

function refuseBrokenUtf8({ columns, nth }: Numbered, form: ListForm): void {
  for (let entry = 0; entry < columns.count; entry++) {
    for (const name of form.members) {
      const { bytes, start, length } = columns.members[name]!
      const from = start[entry]!
      const to = from + length[entry]!
      if (length[entry] !== absent && !isUtf8(bytes.subarray(from, to))) {
        throw new MalformedList(`The value of ${nameIn(form, nth(entry), name)} is not UTF-8`)
      }
    }
  }
}
