import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { cuttingProxy } from '../support/cutting-proxy.ts'
import { ask, devicesNamed, type Node, onPostgres, sharedStore } from '../support/nodes.ts'
import { freshDatabase } from '../support/postgres.ts'
import { send } from '../support/sign.ts'

const health = async ({ url }: Node) => (await send(url, { method: 'GET', path: '/healthz' })).status
const check = (node: Node) => ask(node, 'BatchCheckImportDevice', devicesNamed(['some-name']))

/** Asks until the answer is `status`; asking is all that is done meanwhile. */
async function healthBecomes(node: Node, status: number): Promise<void> {
  while ((await health(node)) !== status);
}

test('a PostgreSQL that hangs: health reports it at once, calls soon, and both recover', async (t) => {
  const proxy = await cuttingProxy(t, await freshDatabase(t))
  const shared = await sharedStore(t, 'PostgreSQL', proxy.url)
  const node = await shared.place.serve()
  assert.equal(await health(node), 200)
  assert.equal((await check(node)).body.Success, true)
  proxy.stall(true)
  const startedAt = performance.now()
  await healthBecomes(node, 503)
  // The last answer holds for a second, and a new one may take one; the rest is a busy machine's. A statement's own
  // timeout is five.
  assert.ok(performance.now() - startedAt < 4000)
  const { status, body } = await check(node)
  assert.deepEqual([status, body.Code], [503, 'ServiceUnavailable'])
  assert.match(
    node.process.stderr,
    /a call could not be answered.*timeout|timeout.*a call could not be answered/,
  )
  proxy.stall(false)
  await healthBecomes(node, 200)
  assert.equal((await check(node)).body.Success, true)
})

test('a read-only PostgreSQL: health and calls report it, and recover', async (t) => {
  const shared = await sharedStore(t, 'PostgreSQL')
  const node = await shared.place.serve()
  const name = new URL(shared.database!).pathname.slice(1)
  const readOnly = async (on: boolean) => {
    await onPostgres(shared.database!, `ALTER DATABASE ${name} SET default_transaction_read_only = ${on}`)
  }
  await readOnly(true)
  // As a failover does: the connections are lost, and the new ones lead to a server that may only be read.
  const others =
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user'
  await onPostgres(shared.database!, others)
  await healthBecomes(node, 503)
  const refused = await check(node)
  assert.deepEqual([refused.status, refused.body.Code], [503, 'ServiceUnavailable'])
  assert.match(node.process.stderr, /read-only transaction/)
  await onPostgres(
    shared.database!,
    `SET transaction_read_only = off; ALTER DATABASE ${name} SET default_transaction_read_only = off`,
  )
  await healthBecomes(node, 200)
  assert.equal((await check(node)).body.Success, true)
})

test('an admission file locked by another process: health and calls report it, and recover', async (t) => {
  const shared = await sharedStore(t, 'SQLite')
  const node = await shared.place.serve()
  const holder = new DatabaseSync(shared.place.file('data/gate.db'))
  t.after(() => holder.close())
  holder.exec('BEGIN IMMEDIATE')
  assert.equal(await health(node), 503)
  const { status, body } = await check(node)
  assert.deepEqual([status, body.Code], [503, 'ServiceUnavailable'])
  assert.match(node.process.stderr, /gate\.db: database is locked/)
  holder.exec('ROLLBACK')
  assert.equal(await health(node), 200)
  assert.equal((await check(node)).body.Success, true)
})
