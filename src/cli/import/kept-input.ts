import { existsSync } from 'node:fs'
import { writeWholeFile } from '../../lib/whole-file.ts'
import { Ending } from '../ending.ts'
import { asEndingOfSystem } from '../fleet/system-error.ts'
import { Journal } from './journal.ts'
import { otherPlace } from './lock.ts'
import { inputOf } from './options.ts'

/**
 * Keeps standard input in a file beside the journal, since an import reads its rows twice, and again to go on. What
 * an import that was begun has kept is not read anew.
 * @throws Ending where no journal is named: beside which file should it lie?
 */
export async function keptInput(journalPath: string | undefined): Promise<string> {
  if (journalPath === undefined)
    throw new Ending(
      'usage',
      'an import reads its rows twice, and again to go on: name a file to keep its journal in, and standard input beside it: --journal FILE',
    )
  const path = inputOf(journalPath)
  if (existsSync(path) && new Journal(journalPath).hasBegun) return path
  try {
    await writeWholeFile(path, true, process.stdin)
  } catch (error) {
    throw asEndingOfSystem(error, path, otherPlace)
  }
  return path
}
