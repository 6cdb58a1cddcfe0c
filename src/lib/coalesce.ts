interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Groups concurrent items. Items that arrive while `atOnce` groups are in progress wait, and form the next
 * group of at most `max`. A single item waits only for `gather`.
 * @param gather awaited before each group, to let more items arrive
 * @param rest awaited after each group, so that groups are larger under load
 * @param run returns the results in the order of the items; if it throws, every item of the group fails
 */
export function coalesce<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  {
    max,
    atOnce,
    gather,
    rest,
  }: {
    readonly max: number
    readonly atOnce: number
    readonly gather?: () => Promise<void>
    readonly rest?: () => Promise<void>
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
      if (rest !== undefined) await rest()
    }
    goes--
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (goes < atOnce) go()
    })
}
