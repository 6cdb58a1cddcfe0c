import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Client } from 'pg'
import { postgresTables } from '../../src/storage/postgres/table-store.ts'
import { sqliteTables } from '../../src/storage/sqlite/table-store.ts'
import { tables } from '../../src/storage/tables.ts'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryFolder } from '../transfer/stores.ts'

// A table or column that is in a schema and not in the list would be in no backup and no copy.

const listed = tables
  .flatMap(({ name, columns }) => Object.keys(columns).map((column) => `${name}.${column}`))
  .sort()

/** What is no content of a store: admission's, and a driver's own. */
const own =
  /^(migration|commit_mark|nonce|quota_window|recent_call|call_count|counter|node|session_change|connection_event|traffic)\.|^name_change\.id$|^device_session\.(node|epoch|online|former_node|resumed)$/

test('the list of tables has all that the SQLite schema has', async (t) => {
  const folder = temporaryFolder(t)
  await sqliteTables(folder).migrate()
  const database = new DatabaseSync(join(folder, 'roll.db'))
  const columns = database
    .prepare(
      `SELECT t.name || '.' || c.name AS it FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'`,
    )
    .all()
    .map(({ it }) => it as string)
  database.close()
  assert.deepEqual(columns.filter((column) => !own.test(column)).sort(), listed)
})

test('the list of tables has all that the PostgreSQL schema has', async (t) => {
  const url = await freshDatabase(t)
  await postgresTables(url).migrate()
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    `SELECT table_name || '.' || column_name AS it FROM information_schema.columns WHERE table_schema = 'public'`,
  )
  await client.end()
  assert.deepEqual(
    rows
      .map(({ it }) => it)
      .filter((column) => !own.test(column))
      .sort(),
    listed,
  )
})
