import { linkSync, unlinkSync, writeFileSync } from 'node:fs'

/**
 * Writes a file completely or not at all, and only if it does not exist: of several processes that start
 * together, one creates it.
 */
export function writeNewFile(path: string, text: string, mode: number): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text, { mode, flush: true })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}
