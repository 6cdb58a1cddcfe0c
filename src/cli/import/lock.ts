import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Ending } from '../ending.ts'

/**
 * Sees to it that one process alone works with a journal. What a process left behind that is gone is taken over.
 * @returns what gives it back
 * @throws Ending where another process has it
 */
export function lock(path: string): () => void {
  const file = `${path}.lock`
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(readFileSync(file, 'utf8'))
    if (isRunning(holder))
      throw new Ending('usage', `process ${holder} is importing this file (${file} says so); wait for it`)
    rmSync(file, { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
