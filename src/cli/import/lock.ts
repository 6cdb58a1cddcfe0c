import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Ending } from '../ending.ts'
import { orEnding } from '../fleet/system-error.ts'
import { holderIn, isRunning, present } from './holder.ts'
import { lockOf } from './options.ts'

/** What helps where a journal or its lock can't be written. */
export const otherPlace = '; name another place: --journal FILE'

/**
 * Sees to it that one process alone works with a journal. What a process left behind that is gone is taken over.
 * @returns what gives it back
 * @throws Ending where another process has it
 */
export function lock(path: string): () => void {
  const file = lockOf(path)
  for (;;) {
    if (orEnding(file, otherPlace, () => wasFree(file))) return () => rmSync(file, { force: true })
    const holder = orEnding(file, otherPlace, () => holderIn(textOf(file)))
    if (holder !== undefined && isRunning(holder))
      throw new Ending(
        'usage',
        `process ${holder.pid} is importing this file (${file} says so); wait for it, and if it is not, remove ${file}`,
      )
    orEnding(file, otherPlace, () => rmSync(file, { force: true }))
  }
}

function wasFree(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(present()), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Empty where it was given back meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
