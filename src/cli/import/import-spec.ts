import { digestOfFile } from '../../importer/digest.ts'
import type { ImportSpec } from '../../importer/journal.ts'
import { canResume, OtherImportUnfinished, RowsChanged } from '../../importer/resume.ts'
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
 * Takes up the import that the journal tells of, or begins this one over it.
 * @param modified when the file was changed last
 * @throws CliError where the journal is of another import that has not ended, or its rows have changed under it
 */
export async function resumeOrBegin(
  journal: Journal,
  present: ImportSpec,
  path: string,
  modified: number,
  options: ImportOptions,
): Promise<void> {
  if (await resumes(journal, present, path, modified, options)) {
    journal.continue()
    process.stderr.write(`Resuming the import in ${journal.path}\n`)
  } else journal.begin(present, modified)
}

async function resumes(
  journal: Journal,
  present: ImportSpec,
  path: string,
  modified: number,
  options: ImportOptions,
): Promise<boolean> {
  try {
    return await canResume(journal, present, modified, async () =>
      digestOfFile((await openFile(path, options, true)).chunks, hashes.sha256),
    )
  } catch (error) {
    if (error instanceof OtherImportUnfinished)
      throw new CliError(
        'usage',
        `the journal ${journal.path} records another import: ${error.message}. Resume it with the original options, or remove the journal to start again`,
      )
    if (error instanceof RowsChanged)
      throw new CliError(
        'usage',
        `the rows of ${path} changed after the verification, and some of them are imported. Restore the file and resume, or remove ${journal.path} to start again`,
      )
    throw error
  }
}
