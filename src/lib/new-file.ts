import { linkSync, unlinkSync, writeFileSync } from 'node:fs'

/** Writes a file whole or not at all, and only where there is none: of processes that start at once, one makes it. */
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
