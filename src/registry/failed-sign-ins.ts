import type { Clock } from '../lib/clock.ts'

/** Failed sign-ins a minute, of a user name and from an address; further ones are not verified. */
const perUserName = 20
const perAddress = 200
const minuteMs = 60_000
/** User names and addresses that are counted at once; with more, the oldest are forgotten first. 10 MB at most. */
const countedMax = 100_000

/** Failed sign-ins of the last minute. */
export interface FailedSignIns {
  /** Whether further sign-ins of a user name or from an address are refused without verification. */
  isThrottled(userName: string, address: string): boolean
  note(userName: string, address: string): void
}

interface Count {
  readonly since: number
  failed: number
}

/** Counts of one kind, each for a minute from its first failure; a Map keeps them in the order of those. */
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

/** IPv6 addresses of one /64 network are one: a host may choose among them. */
function networkOf(address: string): string {
  if (!address.includes(':') || /^::ffff:\d+\./i.test(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - after.length
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...after].slice(0, 4).join(':')
}

/** Names that no device can have are counted coalesce: their texts may be long. */
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
