import { Taken } from '../storage/storage.ts'

/** Runs a write; where a unique value is in use, the error says which in words. */
export async function unlessInUse<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw error instanceof Taken ? new Taken(`${what} is in use already`) : error
  }
}
