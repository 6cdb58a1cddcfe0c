import assert from 'node:assert/strict'
import type { Worker } from 'node:cluster'
import { EventEmitter } from 'node:events'
import { suite, type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { Order, Report } from '../../../src/cli/workers/messages.ts'
import type { StartFailure } from '../../../src/cli/workers/start-failure.ts'
import { Supervisor } from '../../../src/cli/workers/supervisor.ts'
import { readConfig } from '../../../src/config.ts'
import { TestClock } from '../../support/deterministic.ts'

/** A worker's process as node:cluster shows it, which does what the test says. */
class FakeWorker extends EventEmitter {
  readonly id: number
  readonly process: { pid: number | undefined; kill: () => void }
  readonly orders: Order[] = []
  state: 'starting' | 'serving' | 'ended' = 'starting'

  constructor(id: number) {
    super()
    this.id = id
    this.process = { pid: id, kill: () => this.end('SIGKILL') }
  }

  disconnect = () => {}
  isConnected = () => this.state !== 'ended'

  send(order: Order): void {
    this.orders.push(order)
    // It answers what is under way, which is nothing.
    if (order.kind === 'stop') setImmediate(() => this.end(null))
  }

  serve(): void {
    this.state = 'serving'
    this.say({
      kind: 'serving',
      url: 'http://127.0.0.1:8080',
      mqtt: undefined,
      first: undefined,
      certificate: undefined,
    })
  }

  fail(obstacle: StartFailure): void {
    this.say({ kind: 'failed', message: 'why', obstacle })
    this.end(null)
  }

  end(signal: NodeJS.Signals | null): void {
    if (this.state === 'ended') return
    this.state = 'ended'
    this.emit('exit', signal === null ? 1 : null, signal)
  }

  say(report: Report): void {
    this.emit('message', report)
  }
}

/** A supervisor of fake workers. Time passes when the test says so. */
class Scene {
  readonly #t: TestContext
  readonly #clock = new TestClock()
  readonly workers: FakeWorker[] = []
  readonly supervisor: Supervisor
  readonly started: Promise<unknown>
  /** Why the primary has ended. */
  ended: string | undefined
  /** Makes the system start no process, as often as this says. */
  unforkable = 0

  constructor(t: TestContext, workers: number) {
    this.#t = t
    t.mock.timers.reset()
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
    const config = readConfig({ workers: `${workers}`, port: '8080', logLevel: 'silent' }, {})
    this.supervisor = new Supervisor(config, {
      clock: this.#clock,
      readState: () => undefined,
      fork: () => {
        if (this.unforkable-- > 0) throw new Error('spawn ENOMEM')
        const worker = new FakeWorker(this.workers.length + 1)
        this.workers.push(worker)
        return worker as unknown as Worker
      },
    })
    const note = (error: Error) => {
      this.ended = error.message
    }
    this.started = this.supervisor.start()
    this.started.catch(note)
    this.supervisor.givenUp.catch(note)
  }

  in(state: FakeWorker['state']): FakeWorker[] {
    return this.workers.filter((worker) => worker.state === state)
  }

  /** Lets what was said have its effect. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
  }

  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= 1000) {
      const step = Math.min(left, 1000)
      this.#clock.advance(step)
      for (const worker of this.workers) if (worker.state !== 'ended') worker.say({ kind: 'alive' })
      this.#t.mock.timers.tick(step)
      await this.settle()
    }
  }

  /** Has all that start serve, until as many as there should be do. */
  async recover(): Promise<void> {
    for (let n = 0; n < 20; n++) {
      for (const worker of this.in('starting')) worker.serve()
      await this.pass(10_000)
    }
  }

  async close(): Promise<void> {
    const closed = this.supervisor.close()
    await this.settle()
    await closed
  }
}

suite('a supervisor', () => {
  test('has one worker take the port before the others start, and has started when all serve', async (t) => {
    const scene = new Scene(t, 4)
    assert.equal(scene.workers.length, 1)
    scene.workers[0]!.serve()
    await scene.settle()
    assert.deepEqual([scene.in('serving').length, scene.in('starting').length], [1, 3])
    for (const worker of scene.in('starting')) worker.serve()
    await scene.started
    await scene.close()
  })

  for (const struck of [1, 2, 3]) {
    test(`continues when ${struck} of 4 workers are killed while they start`, async (t) => {
      const scene = new Scene(t, 4)
      scene.workers[0]!.serve()
      await scene.settle()
      for (const worker of scene.in('starting').slice(0, struck)) worker.end('SIGKILL')
      await scene.settle()
      for (const worker of scene.in('starting')) worker.serve()
      await scene.started
      await scene.recover()
      assert.deepEqual([scene.ended, scene.in('serving').length], [undefined, 4])
      await scene.close()
    })
  }

  test('continues when the first worker is killed while it starts', async (t) => {
    const scene = new Scene(t, 2)
    scene.workers[0]!.end('SIGKILL')
    await scene.settle()
    await scene.recover()
    await scene.started
    assert.equal(scene.in('serving').length, 2)
    await scene.close()
  })

  test('tries for hours while the store is away, ten seconds after each failure, with one worker at a time', async (t) => {
    const scene = new Scene(t, 8)
    scene.workers[0]!.serve()
    await scene.settle()
    for (const worker of scene.in('starting')) worker.serve()
    await scene.started
    await scene.pass(60_000)
    for (const worker of scene.in('serving')) worker.end('SIGKILL')
    await scene.settle()
    // Those that replace the first to die start while others serve.
    for (const worker of scene.in('starting')) worker.fail('passing')
    await scene.settle()
    let attempts = 0
    for (let second = 0; second < 7200; second++) {
      assert.ok(scene.in('starting').length <= 1)
      for (const worker of scene.in('starting')) {
        attempts++
        worker.fail('passing')
      }
      await scene.pass(1000)
    }
    assert.equal(scene.ended, undefined)
    assert.ok(attempts > 640 && attempts < 740, `${attempts}`)
    await scene.recover()
    assert.equal(scene.in('serving').length, 8)
    await scene.close()
  })

  for (const [obstacle, end] of [
    ['configuration', 'why'],
    ['other', 'why'],
    ['passing', undefined],
  ] as const) {
    test(`whose first worker fails (${obstacle}) ${end === undefined ? 'tries again' : 'ends'}`, async (t) => {
      const scene = new Scene(t, 2)
      scene.workers[0]!.fail(obstacle)
      await scene.settle()
      assert.equal(scene.ended, end)
      if (end === undefined) await scene.recover()
      assert.equal(scene.in('serving').length, end === undefined ? 2 : 0)
      await scene.close()
    })
  }

  test('outlives a system that starts no process', async (t) => {
    const scene = new Scene(t, 2)
    await scene.recover()
    scene.unforkable = 10
    for (const worker of scene.in('serving')) worker.end('SIGKILL')
    await scene.settle()
    await scene.recover()
    assert.deepEqual([scene.ended, scene.in('serving').length], [undefined, 2])
    // The system says that there is no such process only later.
    const [first] = scene.in('serving')
    first!.end('SIGKILL')
    await scene.settle()
    const [failing] = scene.in('starting')
    failing!.process.pid = undefined
    failing!.state = 'ended'
    failing!.emit('error', new Error('spawn EAGAIN'))
    await scene.settle()
    await scene.recover()
    assert.deepEqual([scene.ended, scene.in('serving').length], [undefined, 2])
    await scene.close()
  })

  test('kills and replaces a worker that is silent', async (t) => {
    const scene = new Scene(t, 2)
    await scene.recover()
    const [silent] = scene.in('serving')
    silent!.say = () => {}
    await scene.pass(35_000)
    assert.equal(silent!.state, 'ended')
    await scene.recover()
    assert.equal(scene.in('serving').length, 2)
    await scene.close()
  })

  test('has all its workers again after any deaths at any moments, and never more than one too many', async (t) => {
    const count = 3
    const event = fc.record({
      what: fc.constantFrom('killed', 'failed', 'serves', 'time', 'restart', 'asked'),
      which: fc.nat(10),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const scene = new Scene(t, count)
        scene.workers[0]!.serve()
        await scene.settle()
        for (const { what, which } of events) {
          const present = scene.workers.filter(({ state }) => state !== 'ended')
          const chosen = present[which % Math.max(1, present.length)]
          const starting = scene.in('starting')
          if (what === 'killed') chosen?.end('SIGKILL')
          else if (what === 'failed') starting[which % starting.length]?.fail('passing')
          else if (what === 'serves') starting[which % starting.length]?.serve()
          else if (what === 'asked' && chosen?.state === 'serving') chosen.say({ kind: 'asked to end' })
          else if (what === 'restart') scene.supervisor.restart()
          else await scene.pass(100 * which)
          await scene.settle()
          assert.ok(scene.workers.filter(({ state }) => state !== 'ended').length <= count + 1)
        }
        await scene.recover()
        assert.deepEqual([scene.ended, scene.in('serving').length], [undefined, count])
        await scene.close()
        assert.equal(scene.workers.filter(({ state }) => state !== 'ended').length, 0)
      }),
      {
        numRuns: 60,
        // All others die while a replacement starts.
        examples: [
          [
            [
              { what: 'restart', which: 0 },
              ...Array.from({ length: 3 }, () => ({ what: 'killed', which: 0 }) as const),
            ],
          ],
        ],
      },
    )
  })
})
