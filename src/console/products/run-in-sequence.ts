import { Pace } from '../../client/pace.ts'

/** Maximum concurrent calls: a browser's connections to one host. */
const widthMax = 6

/** The progress of an action on many items. */
export interface SequenceProgress<Item> {
  readonly done: number
  readonly failed: readonly { readonly item: Item; readonly error: unknown }[]
}

export interface SequenceOptions<Item> {
  /** Called after each item. */
  readonly onProgress: (course: SequenceProgress<Item>) => void
  /** Called before each item; true skips the rest. */
  readonly isStopped: () => boolean
  readonly pace?: Pace
}

/** Creates the pace for `runInSequence`; pass its `throttled` to the client, which reports throttling. */
export const newSequencePace = (): Pace => new Pace(widthMax)

/**
 * Runs an action on many items in order, a few at a time; a failure does not stop the rest.
 * @returns the progress at the end
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
