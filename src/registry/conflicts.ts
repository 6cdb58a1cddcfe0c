import { Conflict, Duplicate, Unavailable } from '../storage/storage.ts'

/** More writes in a row that others overtook are more than chance: hundreds of devices of a block may be deleted at once. */
const triesMax = 100

/**
 * Runs a write that was computed from what the store had; again, from what it has then, when another process changed
 * that in between.
 * @throws Unavailable when others were faster each time
 */
export async function retryOnConflict<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      if (tries === triesMax) throw new Unavailable(error.message, { cause: error })
    }
  }
}

/** Runs a write. If a unique value is in use, the error names it: `what`. @throws Taken */
export async function describeDuplicate<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw error instanceof Duplicate ? new Duplicate(`${what} is in use already`) : error
  }
}
