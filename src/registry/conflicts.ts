import { Conflict, Duplicate, Unavailable } from '../storage/storage.ts'

/** More conflicts in a row than this are not chance; deleting a block's devices at once causes hundreds. */
const triesMax = 100

/**
 * Runs a write that is computed from the store's state, and computes it again if another process changed that
 * state.
 * @throws Unavailable after `triesMax` conflicts
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

/** Runs a write. If a unique value is in use, the error names it as `what`. @throws Taken */
export async function describeDuplicate<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw error instanceof Duplicate ? new Duplicate(`${what} is in use already`) : error
  }
}
