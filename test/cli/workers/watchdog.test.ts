import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import {
  type ProcessState,
  parseProcStat,
  parsePs,
  readState,
} from '../../../src/cli/workers/process-state.ts'
import { Watchdog, type Watched } from '../../../src/cli/workers/watchdog.ts'
import { TestClock } from '../../support/deterministic.ts'

/** Workers that are watched, a tick a second, by a clock that the test moves. */
class Scene {
  readonly clock = new TestClock()
  readonly states = new Map<number, ProcessState | undefined>()
  readonly workers: Watched[] = []
  readonly watch = new Watchdog<Watched>(this.clock, (pid) => this.states.get(pid))

  add(state: ProcessState | undefined, hasServed = true): Watched {
    const worker = { pid: this.workers.length + 1, hasServed }
    this.states.set(worker.pid, state)
    this.workers.push(worker)
    return worker
  }

  /** @returns why each worker that hangs is to be killed */
  tick(heard: readonly Watched[] = [], passedMs = 1000): (string | undefined)[] {
    for (const worker of heard) this.watch.heard(worker)
    this.clock.advance(passedMs)
    const hangs = this.watch.tick(this.workers)
    return this.workers.map((worker) => hangs.get(worker)?.why)
  }

  /** The tick, from 1, in which the only worker is first to be killed; undefined: in none of `most`. */
  killedIn(most: number, before: (tick: number) => void = () => {}): number | undefined {
    for (let tick = 1; tick <= most; tick++) {
      before(tick)
      if (this.tick()[0] !== undefined) return tick
    }
    return undefined
  }
}

const stopped = { state: 'stopped', cpuMs: 70 } as const
const asleep = { state: 'waiting', cpuMs: 70 } as const
const active = { state: 'active', cpuMs: 70 } as const

suite('a worker that is silent is killed', () => {
  // The first tick begins the silence, since a beat may be a little late.
  const table: [string, ProcessState | undefined, boolean, number][] = [
    ['after 5 s when it is stopped', stopped, true, 6],
    ['after 5 s when it is stopped while it starts', stopped, false, 6],
    ['after 5 s when it sleeps and uses no processor time', asleep, true, 6],
    ['after 30 s when it sleeps while it starts, perhaps for a lock', asleep, false, 31],
    ['after 300 s when it is ready to run and gets no processor', active, true, 301],
    ['after 30 s when the system says nothing of it', undefined, true, 31],
  ]
  for (const [what, state, hasServed, tick] of table)
    test(what, () => {
      const scene = new Scene()
      scene.add(state, hasServed)
      assert.equal(scene.killedIn(400), tick)
    })

  test('after 30 s when it sleeps now and then, but computes', () => {
    const scene = new Scene()
    scene.add(asleep)
    assert.equal(
      scene.killedIn(100, (tick) => scene.states.set(1, { ...asleep, cpuMs: 70 + 10 * tick })),
      31,
    )
  })

  test('after 30 s when it computes without end, if it gets a third of a processor', () => {
    for (const [share, tick] of [
      [1000, 31],
      [334, 31],
      [100, 101],
    ] as const) {
      const scene = new Scene()
      scene.add(active)
      const computes = (at: number) => scene.states.set(1, { ...active, cpuMs: 70 + share * at })
      assert.equal(scene.killedIn(400, computes), tick, `${share} ms a second`)
    }
  })

  test('after 30 s when it waited for the disk once', () => {
    const scene = new Scene()
    scene.add(asleep)
    assert.equal(
      scene.killedIn(100, (tick) => scene.states.set(1, tick === 3 ? active : asleep)),
      31,
    )
  })

  test('after 5 s when it is stopped after it was busy', () => {
    const scene = new Scene()
    scene.add(active)
    assert.equal(
      scene.killedIn(100, (tick) => scene.states.set(1, tick < 8 ? active : stopped)),
      8,
    )
  })
})

suite('a worker is not killed', () => {
  test('while it sends messages, whatever state the system reports', () => {
    const scene = new Scene()
    const worker = scene.add(stopped)
    for (let tick = 0; tick < 100; tick++) assert.deepEqual(scene.tick([worker]), [undefined])
  })

  test('when it is heard now and then', () => {
    const scene = new Scene()
    const worker = scene.add(asleep)
    for (let tick = 0; tick < 100; tick++)
      assert.deepEqual(scene.tick(tick % 6 === 0 ? [worker] : []), [undefined])
  })

  test('for the time in which the primary itself did not run', () => {
    const scene = new Scene()
    const worker = scene.add(asleep)
    scene.tick([worker])
    // The timer of a primary that goes on comes before the beats that lie in its pipe.
    for (const sleptMs of [60_000, 8 * 3_600_000, 3000, 3000, 3000]) {
      assert.deepEqual(scene.tick([], sleptMs), [undefined])
      assert.deepEqual(scene.tick([worker]), [undefined])
    }
  })

  test('by a clock that is set', () => {
    const scene = new Scene()
    scene.add(stopped)
    for (let tick = 1; tick < 6; tick++) {
      scene.clock.set(86_400_000)
      assert.deepEqual(scene.tick(), [undefined])
    }
  })

  test('because it waits for one that is stopped: that one alone is', () => {
    const scene = new Scene()
    const [first, second] = [scene.add(stopped), scene.add(asleep)]
    for (let tick = 1; tick < 6; tick++) assert.deepEqual(scene.tick(), [undefined, undefined])
    assert.deepEqual(scene.tick(), ['it is stopped', undefined])
    scene.watch.gone(first)
    scene.workers.shift()
    for (let tick = 0; tick < 3; tick++) assert.deepEqual(scene.tick(), [undefined])
    assert.deepEqual(scene.tick([second]), [undefined])
  })
})

suite('the state of a process', () => {
  const proc = (state: string, utime: number, stime: number) =>
    `4711 (node (x) y) ${state} 1 4711 4711 0 -1 4194560 100 0 0 0 ${utime} ${stime} 0 0 20 0 11 0 9876 1 2`
  const table: [string, ProcessState | undefined, ProcessState | undefined][] = [
    ['/proc, asleep', parseProcStat(proc('S', 12, 3)), { state: 'waiting', cpuMs: 150 }],
    ['/proc, stopped', parseProcStat(proc('T', 0, 0)), { state: 'stopped', cpuMs: 0 }],
    ['/proc, traced', parseProcStat(proc('t', 0, 0)), { state: 'stopped', cpuMs: 0 }],
    ['/proc, ready to run', parseProcStat(proc('R', 1, 0)), { state: 'active', cpuMs: 10 }],
    ['/proc, waiting for a disk', parseProcStat(proc('D', 1, 0)), { state: 'active', cpuMs: 10 }],
    ['/proc, cut off', parseProcStat('4711 (node) S 1'), undefined],
    ['ps of macOS', parsePs('S+     0:01.25\n'), { state: 'waiting', cpuMs: 1250 }],
    ['ps of macOS, stopped', parsePs('T    12:00.00\n'), { state: 'stopped', cpuMs: 720_000 }],
    ['ps of procps', parsePs('Ssl  1-02:03:04\n'), { state: 'waiting', cpuMs: 93_784_000 }],
    ['ps, nothing', parsePs(''), undefined],
  ]
  for (const [what, found, expected] of table) test(`in ${what}`, () => assert.deepEqual(found, expected))

  test('is read of this process and of one that is stopped', async () => {
    assert.ok(readState(process.pid)!.cpuMs > 0)
    const child = spawn('sleep', ['60'])
    try {
      await once(child, 'spawn')
      child.kill('SIGSTOP')
      while (readState(child.pid!)?.state !== 'stopped') await new Promise(setImmediate)
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    assert.equal(readState(child.pid!), undefined)
  })
})
