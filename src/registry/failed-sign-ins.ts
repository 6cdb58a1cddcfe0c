import type { Clock } from '../lib/clock.ts'

/** Maximum failed sign-ins per minute of a user name and of an address; further ones are not verified. */
const perUserName = 20
const perAddress = 200
const minuteMs = 60_000
/**
 * Maximum number of user names and addresses counted at a time (about 10 MB); beyond it, the oldest are
 * dropped.
 */
const countedMax = 100_000

/** Counts failed sign-ins of the last minute. */
export interface FailedSignIns {
  /** Reports whether sign-ins of this user name or from this address are refused without verification. */
  isThrottled(userName: string, address: string): boolean
  note(userName: string, address: string): void
}

interface Count {
  readonly since: number
  failed: number
}

/** Counts of one kind, each for a minute after its first failure; a Map keeps them in that order. */
class Counts {
  readonly #counts = new Map<string, Count>()
  readonly #max: number
  constructor(max: number) {
    this.#max = max
  }

  isFull(key: string, now: number): boolean {
    const count = this.#counts.get(key)
    return count !== undefined && now - count.since < minuteMs && count.failed >= this.#max
  }

  note(key: string, now: number): void {
    const count = this.#counts.get(key)
    if (count !== undefined && now - count.since < minuteMs) {
      count.failed++
      return
    }
    this.#counts.delete(key)
    for (const [oldest, { since }] of this.#counts) {
      if (now - since < minuteMs && this.#counts.size < countedMax) break
      this.#counts.delete(oldest)
    }
    this.#counts.set(key, { since: now, failed: 1 })
  }
}

/** All IPv6 addresses of a /64 network count as one, since a host can choose among them. */
function networkOf(address: string): string {
  if (!address.includes(':') || /^::ffff:\d+\./i.test(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - after.length
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...after].slice(0, 4).join(':')
}

/** Names too long for a device share one counter, to bound memory. */
const nameKey = (userName: string) => (userName.length > 200 ? '' : userName)

export function failedSignIns(clock: Pick<Clock, 'elapsed'>): FailedSignIns {
  const [userNames, addresses] = [new Counts(perUserName), new Counts(perAddress)]
  return {
    isThrottled(userName, address) {
      const now = clock.elapsed()
      return userNames.isFull(nameKey(userName), now) || addresses.isFull(networkOf(address), now)
    },
    note(userName, address) {
      const now = clock.elapsed()
      userNames.note(nameKey(userName), now)
      addresses.note(networkOf(address), now)
    },
  }
}
