import { digestOf, WholeDigest } from '../../intake/digest.ts'
import type { Target } from '../../intake/target.ts'
import { Ending } from '../ending.ts'
import { endpointOf } from '../endpoint/connect.ts'
import { openFile } from '../fleet/pass.ts'
import type { Journal, Undertaking } from './journal.ts'
import type { ImportOptions } from './options.ts'

/** What the journal is told that is imported. */
export function undertakingOf(size: number, target: Target, options: ImportOptions): Undertaking {
  const { mode, format, delimiter, encoding, header, sheet, map, batch } = options
  return {
    endpoint: endpointOf(options.endpoint),
    product: target.productKey,
    instance: target.instanceId ?? null,
    mode,
    batch,
    reading: JSON.stringify({ format, delimiter, encoding, header, sheet, map }),
    size,
  }
}

/**
 * Takes up the import that the journal tells of, or begins this one over it.
 * @param modified when the file was changed last
 * @throws Ending where the journal is of another import that has not ended, or its rows have changed under it
 */
export async function takeUp(
  journal: Journal,
  present: Undertaking,
  path: string,
  modified: number,
  options: ImportOptions,
): Promise<void> {
  if (await mayGoOn(journal, present, path, modified, options)) {
    journal.continue()
    process.stderr.write(`goes on with the import that ${journal.path} tells of\n`)
  } else journal.begin(present, modified)
}

async function mayGoOn(
  journal: Journal,
  present: Undertaking,
  path: string,
  modified: number,
  options: ImportOptions,
): Promise<boolean> {
  if (!journal.hasBegun) return false
  const other = (Object.keys(present) as (keyof Undertaking)[]).find(
    (key) => journal.undertaking![key] !== present[key],
  )
  if (other !== undefined) {
    if (journal.finished || !journal.hasSent) return false
    throw new Ending(
      'usage',
      `${journal.path} says that an import with another ${other} was begun (${journal.undertaking![other]}, not ${present[other]}) and not ended. Go on with it as it was begun, or remove the journal to begin anew`,
    )
  }
  if (journal.modified === modified) return true
  // Portions that were sent have digests of their own; where nothing was verified the others may be anything.
  if (!journal.finished && journal.verified === undefined) return true
  if (journal.digest !== undefined && journal.digest === (await digestOfFile(path, options))) return true
  if (journal.finished || !journal.hasSent) return false
  throw new Ending(
    'usage',
    `the rows of ${path} are not those that were verified, and some of them are imported. Put them back as they were and go on, or remove ${journal.path} to begin anew`,
  )
}

/** Reads the file once, and asks nobody. */
async function digestOfFile(path: string, options: ImportOptions): Promise<string> {
  const whole = new WholeDigest()
  for await (const rows of (await openFile(path, options)).portions) whole.add(digestOf(rows))
  return whole.end()
}
