import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { suite, test } from 'node:test'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryPlace } from '../support/process.ts'
import { call, goodDevices, send } from '../support/sign.ts'
import { eventually, health, key, Load, ProductKey, withKnownKey, workersOf } from './load.ts'
import { check, metric, serving } from './workers/serving.ts'

const answeredChecks = 'rollcall_calls_total{action="BatchCheckImportDevice",result="answered",code=""}'

suite('several workers', () => {
  for (const driver of ['SQLite', 'PostgreSQL'])
    test(`serve one port and one store in ${driver}, which is filled and printed once`, async (t) => {
      const database: Record<string, string> =
        driver === 'SQLite' ? {} : { ROLLCALL_DATABASE: await freshDatabase(t) }
      const here = withKnownKey(temporaryPlace(t)).with(database)
      const { url, process } = await here.serve('--workers', '2')
      await process.until(/^JS$/m)
      for (const once of [/rollcall is listening/g, /The store was empty/g]) {
        assert.equal(process.stdout.match(once)?.length, 1)
      }
      assert.equal(workersOf(process).length, 2)
      assert.equal((await here.rows('account', 'list')).length, 1)

      await call(url, 'BatchImportDevice', { ProductKey, ...goodDevices(3) }, key)
      const answers = await Promise.all(Array.from({ length: 20 }, () => check(url, 3)))
      for (const { body } of answers) assert.equal(body.Data.RepeatedDeviceNameList.length, 3)
      const replays = await Promise.all(Array.from({ length: 20 }, () => check(url, 3, 'the same')))
      assert.equal(replays.filter(({ body }) => body.Code === 'SignatureNonceUsed').length, 19)
      assert.deepEqual(
        [await metric(url, answeredChecks), await metric(url, 'rollcall_workers')],
        [21, 2],
        'whichever worker is asked, it tells the sum',
      )
      const { status, stderr } = await process.stop()
      assert.deepEqual([status, stderr], [0, ''])
    })

  test('are replaced when they die, while the rest serve on', async (t) => {
    const { url, process } = await serving(t)
    const before = workersOf(process)
    const load = new Load(t, url, { keepAlive: 4, fresh: 2 })
    await eventually('calls are answered', () => load.answered > 50)
    const counted = await metric(url, answeredChecks)
    globalThis.process.kill(before[0]!, 'SIGKILL')
    const after = await eventually('there are two again', async () => {
      const now = workersOf(process).filter((pid) => pid !== before[0])
      return now.length === 2 && (await metric(url, 'rollcall_workers')) === 2 ? now : undefined
    })
    assert.ok(after.includes(before[1]!))
    const answered = load.answered
    await eventually('calls are answered again', () => load.answered > answered + 50)
    await load.stop()
    // The calls of the worker that died are cut off, at most one for each client; no client is left waiting.
    assert.ok(load.troubles.length <= 6, load.troubles.join())
    for (const trouble of load.troubles) assert.match(trouble, /^(ECONNRESET|EPIPE)$/)
    assert.ok((await metric(url, answeredChecks)) >= counted, 'a sum never falls')
    assert.equal(await metric(url, 'rollcall_workers_died_total'), 1)
    assert.match(process.stderr, /"msg":"a worker ended by SIGKILL"/)
    assert.equal((await process.stop()).status, 0)
  })

  test('are replaced one after the other at SIGHUP, and no call is lost', async (t) => {
    const { url, process } = await serving(t)
    const before = workersOf(process)
    const load = new Load(t, url, { keepAlive: 4, fresh: 2 })
    await eventually('calls are answered', () => load.answered > 50)
    process.child.kill('SIGHUP')
    let fewest = 2
    await eventually('all are others', async () => {
      const now = workersOf(process)
      fewest = Math.min(fewest, now.length)
      return now.length === 2 && now.every((pid) => !before.includes(pid))
    })
    const answered = load.answered
    await eventually('calls are answered by the new ones', () => load.answered > answered + 50)
    await load.stop()
    assert.deepEqual([load.troubles, fewest], [[], 2])
    assert.ok((await metric(url, answeredChecks)) >= load.answered, 'what the old ones counted stays counted')
    const { status, stderr } = await process.stop()
    assert.equal(status, 0)
    assert.doesNotMatch(stderr, /"level":[45]0/)
  })

  test('leave their place to another at SIGTERM', async (t) => {
    const { url, process } = await serving(t)
    const [first] = workersOf(process)
    globalThis.process.kill(first!, 'SIGTERM')
    await eventually('it is replaced', () => {
      const now = workersOf(process)
      return now.length === 2 && !now.includes(first!)
    })
    assert.equal(await health(url), 200)
    assert.doesNotMatch((await process.stop()).stderr, /"level":[45]0/)
  })

  test('do not outlive a primary that was killed', async (t) => {
    const { url, process } = await serving(t)
    process.child.kill('SIGKILL')
    // They hold the pipes of standard output too: those close when the last of them is gone.
    await eventually('all are gone', () => process.child.stdout!.closed)
    await assert.rejects(send(url), { code: 'ECONNREFUSED' })
  })

  test('that can’t start end the start in a line', async (t) => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.after(() => other.close())
    const { port } = other.address() as { port: number }
    const here = temporaryPlace(t)
    const { status, stdout, stderr } = await here.run('serve', '--port', `${port}`, '--workers', '2')
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, new RegExp(`^rollcall: port ${port} of 127\\.0\\.0\\.1 is in use .*--port.*\\n$`))
  })
})

for (const workers of ['1', '2']) {
  test(`SIGTERM fails /healthz first, and clients that react lose no call, with ${workers} worker(s)`, async (t) => {
    const here = withKnownKey(temporaryPlace(t))
    const { url, process } = await here.serve('--workers', workers, '--drain-seconds', '2')
    const load = new Load(t, url, { keepAlive: 4, fresh: 2 })
    await eventually('calls are answered', () => load.answered > 50)
    assert.equal(await health(url), 200)
    const ended = process.stop('SIGTERM')
    assert.equal(
      await eventually('/healthz turns', async () => ((await health(url)) === 200 ? undefined : health(url))),
      503,
    )
    // Still it serves whoever comes, but keeps no connection.
    const { body, headers } = await check(url, 1)
    assert.deepEqual([body.Success, headers.connection], [true, 'close'])
    await load.stop()
    assert.deepEqual(load.troubles, [])
    const { status, stderr } = await ended
    assert.deepEqual([status, stderr], [0, ''])
    assert.equal(await health(url), undefined)
  })
}
