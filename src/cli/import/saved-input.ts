import { existsSync, rmSync } from 'node:fs'
import { writeFileAtomically } from '../../lib/atomic-file.ts'
import { toCliError } from '../check/system-error.ts'
import { CliError } from '../cli-error.ts'
import type { Journal } from './journal.ts'
import { otherPlace } from './lock.ts'
import { inputOf } from './options.ts'

/** @throws CliError if no journal is named, because standard input has no path to store the copy beside */
export function journalOfInput(path: string | undefined): string {
  if (path !== undefined) return path
  throw new CliError(
    'usage',
    'an import reads its rows twice, and again to resume: choose a file for the journal, beside which standard input is saved, with --journal FILE',
  )
}

/**
 * Copies standard input to a file beside the journal, since an import reads its rows twice, and again to
 * resume. An unfinished import's copy is used as it is.
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

/**
 * Deletes the copy, which contains secrets, unless the import is to be resumed; its journal is useless without
 * it.
 */
export function removeInput(path: string, journal: Journal, isDone: boolean): void {
  if (journal.hasBegun && !isDone) return
  rmSync(path, { force: true })
  if (journal.hasBegun) rmSync(journal.path, { force: true })
}
