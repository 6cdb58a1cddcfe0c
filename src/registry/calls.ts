import type { Clock } from '../lib/clock.ts'
import type { CallCountRow, CallRow, CallStore } from '../storage/storage.ts'

/** Number of recent calls kept per account. */
export const recentMax = 200
/** Length of an interval in which calls are counted, in milliseconds … */
export const intervalMs = 5000
/** … and how long the counts are kept. */
const rememberedMs = 10 * 60_000
/** How often a process writes its recorded calls, in milliseconds; it writes only if there are any. */
const writeEveryMs = 1000

/** Recent calls, in every process on the store. */
export interface Calls {
  /**
   * Records a call. This takes almost no time: calls are written later, and again if that fails.
   * @param listed whether the recent calls include it; it is counted in any case
   */
  note(call: CallRow, listed: boolean): void
  /** Returns an account's recent calls, newest first. */
  recent(account: number, limit: number): Promise<CallRow[]>
  /** Counts an account's calls by action for the last ten minutes, oldest first. */
  counts(account: number): Promise<{ readonly now: number; readonly counts: CallCountRow[] }>
  /** Writes the recorded calls, and records no more. */
  close(): Promise<void>
}

type Mutable<Of> = { -readonly [Name in keyof Of]: Of[Name] }

/**
 * Calls that are recorded but not yet written: the newest calls of each account, and counts of the last ten
 * minutes.
 */
class Noted {
  readonly #recent = new Map<number, { readonly ring: CallRow[]; next: number }>()
  readonly #counts = new Map<string, Mutable<CallCountRow>>()

  get isEmpty(): boolean {
    return this.#counts.size === 0
  }

  list(call: CallRow): void {
    let of = this.#recent.get(call.account)
    if (of === undefined) this.#recent.set(call.account, (of = { ring: [], next: 0 }))
    of.ring[of.next] = call
    of.next = (of.next + 1) % recentMax
  }

  count({ account, action, time, calls, throttled, failed, devices }: CallCountRow): void {
    const key = `${account} ${time} ${action}`
    const before = this.#counts.get(key)
    if (before === undefined) {
      this.#counts.set(key, { account, action, time, calls, throttled, failed, devices })
      return
    }
    before.calls += calls
    before.throttled += throttled
    before.failed += failed
    before.devices += devices
  }

  /** The calls of each account, oldest first. */
  calls(): CallRow[] {
    return [...this.#recent.values()].flatMap(({ ring, next }) => [
      ...ring.slice(next),
      ...ring.slice(0, next),
    ])
  }

  counts(since: number): CallCountRow[] {
    return [...this.#counts.values()].filter(({ time }) => time >= since)
  }
}

export function calls(store: CallStore, clock: Clock): Calls {
  let noted = new Noted()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let writing: Promise<void> = Promise.resolve()

  const intervalOf = (time: number) => time - (time % intervalMs)
  const countsSince = () => intervalOf(clock.now() - rememberedMs)

  async function write(): Promise<void> {
    if (noted.isEmpty) return
    const taken = noted
    noted = new Noted()
    const [recent, since] = [taken.calls(), countsSince()]
    try {
      await store.add(recent, taken.counts(since), { newest: recentMax, countsSince: since })
    } catch {
      // Failed writes are retried with the calls recorded since; only the newest are kept.
      const later = noted
      noted = new Noted()
      for (const call of [...recent, ...later.calls()]) noted.list(call)
      for (const count of [...taken.counts(since), ...later.counts(since)]) noted.count(count)
      if (!closed) arm()
    }
  }

  /** Writes run one after the other; a reader waits for the current write. */
  function flush(): Promise<void> {
    writing = writing.then(write)
    return writing
  }

  function arm(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      flush()
    }, writeEveryMs).unref()
  }

  return {
    note(call, listed) {
      if (closed) return
      if (listed) noted.list(call)
      const { account, action, result, code, devices } = call
      const throttled = code.startsWith('Throttling') ? 1 : 0
      const failed = result === 'answered' || throttled === 1 ? 0 : 1
      noted.count({ account, action, time: intervalOf(call.time), calls: 1, throttled, failed, devices })
      arm()
    },
    async recent(account, limit) {
      await flush()
      return store.recent(account, limit)
    },
    async counts(account) {
      await flush()
      return { now: clock.now(), counts: await store.counts(account, countsSince()) }
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await flush()
    },
  }
}
