import { existsSync, readFileSync, statSync } from 'node:fs'
import { isLegal } from '../../device-files/columns.ts'
import { isOfRow } from '../../device-files/faults.ts'
import { writeFileAtomically } from '../../lib/atomic-file.ts'
import { textAt } from '../../lib/columns.ts'
import { generatedSecret } from '../check/reshape-options.ts'
import { orCliError, toCliError } from '../check/system-error.ts'
import { openFile } from '../check/verify-file.ts'
import { CliError } from '../cli-error.ts'
import type { Journal } from './journal.ts'
import { type ImportOptions, inputOf, journalOf, lockOf } from './options.ts'

const header = 'DeviceName,DeviceSecret'
const otherFile = '; choose another file with --secrets-out FILE'

/**
 * Generates the secrets of a file's devices, and writes them to a file for its owner alone. It is on the disk before
 * the first call; names that it holds already keep their secrets, so a resumed import uses those of the first run.
 * @returns the secrets by name
 * @throws CliError if the file can't be written, or is needed to resume and not there
 */
export async function generatedSecrets(
  path: string,
  given: string,
  options: ImportOptions,
  journal: Journal,
): Promise<ReadonlyMap<string, string>> {
  const out = options.secretsOut!
  const inUse = [path, given, journal.path, lockOf(journal.path), inputOf(journal.path), options.report]
  if (inUse.includes(out)) throw new CliError('usage', `the secrets would overwrite ${out}${otherFile}`)
  const secrets = existing(out)
  const before = secrets.size
  if (journal.hasBegun && !journal.finished && before === 0)
    throw new CliError(
      'usage',
      `${out} is needed to resume: it holds the secrets of devices that are imported. Restore it, or remove ${journalOf(given, options)} to start again`,
    )
  const file = await openFile(path, options, true)
  try {
    for await (const rows of file.chunks)
      for (let entry = 0; entry < rows.count; entry++) {
        if (rows.faults.get(entry)?.some(isOfRow)) continue
        const name = textAt(rows.members.DeviceName, entry) ?? ''
        if (isLegal('name', name) && !secrets.has(name)) secrets.set(name, generatedSecret())
      }
  } catch (error) {
    throw toCliError(error, path)
  }
  if (secrets.size > before) await written(out, secrets)
  return secrets
}

/** The secrets that a file holds. @throws CliError if it is of another kind: it is not overwritten */
function existing(path: string): Map<string, string> {
  if (!existsSync(path)) return new Map()
  const foreign = new CliError('usage', `${path} exists and is no file of secrets${otherFile}`)
  if (!orCliError(path, otherFile, () => statSync(path)).isFile()) throw foreign
  const [first, ...lines] = orCliError(path, otherFile, () => readFileSync(path, 'utf8')).split('\n')
  if (first !== header) throw foreign
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const [name, secret, ...more] = line.split(',')
        if (secret === undefined || more.length > 0) throw foreign
        return [name!, secret] as const
      }),
  )
}

/** Lines that are written at once. */
const linesAtOnce = 10_000

async function written(path: string, secrets: ReadonlyMap<string, string>): Promise<void> {
  async function* lines() {
    let text = `${header}\n`
    let count = 0
    for (const [name, secret] of secrets) {
      text += `${name},${secret}\n`
      if (++count % linesAtOnce > 0) continue
      yield text
      text = ''
    }
    yield text
  }
  try {
    await writeFileAtomically(path, true, lines())
  } catch (error) {
    throw toCliError(error, path, otherFile)
  }
}
