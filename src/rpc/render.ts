import type { List, Members, Shape } from '../api/shape.ts'
import { ColumnRows } from '../lib/column-lists.ts'
import { jsonOfColumns, jsonOfLong } from './json.ts'
import { longMessageIn } from './long-message.ts'
import { entriesInColumns } from './render-columns.ts'
import { xmlOf, xmlOfLong } from './xml.ts'

export type Format = 'JSON' | 'XML'

/** Members that are written; undefined ones are left out. Values are text, numbers, booleans, lists and structs. */
export type Body = { readonly [name: string]: unknown }

/** The Content-Types that all clients take (wire-facts §3). */
export const contentTypes: Readonly<Record<Format, string>> = {
  JSON: 'application/json;charset=utf-8',
  XML: 'text/xml;charset=utf-8',
}

/** @param root the XML root element: Error, or <Action>Response */
export function render(format: Format, root: string, body: Body): string | Buffer {
  if (longMessageIn(body) !== undefined) return format === 'XML' ? xmlOfLong(root, body) : jsonOfLong(body)
  if (format === 'XML') return xmlOf(root, body)
  const entries = entriesInColumns(body)
  return entries === undefined ? JSON.stringify(body) : jsonOfColumns(body, entries)
}

/**
 * Answer members in declared order, wrapped lists as {item: […]}. JSON writes them as they are; in XML a bare
 * list becomes repeated siblings and an empty one nothing (wire-facts §5).
 */
export function inDeclaredOrder(members: Members, values: Readonly<Record<string, unknown>>): Body {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name]) => values[name] !== undefined)
      .map(([name, shape]) => [name, shaped(shape, values[name])]),
  )
}

function shaped(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'optional':
      return shaped(shape.of, value)
    case 'struct':
      return inDeclaredOrder(shape.members, value as Record<string, unknown>)
    case 'list':
      return shapedList(shape, value)
    default:
      return value
  }
}

function shapedList({ of, item }: List, value: unknown): unknown {
  const entries = item === undefined ? value : (value as Record<string, unknown>)[item]
  const list = of.kind === 'struct' || of.kind === 'list' ? shapedEntries(of, entries) : entries
  return item === undefined ? list : { [item]: list }
}

/** Rows that lie in columns have their members in order. */
function shapedEntries(of: Shape, entries: unknown): unknown {
  if (entries instanceof ColumnRows) return entries
  return Array.from(entries as Iterable<unknown>, (entry) => shaped(of, entry))
}
