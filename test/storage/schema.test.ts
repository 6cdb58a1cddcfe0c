import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Client } from 'pg'
import { postgresTables } from '../../src/storage/postgres/table-store.ts'
import { schema } from '../../src/storage/schema.ts'
import { sqliteTables } from '../../src/storage/sqlite/table-store.ts'
import type { DriverName, Field, TableOf } from '../../src/storage/table.ts'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryFolder } from '../transfer/stores.ts'

/*
 * The migrations of both drivers create exactly the tables that the schema declares, with the same columns and types.
 * Only the record of the migrations is not in the schema.
 */

/** A column as a database describes it. */
interface Found {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  /** Whether an insert may omit it, though it is not nullable. */
  readonly generated: boolean
}

const declared: readonly TableOf[] = Object.values(schema)
const isIn =
  (driver: DriverName) =>
  ({ only = driver }: { readonly only?: DriverName }) =>
    only === driver

function assertDeclared(
  found: readonly Found[],
  driver: DriverName,
  typeOf: (field: Field) => string,
  inFile: (table: TableOf) => boolean = () => true,
): void {
  const fields = declared
    .filter(isIn(driver))
    .filter(inFile)
    .flatMap((table) => table.fields.filter(isIn(driver)).map((field) => ({ table: table.name, ...field })))
  assert.deepEqual(
    found
      .map(({ table, name, type, nullable }) => ({ column: `${table}.${name}`, type, nullable }))
      .sort(byColumn),
    fields
      .map((field) => ({
        column: `${field.table}.${field.name}`,
        type: typeOf(field),
        nullable: field.nullable ?? false,
      }))
      .sort(byColumn),
  )
  const generated = new Set(
    found.filter(({ generated }) => generated).map(({ table, name }) => `${table}.${name}`),
  )
  for (const { table, name, generated: omitted } of fields)
    if (omitted) assert.ok(generated.has(`${table}.${name}`), `an insert may omit ${table}.${name}`)
}

const byColumn = (a: { column: string }, b: { column: string }) => (a.column < b.column ? -1 : 1)

for (const file of ['roll', 'gate'] as const) {
  test(`the migrations of ${file}.db create the tables of the schema`, async (t) => {
    const folder = temporaryFolder(t)
    await sqliteTables(folder).migrate()
    const database = new DatabaseSync(join(folder, `${file}.db`))
    const columns = database
      .prepare(
        `SELECT t.name AS "table", c.name, c.type, c."notnull" = 0 AND c.pk = 0 AS nullable,
           c.dflt_value IS NOT NULL OR c.pk = 1 AND c.type = 'INTEGER' AS generated
         FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND t.name <> 'migration'`,
      )
      .all() as unknown as (Omit<Found, 'nullable' | 'generated'> & { nullable: number; generated: number })[]
    database.close()
    const found = columns.map((column) => ({
      ...column,
      nullable: column.nullable === 1,
      generated: column.generated === 1,
    }))
    const typeOf = ({ type, form }: Field) =>
      form === 'utf8' || type === 'bytes' ? 'BLOB' : type === 'text' ? 'TEXT' : 'INTEGER'
    assertDeclared(found, 'sqlite', typeOf, (table) => (table.file ?? 'roll') === file)
  })
}

test('the migrations of PostgreSQL create the tables of the schema', async (t) => {
  const url = await freshDatabase(t)
  await postgresTables(url).migrate()
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Found>(
    `SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type, c.is_nullable = 'YES' AS nullable,
       c.column_default IS NOT NULL OR c.is_identity = 'YES' AS generated
     FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.table_name <> 'migration'`,
  )
  await client.end()
  const types = { bytes: 'bytea', timestamp: 'timestamp with time zone' } as const
  // PostgreSQL has two sizes of integers.
  const found = rows.map((row) => ({ ...row, type: row.type === 'bigint' ? 'integer' : row.type }))
  assertDeclared(found, 'postgres', ({ type }) => types[type as keyof typeof types] ?? type)
})
