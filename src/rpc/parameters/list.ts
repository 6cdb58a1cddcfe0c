import { isAscii, isUtf8 } from 'node:buffer'
import { absent, type Column, type Columns } from '../../lib/columns.ts'
import { nextInDecimalTree } from './canonical.ts'
import { type Block, inOrder, type ParameterTable } from './table.ts'

/** What a list parameter may hold: `<name>.<N>.<member>`, or `<name>.<N>` for the one member without a name. */
export interface ListForm {
  readonly name: string
  readonly members: readonly string[]
}

/** A parameter that begins as the list's do but is none, with what is wrong with it. */
export class MalformedList extends Error {}

/**
 * The entries of a list in the order of their numbers, gaps closed, as many as there are.
 * @returns undefined when no parameter belongs to the list
 * @throws MalformedList naming the first offending parameter
 */
export function readList(table: ParameterTable, form: ListForm): Columns | undefined {
  refuseMalformed(table, form)
  const { block } = table
  const columns = block?.name === form.name ? fromBlock(table, block, form) : fromPairs(table, form)
  // One look at all bytes spares 30,000 looks at single values; only a list with other than ASCII pays.
  if (columns !== undefined && !isAscii(table.bytes)) refuseBrokenUtf8(columns, form)
  return columns?.columns
}

/** Columns and the number N that each entry had. */
interface Numbered {
  readonly columns: Columns
  readonly numbers: readonly number[] | Int32Array
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
    const member = foreign.find((member) => member.lengthPlusOne[n] !== 0)
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
  const given: number[] = []
  for (let n = 1; n <= block.last; n++) {
    if (block.members.some((member) => member.lengthPlusOne[n] !== 0)) given.push(n)
  }
  const members: Record<string, Column> = {}
  for (const name of form.members) {
    const start = new Int32Array(given.length)
    const length = new Int32Array(given.length).fill(absent)
    const member = block.members.find((member) => member.name === name)
    if (member !== undefined) {
      for (let entry = 0; entry < given.length; entry++) {
        const n = given[entry]!
        start[entry] = member.start[n]!
        length[entry] = member.lengthPlusOne[n]! - 1
      }
    }
    members[name] = { bytes, start, length }
  }
  return { columns: { count: given.length, members, discarded: 0 }, numbers: given }
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
  return { columns: { count: numbers.length, members: Object.fromEntries(columns), discarded: 0 }, numbers }
}

function refuseBrokenUtf8({ columns, numbers }: Numbered, form: ListForm): void {
  for (let entry = 0; entry < columns.count; entry++) {
    for (const name of form.members) {
      const { bytes, start, length } = columns.members[name]!
      const from = start[entry]!
      const to = from + length[entry]!
      if (length[entry] !== absent && !isUtf8(bytes.subarray(from, to))) {
        throw new MalformedList(`The value of ${nameIn(form, numbers[entry]!, name)} is not UTF-8`)
      }
    }
  }
}
