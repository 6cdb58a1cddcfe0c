import type { Field, Generated, NewRow, RowOf, TableOf } from './table.ts'

/** A row as a driver has it, with the types that the schema gives to its columns. */
// biome-ignore lint/suspicious/noExplicitAny: test/storage/schema.test.ts proves the types.
export type Row = Record<string, any>

export const buffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const maybe = <T>(row: Row | undefined, read: (row: Row) => T): T | undefined =>
  row === undefined ? undefined : read(row)

/** The expression that reads a column from `row`. SQLite has 0 and 1 for false and true. */
function reading({ name, type, nullable, form }: Field, prefix: string): string {
  const value = `row.${prefix}${name}`
  const read =
    form === 'utf8'
      ? `utf8(${value})`
      : form === 'json'
        ? `JSON.parse(${value})`
        : type === 'bytes'
          ? `buffer(${value})`
          : type === 'boolean'
            ? `Boolean(${value})`
            : value
  return nullable ? `${value} === null ? undefined : ${read}` : read
}

const utf8 = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value) : value

/**
 * Makes the function that reads rows of a table. It is compiled: a loop over the columns takes three times as long,
 * and each call reads the row of a product.
 *
 * @param properties the ones to read; all if not given
 * @param prefix what the names of the row's columns begin with
 */
export function reader<T extends TableOf, P extends keyof RowOf<T> = keyof RowOf<T>>(
  { fields }: T,
  properties?: readonly P[],
  prefix = '',
): (row: Row) => Pick<RowOf<T>, P> {
  const read = fields.filter(({ property }) => properties?.includes(property as P) ?? true)
  const members = read.map((field) => `${field.property}: ${reading(field, prefix)}`)
  const compiled = new Function('buffer', 'utf8', `return (row) => ({ ${members.join(', ')} })`)
  return compiled(buffer, utf8)
}

/** Names of a table's columns for a SELECT, `name AS prefix_name` if there is a prefix. */
export const columnsOf = <T extends TableOf>(
  { fields }: T,
  properties?: readonly (keyof RowOf<T>)[],
  alias = '',
): string =>
  fields
    .filter(({ property }) => properties?.includes(property) ?? true)
    .map(({ name }) => (alias === '' ? name : `${alias}.${name} AS ${alias}_${name}`))
    .join(', ')

/** SQL in the place of a value, such as a call of a function. Each ? in it takes one of the values. */
export class Sql {
  readonly text: string
  readonly values: readonly Bound[]
  constructor(text: string, ...values: readonly Bound[]) {
    this.text = text
    this.values = values
  }
}

/** A value as both drivers bind it. */
export type Bound = string | number | boolean | Buffer | null

export type OrSql<R> = { readonly [P in keyof R]: R[P] | Sql }

/** The text of a statement and the values of its places. */
export interface Insertion {
  readonly text: string
  readonly values: readonly Bound[]
}

/**
 * The INSERT of a row. Other properties of the objects are ignored.
 * @param place the place of the n-th value, counted from 1, as the driver writes it
 * @param generated values for columns that the database would generate
 */
export function insertion<T extends TableOf>(
  { name, fields }: T,
  row: OrSql<NewRow<T>>,
  place: (n: number) => string,
  generated: Generated<T> = {},
): Insertion {
  const names: string[] = []
  const places: string[] = []
  const values: Bound[] = []
  const next = (value: Bound) => place(values.push(value))
  for (const field of fields) {
    const from: Readonly<Record<string, unknown>> = field.generated ? generated : row
    const value = from[field.property]
    if (field.generated && value === undefined) continue
    names.push(field.name)
    if (value instanceof Sql) {
      let n = 0
      places.push(value.text.replaceAll('?', () => next(value.values[n++]!)))
    } else if (value === undefined) places.push(next(null))
    else places.push(next(field.form === 'json' ? JSON.stringify(value) : (value as Bound)))
  }
  return { text: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${places.join(', ')})`, values }
}
