import type { Clock } from '../../lib/clock.ts'
import type { ProcessState, ReadState } from './process-state.ts'

/** How often a worker says that it is alive, and how often the primary looks, in milliseconds. */
export const beatMs = 1000
/** How long a worker that is stopped or asleep may be silent, and any other, in milliseconds. */
const idleMaxMs = 5000
const busyMaxMs = 30_000

/** A worker as it is watched. */
export interface Watched {
  readonly pid: number | undefined
  /** Whether it has begun to serve: until then it may sleep, for a lock of another process's migration. */
  readonly hasServed: boolean
}

/** A span in which nothing was heard of a worker. */
interface Silence {
  milliseconds: number
  /** Processor time at its beginning; undefined where the system says nothing. */
  readonly cpuMs: number | undefined
  /** Whether the worker was asleep each time that the primary looked, and has used no processor time since. */
  idle: boolean
}

/** What is to be done about a worker, and why, in words. */
export interface Hang {
  readonly silentMs: number
  readonly why: string
}

/**
 * Finds workers that hang: those of which nothing was heard for 5 seconds and that are stopped, or that were asleep all
 * the while and used no processor time, though their own timer should have woken them; any other after 30 seconds.
 *
 * Silence is counted in ticks of the primary, a second each at the most, by a clock that nobody sets. So neither a
 * primary that was itself stopped, nor a machine that slept, nor one too busy to run either of them makes it long.
 */
export class Watchdog<W extends Watched> {
  readonly #clock: Clock
  readonly #read: ReadState
  readonly #heard = new Set<W>()
  readonly #silences = new Map<W, Silence>()
  #tickedAt: number

  constructor(clock: Clock, read: ReadState) {
    this.#clock = clock
    this.#read = read
    this.#tickedAt = clock.elapsed()
  }

  /** Notes that a worker said something. */
  heard(worker: W): void {
    this.#heard.add(worker)
  }

  /** Forgets a worker that has ended. */
  gone(worker: W): void {
    this.#heard.delete(worker)
    this.#silences.delete(worker)
  }

  /** Looks at all workers, as it must once in `beatMs`. @returns those that hang */
  tick(workers: Iterable<W>): Map<W, Hang> {
    const now = this.#clock.elapsed()
    const passedMs = Math.min(now - this.#tickedAt, beatMs)
    this.#tickedAt = now
    const states = this.#statesOfSilent(workers)
    this.#heard.clear()
    const anyStopped = [...states.values()].some((state) => state?.state === 'stopped')
    const hangs = new Map<W, Hang>()
    for (const [worker, state] of states) {
      const silence = this.#silences.get(worker)
      if (silence === undefined) {
        // Its beat may just be late: this tick only begins the silence.
        this.#silences.set(worker, { milliseconds: 0, cpuMs: state?.cpuMs, idle: worker.hasServed })
        continue
      }
      silence.milliseconds += passedMs
      // What a stopped worker holds, such as a lock of SQLite's, others may wait for, asleep.
      silence.idle &&= state?.state === 'waiting' && state.cpuMs === silence.cpuMs && !anyStopped
      const why = reasonToKill(silence, state?.state === 'stopped')
      if (why !== undefined) hangs.set(worker, { silentMs: silence.milliseconds, why })
    }
    return hangs
  }

  /** Ends the silence of those that were heard, and reads the state of the others. */
  #statesOfSilent(workers: Iterable<W>): Map<W, ProcessState | undefined> {
    const states = new Map<W, ProcessState | undefined>()
    for (const worker of workers) {
      if (this.#heard.has(worker)) this.#silences.delete(worker)
      else if (worker.pid !== undefined) states.set(worker, this.#read(worker.pid))
    }
    return states
  }
}

function reasonToKill({ milliseconds, idle }: Silence, stopped: boolean): string | undefined {
  if (milliseconds < idleMaxMs) return undefined
  if (stopped) return 'it is stopped'
  if (idle) return 'it sleeps without end'
  return milliseconds < busyMaxMs ? undefined : 'it is busy without end'
}
