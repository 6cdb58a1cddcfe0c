import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, devicesNamed, onPostgres, sharedStore, takenOn } from '../support/nodes.ts'
import { freshDatabase, privateServer } from '../support/postgres.ts'
import { temporaryPlace } from '../support/process.ts'
import { send } from '../support/sign.ts'

test('while PostgreSQL is away calls are answered 503, and none is needed to recover', async (t) => {
  const server = await privateServer(t)
  const shared = await sharedStore(t, 'PostgreSQL', server.url())
  const node = await shared.place.serve('--quota', 'off')
  const health = async () => (await send(node.url, { method: 'GET', path: '/healthz' })).status
  await ask(node, 'BatchImportDevice', devicesNamed(['before-1']))
  for (const away of ['fast', 'immediate', 'SIGKILL'] as const) {
    await (away === 'SIGKILL' ? server.kill9() : server.stop(away))
    const device = { DeviceName: `single-${away}`, DeviceSecret: 'secret' }
    const replies = await Promise.all([
      ask(node, 'BatchCheckImportDevice', devicesNamed(['before-1'])),
      ask(node, 'BatchImportDevice', devicesNamed([`batch-${away}`])),
      ask(node, 'ImportDevice', device),
      ask(node, 'QueryProduct'),
    ])
    for (const { status, body, text } of replies) {
      assert.deepEqual([status, body.Code], [503, 'ServiceUnavailable'], text)
    }
    // An answer holds for a second.
    while ((await health()) !== 503);
    assert.match(node.process.stderr, /a call could not be answered/)
    await server.start()
    while ((await health()) !== 200);
    assert.deepEqual(await takenOn(node, ['before-1', `batch-${away}`, device.DeviceName]), ['before-1'])
    const { body } = await ask(node, 'ImportDevice', device)
    assert.equal(body.Success, true)
  }
})

test('a PostgreSQL without disk space: the import returns 503, and no part of it is stored', async (t) => {
  const shared = await sharedStore(t, 'PostgreSQL')
  const node = await shared.place.serve()
  // PostgreSQL's error for a full disk, raised by a trigger after the devices are written.
  await onPostgres(
    shared.database!,
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
       $$BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END$$;
     CREATE TRIGGER full_disk BEFORE INSERT ON name_change EXECUTE FUNCTION full_disk()`,
  )
  const refused = await ask(node, 'BatchImportDevice', devicesNamed(['name-1', 'name-2']))
  assert.deepEqual([refused.status, refused.body.Code], [503, 'ServiceUnavailable'])
  assert.match(node.process.stderr, /could not extend file/)
  assert.deepEqual(await takenOn(node, ['name-1', 'name-2']), [])
  await onPostgres(shared.database!, 'DROP TRIGGER full_disk ON name_change')
  assert.equal((await ask(node, 'BatchImportDevice', devicesNamed(['name-1', 'name-2']))).body.Success, true)
})

test('a store that a newer Rollcall made, or that can’t be reached, ends the start with a line', async (t) => {
  const database = await freshDatabase(t)
  const shared = await sharedStore(t, 'PostgreSQL', database)
  await shared.open()
  const line = async (url: string) => {
    const { status, stdout, stderr } = await temporaryPlace(t)
      .with({ ROLLCALL_DATABASE: url })
      .run('serve', '--port', '0')
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, /^rollcall: [^\n]+\n$/)
    assert.ok(!stderr.includes(new URL(url).password), 'the password is nobody’s business')
    return stderr
  }
  await shared.sql(`INSERT INTO migration (name, checksum) VALUES ('9999-later.sql', '')`)
  assert.match(await line(database), /made by a newer Rollcall: it has the migration 9999-later\.sql/)
  const wrong = Object.assign(new URL(database), { password: 'wrong-password' }).href
  assert.match(await line(wrong), /the database can't be used: password authentication failed/)
  const nobody = Object.assign(new URL(database), { port: '1' }).href
  assert.match(await line(nobody), /the database can't be used: connect ECONNREFUSED/)
})
