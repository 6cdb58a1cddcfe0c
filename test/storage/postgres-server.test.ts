import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Client } from 'pg'
import { freshDatabase, privateServer } from '../support/postgres.ts'

async function query(url: string, text: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('each test has its own empty database', async (t) => {
  const [one, other] = await Promise.all([freshDatabase(t), freshDatabase(t)])
  await query(one, 'CREATE TABLE device (name text PRIMARY KEY)')
  await assert.rejects(query(other, 'TABLE device'), /relation "device" does not exist/)
  const [row] = await query(other, 'SELECT version(), current_setting($$server_encoding$$) AS encoding')
  assert.match(row.version, /^PostgreSQL \d+/)
  assert.equal(row.encoding, 'UTF8')
  await assert.rejects(query(one, 'CREATE ROLE another'), /permission denied to create role/)
})

test('committed data survives killing the server', async (t) => {
  const server = await privateServer(t)
  await query(server.url(), 'CREATE TABLE device AS SELECT generate_series(1, 1000) AS id')
  const client = new Client({ connectionString: server.url() })
  const lost = once(client, 'error')
  await client.connect()
  await server.kill9()
  await lost
  await assert.rejects(query(server.url(), 'SELECT 1'), /ECONNREFUSED/)
  await server.start()
  assert.deepEqual(await query(server.url(), 'SELECT count(*) FROM device'), [{ count: '1000' }])
  assert.match(server.log(), /database system was not properly shut down/)
})

test('a server that is still recovering can be killed again', async (t) => {
  const server = await privateServer(t)
  await server.kill9()
  const started = assert.rejects(server.start(), /^Error: postgres: /)
  await server.kill9()
  await started
  await server.start()
  assert.deepEqual(await query(server.url(), 'SELECT 1 AS one'), [{ one: 1 }])
})

test('a server that does not start reports the reason', async (t) => {
  const { port } = await privateServer(t)
  await assert.rejects(privateServer(t, { port }), /127\.0\.0\.1.*Address already in use/)
})
