/**
 * Starts work for each item, several at a time, and yields the results in the order of the items. It reads only as
 * many items ahead as it may start.
 * @param start an error ends the sequence when its turn comes; work that is under way by then is not awaited
 * @param width how many may be under way; it may change from item to item
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  start: (item: T) => Promise<R>,
  width: () => number,
): AsyncGenerator<R> {
  const started: Promise<R>[] = []
  for await (const item of items) {
    const result = start(item)
    // If one before it fails, nothing awaits this one.
    result.catch(() => {})
    started.push(result)
    while (started.length >= width()) yield await started.shift()!
  }
  while (started.length > 0) yield await started.shift()!
}
