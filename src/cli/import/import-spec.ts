import { digestOfFile } from '../../importer/digest.ts'
import type { ImportSpec } from '../../importer/journal.ts'
import { resumptionOf } from '../../importer/resume.ts'
import type { Target } from '../../importer/target.ts'
import { openFile } from '../check/verify-file.ts'
import { CliError } from '../cli-error.ts'
import { endpointOf } from '../endpoint/connect.ts'
import { hashes } from '../endpoint/send.ts'
import type { Journal } from './journal.ts'
import type { ImportOptions } from './options.ts'

/** The description of the import in the journal. */
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
  return {
    endpoint: endpointOf(options.endpoint),
    product: target.productKey,
    instance: target.instanceId ?? null,
    mode,
    batch,
    // As it was written when one sheet could be given, and nothing of what stands last.
    reading: JSON.stringify({
      ...{ format, delimiter, encoding, header, sheet: sheet?.length === 1 ? sheet[0] : sheet, map },
      ...{ skipLines, rows, allow: allow?.toSorted() },
    }),
    size,
  }
}

/**
 * Resumes the import in the journal, or begins this one over it.
 * @param modified when the file was changed last
 * @throws CliError if the journal is of another import that is unfinished, or its rows have changed under it
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
