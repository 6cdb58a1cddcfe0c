import { Pace } from '../../client/pace.ts'

/** Calls that may be under way at once: as many as a browser has connections to one host. */
const widthMax = 6

/** How far something done to many things is. */
export interface SequenceProgress<Item> {
  readonly done: number
  readonly failed: readonly { readonly item: Item; readonly error: unknown }[]
}

export interface SequenceOptions<Item> {
  /** Told after each thing. */
  readonly onProgress: (course: SequenceProgress<Item>) => void
  /** Asked before each thing: true leaves the rest alone. */
  readonly isStopped: () => boolean
  readonly pace?: Pace
}

/** A pace for `inTurn`: hand its `throttled` to whatever is told by the server to slow down. */
export const newSequencePace = (): Pace => new Pace(widthMax)

/**
 * Does something to many things, few at once, in their order; one that fails does not hold up the rest.
 * @returns how far it came
 */
export async function runInSequence<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
  { onProgress, isStopped, pace = newSequencePace() }: SequenceOptions<Item>,
): Promise<SequenceProgress<Item>> {
  let course: SequenceProgress<Item> = { done: 0, failed: [] }
  let next = 0
  const underWay = new Set<Promise<void>>()

  async function one(item: Item): Promise<void> {
    try {
      await act(item)
      pace.wentWell()
      course = { ...course, done: course.done + 1 }
    } catch (error) {
      course = { ...course, failed: [...course.failed, { item, error }] }
    }
    onProgress(course)
  }

  for (;;) {
    while (next < items.length && underWay.size < pace.width && !isStopped()) {
      const going = one(items[next++]!).finally(() => underWay.delete(going))
      underWay.add(going)
    }
    if (underWay.size === 0) return course
    await Promise.race(underWay)
  }
}
