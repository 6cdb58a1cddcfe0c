import { schema } from './schema.ts'
import type { ColumnType, TableOf } from './table.ts'

export type { Cell } from './table.ts'

/*
 * What follows from the schema for a store as a whole: what is its content, and what is deleted with a product or a
 * device. A new table needs no entry here.
 */

const all: readonly TableOf[] = Object.values(schema)

/** The fact that a store is being filled as a whole: until it is deleted, the store must not be served. */
export { unfinishedFact } from './schema.ts'

/** A table as backups, copies and digests know it: its content, with the columns as the database names them. */
export interface Table {
  readonly name: string
  readonly columns: Readonly<Record<string, ColumnType>>
  readonly key: readonly string[]
  readonly rowsAtOnce: number
  readonly where?: string
}

/**
 * The content of a store. A row refers to rows of tables before its own, or to earlier ones of its own. What admission
 * records and what nodes note for each other isn't content.
 */
export const tables: readonly Table[] = all.flatMap(({ name, fields, key, rowsAtOnce, where }): Table[] => {
  if (rowsAtOnce === undefined) return []
  const columns = Object.fromEntries(
    fields.filter(({ local }) => !local).map(({ name, type }) => [name, type]),
  )
  const columnOf = (property: string) => fields.find((field) => field.property === property)!.name
  return [{ name, columns, key: key.map(columnOf), rowsAtOnce, ...(where !== undefined && { where }) }]
})

const withProduct = all
  .filter(({ name, columns }) => 'product' in columns && !['batch', 'session_change'].includes(name))
  .map(({ name }) => name)

/**
 * Tables whose rows are deleted with their product; batches have their own. Devices come first: what another
 * transaction is adding to a device is there when their rows are locked, and is deleted with the rest.
 */
export const tablesOfProduct: readonly string[] = [
  'device',
  ...withProduct.filter((name) => name !== 'device').reverse(),
]

/** Tables whose rows are deleted with their device, which they name by product and name. */
export const tablesOfDevice: readonly string[] = all
  .filter(({ name, columns }) => 'product' in columns && 'name' in columns && name !== 'device')
  .map(({ name }) => name)

/** The counters of a store, which never gives a number twice; they are copied with its tables. */
export const counterNames = [
  'device_number',
  'apply_id',
  'product',
  'data_key',
  'account',
  'ram_user',
  'instance',
  'device_group',
] as const

/** The number that each would give next. */
export type Counters = Readonly<Record<(typeof counterNames)[number], number>>
