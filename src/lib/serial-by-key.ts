/**
 * Runs functions with the same key one after the other, and others concurrently.
 * @returns a function that runs another in its key's turn
 */
export function serialByKey() {
  const last = new Map<string, Promise<unknown>>()
  return async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = last.get(key)
    const own = before === undefined ? run() : before.then(run, run)
    last.set(key, own)
    try {
      return await own
    } finally {
      if (last.get(key) === own) last.delete(key)
    }
  }
}
