import type { Action } from '../api/action.ts'
import { Failure } from '../api/failures.ts'
import type { DeviceColumns, Shape } from '../api/shape.ts'
import { absent, type Column, type Columns } from '../lib/columns.ts'
import { shown } from '../lib/text.ts'
import { MalformedList, readList } from './parameters/list.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** What happens to entries of a list beyond its maximum: as the documents say of the action, or always one. */
export type ListOverflow = 'documented' | 'discard' | 'reject'

/**
 * An action's parameters, typed as declared. Judged here, trusted afterwards.
 * @throws Refusal Missing<Name> or Invalid<Name>; Failure for a list, as the action declares
 */
export function readParameters<R>(
  action: Action<R>,
  table: ParameterTable,
  overflow: ListOverflow,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(action.parameters).map(([name, shape]) => [
      name,
      shape.kind === 'columns'
        ? readColumns(name, shape, action, table, overflow)
        : readScalar(name, shape, table),
    ]),
  )
}

function readScalar(name: string, shape: Shape, table: ParameterTable): unknown {
  const text = textParameter(table, name)
  const of = shape.kind === 'optional' ? shape.of : shape
  if (text === undefined) {
    if (shape.kind === 'optional') return undefined
    throw new Refusal('MissingParameter', { name })
  }
  switch (of.kind) {
    case 'text':
      return text
    case 'int': {
      const { min = -(2 ** 31), max = 2 ** 31 - 1 } = of
      const number = /^-?\d{1,18}$/.test(text) ? Number(text) : Number.NaN
      if (number >= min && number <= max) return number
      const reason = `It must be a whole number from ${min} to ${max}, not ${shown(text)}.`
      throw new Refusal('InvalidParameter', { name, reason })
    }
    case 'bool':
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
      throw new Refusal('InvalidParameter', { name, reason: `It must be true or false, not ${shown(text)}.` })
    default:
      throw new Error(`${name}: a parameter cannot be a ${of.kind}`)
  }
}

function readColumns<R>(
  name: string,
  shape: DeviceColumns,
  action: Action<R>,
  table: ParameterTable,
  overflow: ListOverflow,
): Columns {
  const { malformed, tooLong } = action.listFailures!
  const members = Object.keys(shape.members)
  let list: Columns | undefined
  try {
    list = readList(table, { name, members })
  } catch (error) {
    if (error instanceof MalformedList) throw new Failure(malformed, `${error.message}.`)
    throw error
  }
  if (list === undefined) return emptyList(members)
  if (list.count <= shape.max) return list
  if ((overflow === 'documented' ? shape.overflow : overflow) === 'reject') {
    throw new Failure(tooLong, `It has ${list.count} entries; a call takes ${shape.max}.`)
  }
  return { ...list, count: shape.max, discarded: list.count - shape.max }
}

function emptyList(members: readonly string[]): Columns {
  const none: Column = {
    bytes: Buffer.alloc(0),
    start: new Int32Array(),
    length: new Int32Array().fill(absent),
  }
  return { count: 0, members: Object.fromEntries(members.map((member) => [member, none])), discarded: 0 }
}
