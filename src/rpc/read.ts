import type { Action } from '../api/action.ts'
import { Failure } from '../api/failures.ts'
import type { Bool, DeviceColumns, Int, Rows, Shape, Text } from '../api/shape.ts'
import { absent, type Column, type Columns, textAt } from '../lib/columns.ts'
import { displayed } from '../lib/displayed.ts'
import { enforce, wholeNumber } from './constraints.ts'
import { MalformedList, readList } from './parameters/list.ts'
import { hasNul, textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** The handling of list entries beyond the maximum: as documented for the action, or always the same. */
export type ListOverflow = 'documented' | 'discard' | 'reject'

/**
 * An action's parameters, typed as declared. They are validated here and nowhere else.
 * @throws Refusal Missing<Name> or Invalid<Name>; Failure for a list or a value, as the action declares
 */
export function readParameters<R>(
  action: Action<R>,
  table: ParameterTable,
  overflow: ListOverflow,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(action.parameters).map(([name, shape]) => [
      name,
      readParameter(name, shape, action, table, overflow),
    ]),
  )
}

function readParameter<R>(
  name: string,
  shape: Shape,
  action: Action<R>,
  table: ParameterTable,
  overflow: ListOverflow,
): unknown {
  switch (shape.kind) {
    case 'columns':
      return readColumns(name, shape, action, table, overflow)
    case 'rows':
      return readRows(name, shape, table)
    case 'texts': {
      const member = { required: true, doc: shape.doc }
      const rows = readRows(name, { ...shape, kind: 'rows', members: { '': member } }, table)
      const texts = rows.map((row) => row['']!)
      texts.forEach((text, i) => {
        enforce(`${name}.${i + 1}`, text, shape.constraints)
      })
      return texts
    }
    default:
      return readScalar(name, shape, table)
  }
}

function readScalar(name: string, shape: Shape, table: ParameterTable): unknown {
  const text = textParameter(table, name)
  const of = shape.kind === 'optional' ? shape.of : shape
  if (of.kind !== 'text' && of.kind !== 'int' && of.kind !== 'bool')
    throw new Error(`${name}: a parameter cannot be a ${of.kind}`)
  if (text === undefined) {
    if (shape.kind === 'optional') return of.constraints?.default
    throw new Refusal('MissingParameter', { name })
  }
  const value = readText(name, text, of)
  enforce(name, value, of.constraints)
  return value
}

function readText(name: string, text: string, shape: Text | Int | Bool): string | number | boolean {
  if (shape.kind === 'text') return text
  if (shape.kind === 'int') return wholeNumber(name, text, shape.constraints)
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  throw new Refusal('InvalidParameter', { name, reason: `It must be true or false, not ${displayed(text)}.` })
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

/** Reads a short list; the gateway refuses every fault in it. */
function readRows(name: string, shape: Rows, table: ParameterTable): Record<string, string | undefined>[] {
  const list = readShortList(name, Object.keys(shape.members), table)
  if (list === undefined) {
    if (shape.required) throw new Refusal('MissingParameter', { name })
    return []
  }
  if (list.count > shape.max) {
    const reason = `It has ${list.count} entries; a call takes ${shape.max}.`
    throw new Refusal('InvalidParameter', { name, reason })
  }
  return Array.from({ length: list.count }, (_, entry) =>
    Object.fromEntries(
      Object.entries(shape.members).map(([member, { required }]) => {
        const text = textAt(list.members[member]!, entry) || undefined
        if (text === undefined && required) {
          const path = member === '' ? '' : `.${member}`
          throw new Refusal('MissingParameter', { name: `${name}.${entry + 1}${path}` })
        }
        if (text !== undefined && hasNul(text)) {
          const reason = `Entry ${entry + 1} has the character U+0000.`
          throw new Refusal('InvalidParameter', { name, reason })
        }
        return [member, text]
      }),
    ),
  )
}

function readShortList(name: string, members: readonly string[], table: ParameterTable): Columns | undefined {
  try {
    return readList(table, { name, members })
  } catch (error) {
    if (error instanceof MalformedList) {
      throw new Refusal('InvalidParameter', { name, reason: `${error.message}.` })
    }
    throw error
  }
}

function emptyList(members: readonly string[]): Columns {
  const none: Column = {
    bytes: Buffer.alloc(0),
    start: new Int32Array(),
    length: new Int32Array().fill(absent),
  }
  return { count: 0, members: Object.fromEntries(members.map((member) => [member, none])), discarded: 0 }
}
