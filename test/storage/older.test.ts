import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Client } from 'pg'
import type { Migration } from '../../src/storage/migrations.ts'
import { migrations } from '../../src/storage/postgres/migrate.ts'
import { postgresTables } from '../../src/storage/postgres/table-store.ts'
import { migrate, migrationsOf } from '../../src/storage/sqlite/migrate.ts'
import { freshDatabase } from '../support/postgres.ts'

// A store that was made before batches had a kind.

const before = (all: readonly Migration[]) => all.filter(({ name }) => name < '0003')
const namesFrom0003 = (all: readonly Migration[]) =>
  all.map(({ name }) => name).filter((name) => name >= '0003')
const applied = (all: readonly Migration[]) =>
  before(all).map(({ name, checksum }) => `INSERT INTO migration VALUES ('${name}', '${checksum}')`)

/** @param no how the database writes false, @param bytes an empty value of bytes */
const content = (no: string, bytes: string, own: string) => [
  `INSERT INTO account (id, uid, name, created_at) ${own} VALUES (1, '1', 'main', 1)`,
  `INSERT INTO data_key (id, wrapped) ${own} VALUES (100, ${bytes})`,
  `INSERT INTO instance (id, account, kind, name, created_at) ${own} VALUES (1, 1, 'public', 'p', 1)`,
  ...['one-party', 'secret'].map(
    (authType, i) =>
      `INSERT INTO product (id, instance, product_key, name, auth_type, node_type, data_format, net_type, description,
         commodity_code, data_key, sealed_secret, created_at) ${own}
       VALUES (${i + 1}, 1, 'pk${i}', 'name${i}', '${authType}', 0, 0, 'OTHER', '', 'iothub_senior', 100, ${bytes}, 1)`,
  ),
  ...[1, 2].map((product) => `INSERT INTO batch VALUES (${product}, 1, ${product}, ${product}, 1, 100, 1)`),
  `INSERT INTO checked_list VALUES (3, 1, 2, ${no}, '{"rows":[{"DeviceName":"aaaa"},{"DeviceName":"bbbb"}]}', 1)`,
]
const kinds = 'SELECT id, kind FROM batch ORDER BY id'
const told = [
  { id: 1, kind: 'Import' },
  { id: 2, kind: 'Register' },
]

test('an older store in SQLite learns the kinds of its batches and the sizes of its lists', () => {
  const database = new DatabaseSync(':memory:')
  const all = migrationsOf('roll')
  database.exec('CREATE TABLE migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL) STRICT')
  for (const sql of [...before(all).map(({ sql }) => sql), ...applied(all), ...content('0', `x''`, '')])
    database.exec(sql)
  assert.deepEqual(migrate(database, 'roll'), namesFrom0003(all))
  assert.deepEqual(
    database
      .prepare(kinds)
      .all()
      .map((row) => ({ ...row })),
    told,
  )
  assert.equal(database.prepare('SELECT size FROM checked_list').get()!.size, 2)
  database.close()
})

test('the same in PostgreSQL', async (t) => {
  const url = await freshDatabase(t)
  const client = new Client({ connectionString: url })
  await client.connect()
  const all = migrations()
  await client.query('CREATE TABLE migration (name text PRIMARY KEY, checksum text NOT NULL)')
  const statements = content('false', `''`, 'OVERRIDING SYSTEM VALUE')
  for (const sql of [...before(all).map(({ sql }) => sql), ...applied(all), ...statements])
    await client.query(sql)
  assert.deepEqual(await postgresTables(url).migrate(), namesFrom0003(all))
  assert.deepEqual(
    (await client.query(kinds)).rows.map(({ id, kind }) => ({ id: Number(id), kind })),
    told,
  )
  assert.equal((await client.query('SELECT size FROM checked_list')).rows[0].size, 2)
  await client.query(`INSERT INTO fact VALUES ('master_key_id', 'm')`)
  // A node of the former version still registers as before.
  await client.query(`SELECT * FROM begin_batch(NULL, 1, 1, 1, 'm', '', '', '{}', 1)`)
  assert.equal((await client.query(`${kinds} DESC`)).rows[0].kind, 'Import')
  await client.end()
})
