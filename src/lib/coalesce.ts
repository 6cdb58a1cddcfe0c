import { setTimeout as delay } from 'node:timers/promises'

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Does many like things in few goes: what comes while `atOnce` goes are under way waits, and goes together in the
 * next one, up to `max` of it. A single item waits only for `gather`.
 *
 * @param gather is waited for before each go, for what else is about to come
 * @param restMs how many milliseconds a go that was done rests before the next one: under load the groups are larger
 * @param run gives the results in the order of the items; where it throws, each of them has failed
 */
export function coalesce<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  {
    max,
    atOnce,
    gather,
    restMs,
  }: {
    readonly max: number
    readonly atOnce: number
    readonly gather?: () => Promise<void>
    readonly restMs?: number
  },
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let goes = 0

  async function go(): Promise<void> {
    goes++
    while (waiting.length > 0) {
      if (gather !== undefined) await gather()
      const group = waiting.splice(0, max)
      try {
        const results = await run(group.map(({ item }) => item))
        group.forEach(({ resolve }, i) => {
          resolve(results[i]!)
        })
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
      if (restMs !== undefined) await delay(restMs)
    }
    goes--
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (goes < atOnce) go()
    })
}
