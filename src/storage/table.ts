/*
 * How schema.ts declares tables, and the types of rows that follow from a declaration. A column is declared under the
 * name that its value has in TypeScript, camelCase; the database has the same name in snake_case.
 */

/** Types of columns. Only PostgreSQL has the last two, and no backup has them. */
export type ColumnType = 'integer' | 'text' | 'bytes' | 'boolean' | 'uuid' | 'timestamp'

/** A value of a row in a backup or a copy; integers stay below 2^53. */
export type Cell = string | number | boolean | Uint8Array | null

export type DriverName = 'sqlite' | 'postgres'

/** A column whose values are `Value` in TypeScript. `Generated` is true if an insert may omit it. */
export interface Column<Value = unknown, Generated extends boolean = boolean> {
  readonly type: ColumnType
  /** NULL in the database, undefined in TypeScript. */
  readonly nullable?: boolean
  /** The database has a default for it, or numbers the rows. */
  readonly generated?: Generated
  /**
   * - `json`: a text that is parsed when it is read
   * - `utf8`: a text that is read as its UTF-8 bytes; SQLite stores it as a BLOB, so that no copy is decoded
   */
  readonly form?: 'json' | 'utf8'
  /** Belongs to the database where it is, such as the node that has a device: backups and copies leave it out. */
  readonly local?: boolean
  /** The only driver that has the column. */
  readonly only?: DriverName
  /** Never set: it carries the type. */
  readonly value?: Value
}

type Columns = Readonly<Record<string, Column>>

/** The declaration of a table, without its name. */
export interface Declaration<Of extends Columns = Columns> {
  readonly columns: Of
  /** Columns that identify a row of content; backups and copies read rows in their order, texts byte for byte. */
  readonly key: readonly string[]
  /** How many rows of content a backup or a copy reads or writes at once. Undefined: the table is not content. */
  readonly rowsAtOnce?: number
  readonly where?: string
  /** The only driver that has the table. */
  readonly only?: DriverName
  /** The database file of SQLite that has the table; roll unless given. */
  readonly file?: 'roll' | 'gate'
}

/** A table with its name and, in the order of its declaration, its columns as the database names them. */
export interface TableOf<Of extends Columns = Columns> extends Declaration<Of> {
  readonly name: string
  readonly fields: readonly Field[]
}

export interface Field extends Column {
  readonly property: string
  readonly name: string
}

/** A row of a table as the port returns it. */
export type RowOf<T extends TableOf> = {
  readonly [P in keyof T['columns']]: T['columns'][P] extends Column<infer Value> ? Value : never
}

type GeneratedIn<Of extends Columns> = {
  [P in keyof Of]: Of[P] extends Column<unknown, true> ? P : never
}[keyof Of]

/** A row to insert, without what the database generates. */
export type NewRow<T extends TableOf> = Omit<RowOf<T>, GeneratedIn<T['columns']>>

/** Values for columns that the database would generate. */
export type Generated<T extends TableOf> = Partial<Pick<RowOf<T>, GeneratedIn<T['columns']>>>

export const integer: Column<number, false> = { type: 'integer' }
export const text: Column<string, false> = { type: 'text' }
export const bytes: Column<Buffer, false> = { type: 'bytes' }
export const boolean: Column<boolean, false> = { type: 'boolean' }
export const uuid: Column<string, false> = { type: 'uuid' }
export const timestamp: Column<Date, false> = { type: 'timestamp' }
export const utf8: Column<Uint8Array, false> = { type: 'text', form: 'utf8' }

/** A text that is one of a few. */
export const oneOf = <Value extends string>(): Column<Value, false> => ({ type: 'text' })

/** A value that the database has as the text of its JSON. */
export const json = <Value>(): Column<Value, false> => ({ type: 'text', form: 'json' })

export const nullable = <Value>(column: Column<Value, false>): Column<Value | undefined, false> => ({
  ...column,
  nullable: true,
})

export const generated = <Value>(column: Column<Value, boolean>): Column<Value, true> => ({
  ...column,
  generated: true,
})

export const local = <Value, Generated extends boolean>(
  column: Column<Value, Generated>,
): Column<Value, Generated> => ({ ...column, local: true })

export const onlyIn = <Value, Generated extends boolean>(
  only: DriverName,
  column: Column<Value, Generated>,
): Column<Value, Generated> => ({ ...column, only })

/**
 * Declares a table that is content of the store: backups and copies have it.
 * @param rowsAtOnce how many rows they read or write at once: a few megabytes at most
 * @param where the rows that are content, as SQL; the others are notes
 */
export const content = <const Of extends Columns>(
  key: readonly (keyof Of & string)[],
  rowsAtOnce: number,
  columns: Of,
  where?: string,
): Declaration<Of> => ({ columns, key, rowsAtOnce, ...(where !== undefined && { where }) })

/** Declares a table of what nodes note for each other, such as used nonces. Backups and copies leave it out. */
export const note = <const Of extends Columns>(
  options: Pick<Declaration, 'file' | 'only'>,
  columns: Of,
): Declaration<Of> => ({ columns, key: [], ...options })

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Names tables after their keys: deviceTag becomes device_tag. */
export function named<Tables extends Readonly<Record<string, Declaration>>>(tables: Tables) {
  const entries = Object.entries(tables).map(([name, declaration]) => {
    const fields = Object.entries(declaration.columns).map(
      ([property, column]): Field => ({ ...column, property, name: snakeCase(property) }),
    )
    return [name, { ...declaration, name: snakeCase(name), fields }] as const
  })
  return Object.fromEntries(entries) as unknown as {
    readonly [T in keyof Tables]: Tables[T] extends Declaration<infer Of> ? TableOf<Of> : never
  }
}
