import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { freePort } from '../../support/free-port.ts'
import { privateServer } from '../../support/postgres.ts'
import { type Process, temporaryPlace } from '../../support/process.ts'
import { eventually, health, withKnownKey, workersOf } from '../load.ts'
import { check, metric, serving } from './serving.ts'

const notStarted = /"msg":"a worker did not start/g
/** Waits until so many workers have not started. */
const failures = (process: Process, count: number) =>
  eventually(`${count} do not start`, () => (process.stderr.match(notStarted)?.length ?? 0) >= count)

const noProc = process.platform !== 'linux' && 'the state of a process is read from /proc'

suite('workers', () => {
  test('are replaced when they are killed while others start', async (t) => {
    const process = withKnownKey(temporaryPlace(t)).startServer('--workers', '4')
    const starting = await eventually('the second starts', () => {
      const now = workersOf(process)
      return now.length > 1 && now
    })
    globalThis.process.kill(starting.at(-1)!, 'SIGKILL')
    const [, url] = await process.until(/listening on (\S+)$/m)
    await eventually('four serve', async () => (await metric(url!, 'rollcall_workers')) === 4)
    assert.match(process.stderr, /a worker ended by SIGKILL before it served/)
    assert.equal((await process.stop()).status, 0)
  })

  test('are killed and replaced when they are stopped', { skip: noProc }, async (t) => {
    const { url, process } = await serving(t)
    const [stopped] = workersOf(process)
    globalThis.process.kill(stopped!, 'SIGSTOP')
    await eventually('it is replaced', () => {
      const now = workersOf(process)
      return now.length === 2 && !now.includes(stopped!)
    })
    // A busy machine delays the primary's ticks, and what it writes arrives when it is read.
    const told = new RegExp(
      `"pid":${stopped},"silentMs":[5-9]\\d{3},"msg":"a worker is killed, .* it is stopped"`,
    )
    await eventually('the log says why', () => told.test(process.stderr))
    assert.equal((await check(url, 1)).body.Success, true)
    const { status, stderr } = await process.stop()
    assert.equal(status, 0)
    assert.equal(stderr.match(/a worker is killed/g)!.length, 1)
  })

  test('come back at the same port when all of them die', async (t) => {
    const { url, process } = await serving(t)
    for (const pid of workersOf(process)) globalThis.process.kill(pid, 'SIGKILL')
    // Asking at the port would take it: whoever connects to a free port of the ephemeral range meets himself at last.
    await eventually(
      'two serve again',
      () => process.stderr.match(/"msg":"a worker serves in/g)?.length === 2,
    )
    assert.equal(await health(url), 200)
    assert.equal((await check(url, 1)).body.Success, true)
  })

  test('give up in a line when none of them can be started any more', async (t) => {
    const { here, process } = await serving(t)
    writeFileSync(here.file('data/master.key'), `${'00'.repeat(32)}\n`)
    for (const pid of workersOf(process)) globalThis.process.kill(pid, 'SIGKILL')
    const { status, stderr } = await process.ended
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^rollcall: no worker serves, and the last 5 did not start: .*master\.key is not the key/m,
    )
  })

  test('wait for a database that is away, at the first start and when all have died', async (t) => {
    const database = await privateServer(t)
    await database.stop()
    const here = withKnownKey(temporaryPlace(t)).with({ ROLLCALL_DATABASE: database.url() })
    const process = here.startServer('--workers', '2')
    await failures(process, 1)
    await database.start()
    const [, url] = await process.until(/listening on (\S+)$/m)
    assert.equal((await check(url!, 1)).body.Success, true)

    await database.stop('immediate')
    const before = process.stderr.match(notStarted)!.length
    for (const pid of workersOf(process)) globalThis.process.kill(pid, 'SIGKILL')
    // As often as a wrong configuration is forgiven.
    await failures(process, before + 5)
    await database.start()
    await eventually('two serve', async () => (await metric(url!, 'rollcall_workers').catch(() => 0)) === 2)
    assert.equal((await check(url!, 1)).body.Success, true)
    assert.equal((await process.stop()).status, 0)
  })

  test('that wait for a database end at SIGTERM', async (t) => {
    const database = `postgres://rollcall:x@127.0.0.1:${await freePort()}/rollcall`
    const process = temporaryPlace(t).with({ ROLLCALL_DATABASE: database }).startServer('--workers', '2')
    await failures(process, 1)
    const { status, stdout } = await process.stop()
    assert.deepEqual([status, stdout], [0, ''])
  })
})
