import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryPlace } from '../support/process.ts'
import { temporaryFolder } from '../transfer/stores.ts'

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)
const modesOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, mode(join(folder, name))]))

/** Opens a folder and its files to everybody, as the umask of a former start may have left them. */
function openToAll(folder: string): void {
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o666)
  chmodSync(folder, 0o755)
}

/** The folder of the sockets by which the server's processes reach each other is one. */
const expectedMode = (name: string) => (name === 'nodes' ? '700' : '600')

test('what is in a data folder is for its owner alone, also when it was not before', async (t) => {
  const here = temporaryPlace(t)
  const folder = here.file('data')
  const names = [
    'credentials.env',
    'gate.db',
    'lock.db',
    'master.key',
    'nodes',
    'roll.db',
    'tls.crt',
    'tls.key',
  ]
  const first = await here.serve('--tls', 'self-signed')
  await first.process.stop('SIGKILL')
  // Killed, it leaves its -wal and -shm.
  assert.deepEqual(
    readdirSync(folder)
      .filter((name) => !/-(wal|shm)$/.test(name))
      .sort(),
    names,
  )
  assert.ok(readdirSync(folder).includes('roll.db-wal'))
  openToAll(folder)

  const second = await here.serve('--tls', 'self-signed')
  for (const [name, found] of Object.entries(modesOf(folder))) assert.equal(found, expectedMode(name), name)
  assert.equal(mode(folder), '700')
  assert.equal(second.process.stderr, '')

  // A command that opens the store alone does the same for its files.
  openToAll(folder)
  assert.equal((await here.run('account', 'list')).status, 0)
  for (const name of ['roll.db', 'roll.db-wal', 'roll.db-shm', 'gate.db'])
    assert.equal(mode(join(folder, name)), '600', name)
  assert.equal((await here.run('backup', 'store.backup')).status, 0)
  assert.equal((await here.run('export', 'devices.csv')).status, 0)
  assert.equal((await here.run('restore', 'store.backup', '--data', 'restored')).status, 0)
  assert.equal((await here.run('copy', '--from', 'data', '--to', 'copied')).status, 0)
  for (const name of ['store.backup', 'devices.csv']) assert.equal(mode(here.file(name)), '600', name)
  for (const made of ['restored', 'copied']) {
    assert.equal(mode(here.file(made)), '700')
    for (const [name, found] of Object.entries(modesOf(here.file(made)))) assert.equal(found, '600', name)
  }
})

test('a folder that has other files as well keeps its mode, and the log reports it', async (t) => {
  const here = temporaryPlace(t)
  mkdirSync(here.file('shared'))
  writeFileSync(here.file('shared/site.html'), '', { mode: 0o644 })
  chmodSync(here.file('shared'), 0o755)
  chmodSync(here.file('shared/site.html'), 0o644)
  const { process } = await here.serve('--data', 'shared')
  assert.equal(mode(here.file('shared')), '755')
  const { 'site.html': other, ...ours } = modesOf(here.file('shared'))
  assert.equal(other, '644')
  for (const [name, found] of Object.entries(ours)) assert.equal(found, expectedMode(name), name)
  assert.match(process.stderr, /"level":40,.*the data folder shared has the mode 755/)
})

const notRoot = process.getuid?.() !== 0 && 'only root can give a folder to another user'

test('a folder of another user, such as a volume, stays unchanged and is named', { skip: notRoot }, (t) => {
  const folder = temporaryFolder(t)
  chownSync(folder, 12_345, 23_456)
  chmodSync(folder, 0o775)
  // A process of the group, as Kubernetes has it with fsGroup.
  const script = `
    import { closeDataFolder } from ${JSON.stringify(new URL('../../src/data-folder.ts', import.meta.url).href)}
    import { openSqlite } from ${JSON.stringify(new URL('../../src/storage/sqlite/sqlite.ts', import.meta.url).href)}
    const clock = { now: () => 1, elapsed: () => 1 }
    const before = closeDataFolder(${JSON.stringify(folder)})
    await openSqlite(${JSON.stringify(folder)}, clock).close()
    console.log(JSON.stringify([before, closeDataFolder(${JSON.stringify(folder)})]))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    uid: 34_567,
    gid: 23_456,
    encoding: 'utf8',
  })
  assert.equal(stderr, '')
  for (const told of JSON.parse(stdout)) assert.match(told, /has the mode 775 and belongs to user 12345/)
  assert.equal(mode(folder), '775')
  for (const [name, found] of Object.entries(modesOf(folder))) assert.equal(found, expectedMode(name), name)

  // Files of another user that are open to others can't be closed: they are named.
  writeFileSync(join(folder, 'master.key'), '', { mode: 0o644 })
  chmodSync(join(folder, 'master.key'), 0o644)
  const again = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    uid: 34_567,
    gid: 23_456,
    encoding: 'utf8',
  })
  assert.match(JSON.parse(again.stdout)[0], /other users may open master\.key/)
})

const notLinux = process.platform !== 'linux' && 'what a process was started with is read from /proc'

test('workers and other children inherit no secret', { skip: notLinux }, async (t) => {
  const secrets = {
    ROLLCALL_ACCESS_KEY_SECRET: 'the-access-key-secret',
    ROLLCALL_MASTER_KEY: 'cd'.repeat(32),
    ROLLCALL_NEW_MASTER_KEY: 'ef'.repeat(32),
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'another-secret',
  }
  const here = temporaryPlace(t).with({ ...secrets, ROLLCALL_ACCESS_KEY_ID: 'testid', ROLLCALL_WORKERS: '2' })
  const { process: primary } = await here.serve()
  const childrenOf = (pid: number) =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  const workers = childrenOf(primary.child.pid!)
  assert.equal(workers.length, 2)
  for (const pid of workers) {
    const inherited = readFileSync(`/proc/${pid}/environ`, 'utf8')
    assert.match(inherited, /ROLLCALL_ACCESS_KEY_ID=testid/, 'it is an environment that is read here')
    for (const [name, value] of Object.entries(secrets))
      assert.ok(!inherited.includes(value) && !inherited.includes(name), name)
  }
  // The kernel shows what the first process was started with, whatever it does (docs/security.md).
  assert.ok(readFileSync(`/proc/${primary.child.pid}/environ`, 'utf8').includes(secrets.ROLLCALL_MASTER_KEY))
})

test('a URL of a database is withdrawn like a secret, for it may hold a password', () => {
  const script = `
    import { spawnSync } from 'node:child_process'
    import { environment, withdrawSecrets } from ${JSON.stringify(new URL('../../src/cli/environment.ts', import.meta.url).href)}
    withdrawSecrets()
    console.log(environment.ROLLCALL_DATABASE, environment.ROLLCALL_COPY_FROM, environment.ROLLCALL_COPY_TO)
    console.log(spawnSync('env', { encoding: 'utf8' }).stdout)`
  const names = ['ROLLCALL_DATABASE', 'ROLLCALL_COPY_FROM', 'ROLLCALL_COPY_TO']
  const env = Object.fromEntries(names.map((name, i) => [name, `postgres://u:password${i}@h/d`]))
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env.PATH, KEPT: 'kept', ...env },
    encoding: 'utf8',
  })
  const [first, ...inherited] = stdout.split('\n')
  assert.equal(first, Object.values(env).join(' '))
  assert.ok(inherited.includes('KEPT=kept'))
  for (const value of Object.values(env)) assert.ok(!inherited.join('\n').includes(value))
})
