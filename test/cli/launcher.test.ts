import assert from 'node:assert/strict'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { launcher, type Process, temporaryPlace } from '../support/process.ts'
import { send } from '../support/sign.ts'
import { eventually, workersOf } from './load.ts'

/** Starts a launcher as Node 20 would: the version it sees is another, and so it looks for the pinned runtime. */
function startOnOldNode(t: TestContext, program: string, ...args: string[]): Process {
  const here = temporaryPlace(t).with({
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'testid',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'testsecret',
  })
  const older =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.9.0' } })"
  writeFileSync(here.file('older.cjs'), older)
  return here.start(process.execPath, '--require', './older.cjs', program, ...args)
}

test('an older Node starts the one that was installed beside it, and ends with its status', async (t) => {
  const ended = await startOnOldNode(t, launcher, 'serve', '--port', 'x').ended
  assert.match(ended.stderr, /^rollcall: --port \(ROLLCALL_PORT\) must be a whole number .*\n$/)
  assert.equal(ended.status, 2)
  assert.equal((await startOnOldNode(t, launcher, 'nonsense').ended).status, 2)
  assert.equal((await startOnOldNode(t, launcher, '--help').ended).status, 0)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} to the launcher ends the server that it started, in order`, async (t) => {
    const started = startOnOldNode(t, launcher, 'serve', '--port', '0')
    const [, url] = await started.until(/listening on (\S+)$/m)
    assert.equal((await send(url!, { method: 'GET', path: '/healthz' })).status, 200)
    const { status, stderr } = await started.stop(signal)
    assert.deepEqual([status, stderr], [0, ''])
    await assert.rejects(send(url!), { code: 'ECONNREFUSED' })
  })
}

test('a server does not outlive a launcher that was killed', async (t) => {
  const started = startOnOldNode(t, launcher, 'serve', '--port', '0')
  const [, url] = await started.until(/listening on (\S+)$/m)
  started.child.kill('SIGKILL')
  // Both hold the pipes of standard output: they close when the last of them is gone.
  const timer = AbortSignal.timeout(10_000)
  await new Promise<void>((resolve, reject) => {
    started.ended.then(() => resolve())
    timer.onabort = () => reject(new Error('the server runs on'))
  })
  await assert.rejects(send(url!), { code: 'ECONNREFUSED' })
})

test('a server does not outlive a launcher that was killed while it starts', async (t) => {
  const started = startOnOldNode(t, launcher, 'serve', '--port', '0')
  await eventually('the server starts', () => workersOf(started).length > 0)
  started.child.kill('SIGKILL')
  await eventually('both are gone', () => started.child.stdout!.closed)
})

test('a command does not outlive a launcher that was killed', async (t) => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  t.after(() => silent.close())
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const started = startOnOldNode(t, launcher, 'products', '--endpoint', endpoint)
  const [socket] = await once(silent, 'connection', { signal: AbortSignal.timeout(20_000) })
  t.after(() => socket.destroy())
  started.child.kill('SIGKILL')
  await eventually('both are gone', () => started.child.stdout!.closed)
})

test('an older Node without a newer one beside it is reported in one line', async (t) => {
  const here = temporaryPlace(t)
  mkdirSync(here.file('bin'))
  copyFileSync(launcher, here.file('bin/rollcall.cjs'))
  const { status, stdout, stderr } = await startOnOldNode(t, here.file('bin/rollcall.cjs'), 'serve').ended
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /^rollcall needs Node\.js 24 or newer; this is v[^\n]+\n$/)
})

const skip = process.platform !== 'linux' && 'what a process was started with is read from /proc'

test('a server runs with the flags for its heap, in the process that was started', { skip }, async (t) => {
  const commandOf = (pid: number | string) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  const flags = ['--max-semi-space-size=1', '--initial-old-space-size=64']
  const started = temporaryPlace(t).start(
    process.execPath,
    '--no-deprecation',
    launcher,
    'serve',
    '--port',
    '0',
  )
  await started.until(/listening on (\S+)$/m)
  const command = commandOf(started.child.pid!)
  for (const flag of ['--no-deprecation', ...flags]) assert.ok(command.includes(flag), `${command}`)
  const environmentOf = (pid: number | string) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  const allocator = 'MALLOC_MMAP_THRESHOLD_=131072'
  assert.ok(environmentOf(started.child.pid!).includes(allocator))
  assert.deepEqual((await started.stop()).status, 0)

  const older = startOnOldNode(t, launcher, 'serve', '--port', '0')
  await older.until(/listening on (\S+)$/m)
  const { pid } = older.child
  const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  for (const flag of flags) assert.ok(commandOf(child).includes(flag))
  assert.ok(environmentOf(child).includes(allocator))
})
