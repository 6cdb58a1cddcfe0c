import { isPlain } from '../../device-files/reshape/reshape.ts'
import { digestOfFile } from '../../importer/digest.ts'
import type { ImportSpec } from '../../importer/journal.ts'
import { resumptionOf } from '../../importer/resume.ts'
import type { Target } from '../../importer/target.ts'
import { reshapeOf } from '../check/reshape-options.ts'
import { openFile } from '../check/verify-file.ts'
import { CliError } from '../cli-error.ts'
import { endpointOf } from '../endpoint/connect.ts'
import { hashes } from '../endpoint/send.ts'
import type { Journal } from './journal.ts'
import type { ImportOptions } from './options.ts'

/** Describes the import for the journal. */
export function importSpecOf(size: number, target: Target, options: ImportOptions): ImportSpec {
  const {
    mode,
    format,
    delimiter,
    encoding,
    header = true,
    sheet,
    map,
    batch,
    skipLines,
    rows,
    allow,
  } = options
  const reshape = reshapeOf(options)
  return {
    endpoint: endpointOf(options.endpoint),
    product: target.productKey,
    instance: target.instanceId ?? null,
    mode,
    batch,
    // Compatible with journals from when only one sheet could be chosen; defaults at the end are omitted.
    reading: JSON.stringify({
      ...{ format, delimiter, encoding, header, sheet: sheet?.length === 1 ? sheet[0] : sheet, map },
      ...{ skipLines, rows, allow: allow?.toSorted() },
      ...(!isPlain(reshape) && { reshape }),
    }),
    size,
  }
}

/**
 * Resumes the import in the journal, or starts this one in its place.
 * @param modified last change of the file
 * @throws CliError if the journal belongs to another unfinished import, or its rows have changed
 */
export async function resumeOrBegin(
  journal: Journal,
  present: ImportSpec,
  path: string,
  modified: number,
  options: ImportOptions,
): Promise<void> {
  const resumption = await resumptionOf(journal, present, modified, async () =>
    digestOfFile((await openFile(path, options, true)).chunks, hashes.sha256),
  )
  switch (resumption.code) {
    case 'begin':
      return journal.begin(present, modified)
    case 'resume':
      journal.continue()
      process.stderr.write(`Resuming the import in ${journal.path}\n`)
      return
    case 'otherImport': {
      const { what, before } = resumption
      throw new CliError(
        'usage',
        `the journal ${journal.path} records an unfinished import with another ${what} (${before[what]}, not ${present[what]}). Resume it with the original options, or remove the journal to start again`,
      )
    }
    case 'rowsChanged':
      throw new CliError(
        'usage',
        `the rows of ${path} changed after the verification, and some of them are imported. Restore the file and resume, or remove ${journal.path} to start again`,
      )
  }
}
