import { existsSync, rmSync } from 'node:fs'
import { writeFileAtomically } from '../../lib/atomic-file.ts'
import { toCliError } from '../check/system-error.ts'
import { CliError } from '../cli-error.ts'
import type { Journal } from './journal.ts'
import { otherPlace } from './lock.ts'
import { inputOf } from './options.ts'

/** @throws CliError where no journal is named: beside which file should standard input lie? */
export function journalOfInput(path: string | undefined): string {
  if (path !== undefined) return path
  throw new CliError(
    'usage',
    'an import reads its rows twice, and again to go on: name a file to keep its journal in, and standard input beside it: --journal FILE',
  )
}

/**
 * Keeps standard input in a file beside the journal, since an import reads its rows twice, and again to go on. What
 * an import that was begun has kept is not read anew.
 */
export async function saveInput(journal: Journal): Promise<string> {
  const path = inputOf(journal.path)
  if (existsSync(path) && journal.hasBegun) return path
  try {
    await writeFileAtomically(path, true, process.stdin)
  } catch (error) {
    throw toCliError(error, path, otherPlace)
  }
  return path
}

/** Removes what was kept, unless an import goes on with it: it holds secrets. Its journal is of no use without it. */
export function removeInput(path: string, journal: Journal, isDone: boolean): void {
  if (journal.hasBegun && !isDone) return
  rmSync(path, { force: true })
  if (journal.hasBegun) rmSync(journal.path, { force: true })
}
