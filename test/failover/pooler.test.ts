import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Client } from 'pg'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { Unavailable } from '../../src/storage/storage.ts'
import { makeStore } from '../storage/conformance/store.ts'
import { cuttingProxy } from '../support/cutting-proxy.ts'
import { TestClock } from '../support/deterministic.ts'
import { ask, devicesNamed, onPostgres, sharedStore, takenOn } from '../support/nodes.ts'
import { type PgBouncerOptions, pgBouncer, withoutPgBouncer } from '../support/pgbouncer.ts'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryPlace } from '../support/process.ts'
import { send } from '../support/sign.ts'

const skip = withoutPgBouncer

async function pooled(t: TestContext, options: PgBouncerOptions) {
  const direct = await freshDatabase(t)
  return { direct, pooler: await pgBouncer(t, direct, options) }
}

/** Server connections of the pooler that others hold in a transaction. */
async function hold(t: TestContext, url: string, count: number): Promise<() => Promise<void>> {
  const held = Array.from({ length: count }, () => new Client({ connectionString: url }))
  for (const client of held) {
    await client.connect()
    await client.query('BEGIN; SELECT 1')
  }
  let left = false
  const leave = async () => {
    if (!left) await Promise.all(held.map((client) => client.end()))
    left = true
  }
  t.after(leave)
  return leave
}

for (const [mode, poolSize] of [
  ['session', 2],
  ['session', 7],
  ['transaction', 2],
] as const) {
  test(`one node serves many calls through PgBouncer with ${poolSize} connections, pooling ${mode}s`, {
    skip,
  }, async (t) => {
    const { direct, pooler } = await pooled(t, { mode, poolSize })
    const shared = await sharedStore(t, 'PostgreSQL', pooler.url)
    const node = await shared.place.serve('--quota', 'off')
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        i % 3 === 0
          ? ask(node, 'BatchImportDevice', devicesNamed([`name-${i}`, `other-${i}`]))
          : ask(node, 'BatchCheckImportDevice', devicesNamed([`name-${i}`])),
      ),
    )
    for (const { body, text } of replies) assert.equal(body.Success, true, text)
    const [{ count }] = (await onPostgres(direct, 'SELECT count(*)::int AS count FROM device')) as [
      { count: number },
    ]
    assert.equal(count, 40)
  })

  test(`PgBouncer with ${poolSize} connections, pooling ${mode}s, dies and comes back: nothing is half done`, {
    skip,
  }, async (t) => {
    const { direct, pooler } = await pooled(t, { mode, poolSize })
    const shared = await sharedStore(t, 'PostgreSQL', pooler.url)
    const node = await shared.place.serve('--quota', 'off')
    const names = Array.from({ length: 12 }, (_, i) => [`name-${i}`, `other-${i}`])
    const imports = names.map((pair) => ask(node, 'BatchImportDevice', devicesNamed(pair)))
    await Promise.race(imports)
    await pooler.kill()
    // A commit in doubt is asked for as soon as PgBouncer is back.
    await pooler.start()
    const done: string[] = []
    for (const [i, { status, body, text }] of (await Promise.all(imports)).entries()) {
      assert.ok(status === 503 || body.Success === true, text)
      if (body.Success) done.push(...names[i]!)
    }
    while ((await send(node.url, { method: 'GET', path: '/healthz' })).status !== 200);
    assert.deepEqual(await takenOn(node, names.flat()), done.sort())
    await pooler.kill()
    const away = await ask(node, 'QueryProduct')
    assert.deepEqual(
      [away.status, away.body.Code, away.headers['x-acs-retry-after']],
      [503, 'ServiceUnavailable', '1000'],
    )
    await pooler.start()
    while ((await send(node.url, { method: 'GET', path: '/healthz' })).status !== 200);
    assert.equal((await ask(node, 'QueryProduct')).body.Success, true)
    const [{ count }] = (await onPostgres(direct, 'SELECT count(*)::int AS count FROM device')) as [
      { count: number },
    ]
    assert.equal(count, done.length)
  })
}

test('while a pooler’s connections are all in use, calls return 503 and the log has the reason', {
  skip,
}, async (t) => {
  const { pooler } = await pooled(t, { mode: 'transaction', poolSize: 2 })
  const shared = await sharedStore(t, 'PostgreSQL', pooler.url)
  const node = await shared.place.serve('--quota', 'off', '--database-connections', '3')
  const leave = await hold(t, pooler.url, 2)
  const replies = await Promise.all([
    ask(node, 'QueryProduct'),
    ask(node, 'BatchImportDevice', devicesNamed(['name'])),
  ])
  for (const { status, body, headers } of replies)
    assert.deepEqual([status, body.Code, headers['x-acs-retry-after']], [503, 'ServiceUnavailable', '1000'])
  assert.match(node.process.stderr, /(pool \\"admission\\"|connection pooler).*--database-connections is 3/)
  await leave()
  assert.equal((await ask(node, 'QueryProduct')).body.Success, true)
})

test('nodes that start at once on an empty database share two connections', { skip }, async (t) => {
  const { pooler } = await pooled(t, { mode: 'transaction', poolSize: 2 })
  const opened = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const storage = await openPostgres(pooler.url, new TestClock(), { connections: 3, testClock: true })
      t.after(() => storage.close())
      return storage
    }),
  )
  let inside = 0
  const alone = opened.map((storage) =>
    storage.exclusively(async () => {
      assert.equal(++inside, 1)
      await storage.facts.get('nothing')
      inside--
    }),
  )
  await Promise.all(alone)
})

test('a commit whose answer was lost on the way through PgBouncer is resolved', { skip }, async (t) => {
  for (const mode of ['session', 'transaction'] as const) {
    const { direct, pooler } = await pooled(t, { mode, poolSize: 4 })
    const proxy = await cuttingProxy(t, pooler.url)
    const clock = new TestClock()
    const storage = await openPostgres(proxy.url, clock, { connections: 4, testClock: true })
    const { batchOf } = await makeStore(storage, clock, async () => storage)
    proxy.cut('after', 'COMMIT', 3)
    const imports = ['a', 'b', 'c'].map((name) => storage.devices.insertBatch(batchOf([`${name}-1`])))
    assert.equal(new Set((await Promise.all(imports)).map(({ id }) => id)).size, 3)
    proxy.cut('before', 'COMMIT')
    await assert.rejects(storage.devices.insertBatch(batchOf(['d-1'])), Unavailable)
    const rows = await onPostgres(direct, 'SELECT name FROM device ORDER BY name')
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['a-1', 'b-1', 'c-1'],
    )
    await storage.close()
  }
})

test('a store is read, filled and served through a pooler of transactions, which keeps nothing of it', {
  skip,
}, async (t) => {
  const { pooler } = await pooled(t, { mode: 'transaction', poolSize: 2 })
  const source = await sharedStore(t, 'PostgreSQL', pooler.url)
  const node = await source.place.serve()
  await ask(node, 'BatchImportDevice', devicesNamed(['name-1', 'name-2']))
  await node.process.stop()
  const file = join(source.place.folder, 'backup')
  const run = async (...args: string[]) => {
    const { status, stdout, stderr } = await source.place.run(...args)
    assert.equal(status, 0, stderr)
    return stdout
  }
  await run('migrate')
  const [, digest] = /digest (\w+)/.exec(await run('backup', file, '--verify'))!
  const target = await pooled(t, { mode: 'transaction', poolSize: 2 })
  const there = source.place.with({ ROLLCALL_DATABASE: target.pooler.url })
  assert.match((await there.run('restore', file)).stdout, new RegExp(digest!))
  assert.equal((await there.run('account', 'list')).status, 0)
  for (const { url } of [pooler, target.pooler]) {
    // Whoever comes next gets the same server connections.
    const state = `SELECT current_setting('statement_timeout') AS timeout, current_setting('jit') AS jit,
      (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
      (SELECT count(*)::int FROM pg_locks JOIN pg_database AS d ON d.oid = database
        WHERE locktype = 'advisory' AND datname = current_database()) AS locks`
    assert.deepEqual(await onPostgres(url, state), [{ timeout: '0', jit: 'off', prepared: 0, locks: 0 }])
  }
})

test('a start that a pooler makes impossible ends with what to change', { skip }, async (t) => {
  const line = async (options: PgBouncerOptions, change = (url: string) => url, ...flags: string[]) => {
    const { pooler } = await pooled(t, options)
    const { status, stderr } = await temporaryPlace(t)
      .with({ ROLLCALL_DATABASE: change(pooler.url) })
      .run('serve', '--port', '0', ...flags)
    assert.match(stderr, /^rollcall: [^\n]+\n$/)
    assert.notEqual(status, 0)
    return stderr
  }
  assert.match(
    await line({ mode: 'statement', poolSize: 5 }),
    /set pool_mode of the pooler to transaction or session/,
  )
  assert.match(
    await line({ mode: 'transaction', poolSize: 5 }, (url) => `${url}?options=-c%20jit%3Doff`),
    /unsupported startup parameter.*ignore_startup_parameters/,
  )
  assert.match(
    await line({ mode: 'transaction', poolSize: 5, settings: { max_client_conn: '1' } }),
    /no more connections allowed.*--database-connections/,
  )
  assert.match(
    await line({ mode: 'transaction', poolSize: 5 }, undefined, '--database-connections', '2'),
    /--database-connections.*from 3 to 1000, not "2": a process holds a lock on one/,
  )
})
