import type { Clock } from '../../lib/clock.ts'
import type { ProcessState, ReadState } from './process-state.ts'

/** The interval of a worker's heartbeats and of the primary's checks, in milliseconds. */
export const beatMs = 1000
/** Maximum silence of a stopped or sleeping worker, and of any other, in milliseconds. */
const idleMaxMs = 5000
const busyMaxMs = 30_000
/**
 * A worker that is ready to run has hung if it was silent for that long and used so much processor time in it. One that
 * the system gives less, because other programs use the machine, may take ten times as long.
 */
const busyCpuMs = 10_000
const starvedMaxMs = 10 * busyMaxMs

/** The facts about a watched worker. */
export interface Watched {
  readonly pid: number | undefined
  /** True once it serves: before that it may sleep, waiting for another process's migration lock. */
  readonly hasServed: boolean
}

/** A period without messages from a worker. */
interface Silence {
  milliseconds: number
  /** Processor time at its start; undefined if the system does not provide it. */
  readonly cpuMs: number | undefined
  /** True if the worker was asleep at each check and has used no processor time since. */
  idle: boolean
}

/** The action for a hanging worker, and the reason. */
export interface Hang {
  readonly silentMs: number
  readonly why: string
}

/**
 * Detects hanging workers: those silent for 5 seconds that are stopped, or were asleep throughout without using
 * processor time although their own timer should have woken them; any other after 30 seconds, or after 300 if it is
 * ready to run and has used less than 10 seconds of processor time.
 * Silence is counted in ticks of the primary, at most a second each, on a monotonic clock. So it does not grow
 * if the primary itself was stopped, the machine slept, or the machine is too busy to run either of them.
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

  /** Records a message of a worker. */
  heard(worker: W): void {
    this.#heard.add(worker)
  }

  /** Removes a worker that has ended. */
  gone(worker: W): void {
    this.#heard.delete(worker)
    this.#silences.delete(worker)
  }

  /** Checks all workers; must be called once per `beatMs`. @returns those that hang */
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
        // The heartbeat may only be late, so this tick starts the silence.
        this.#silences.set(worker, { milliseconds: 0, cpuMs: state?.cpuMs, idle: worker.hasServed })
        continue
      }
      silence.milliseconds += passedMs
      // Other workers may be asleep waiting for something that a stopped worker holds, such as an SQLite lock.
      silence.idle &&= state?.state === 'waiting' && state.cpuMs === silence.cpuMs && !anyStopped
      const why = reasonToKill(silence, state)
      if (why !== undefined) hangs.set(worker, { silentMs: silence.milliseconds, why })
    }
    return hangs
  }

  /** Ends the silence of workers that sent messages, and reads the state of the others. */
  #statesOfSilent(workers: Iterable<W>): Map<W, ProcessState | undefined> {
    const states = new Map<W, ProcessState | undefined>()
    for (const worker of workers) {
      if (this.#heard.has(worker)) this.#silences.delete(worker)
      else if (worker.pid !== undefined) states.set(worker, this.#read(worker.pid))
    }
    return states
  }
}

function reasonToKill(
  { milliseconds, idle, cpuMs }: Silence,
  state: ProcessState | undefined,
): string | undefined {
  if (milliseconds < idleMaxMs) return undefined
  if (state?.state === 'stopped') return 'it is stopped'
  if (idle) return 'it sleeps without end'
  const isStarved = state?.state === 'active' && cpuMs !== undefined && state.cpuMs - cpuMs < busyCpuMs
  return milliseconds < (isStarved ? starvedMaxMs : busyMaxMs) ? undefined : 'it is busy without end'
}
