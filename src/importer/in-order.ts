/**
 * Starts work for several items at a time, and yields the results in item order. It reads only as many items
 * ahead as it may start.
 * @param start an error ends the sequence in its turn; work in progress is not awaited then
 * @param width maximum concurrency; it may change between items
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  start: (item: T) => Promise<R>,
  width: () => number,
): AsyncGenerator<R> {
  const started: Promise<R>[] = []
  for await (const item of items) {
    const result = start(item)
    // If an earlier one fails, this one is never awaited.
    result.catch(() => {})
    started.push(result)
    while (started.length >= width()) yield await started.shift()!
  }
  while (started.length > 0) yield await started.shift()!
}
