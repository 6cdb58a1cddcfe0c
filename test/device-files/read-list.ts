import { describeNote, describeUnreadable } from '../../src/cli/check/describe.ts'
import { openRows, type ReadOptions } from '../../src/device-files/open.ts'
import { UnreadableFile } from '../../src/device-files/unreadable.ts'
import { FileValidator } from '../../src/importer/file-validator.ts'
import { textAt } from '../../src/lib/columns.ts'

/** The content of a file: its good devices, the faults of the other rows by line, and its notes. */
export interface ReadList {
  readonly good: readonly string[]
  readonly bad: Readonly<Record<number, string>>
  /** Codes of notes and findings. */
  readonly told: readonly string[]
  readonly notes: readonly string[]
  /** Why it can't be read, as the command line says it. */
  readonly error?: string
}

/** Reads a file as the commands do, in pieces. */
export async function readList(
  file: string | Uint8Array,
  options: Partial<ReadOptions> = {},
  name = 'devices.csv',
  piece = 1000,
): Promise<ReadList> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file)
  const input = (async function* () {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  })()
  const good: string[] = []
  const bad: Record<number, string> = {}
  try {
    const source = await openRows(name, input, { map: {}, chunkRows: 100, ...options })
    const validator = new FileValidator(7)
    for await (const rows of source.chunks) {
      const verdicts = validator.verdicts(rows)
      const { DeviceName, DeviceSecret, Sn } = rows.members
      for (let entry = 0; entry < rows.count; entry++) {
        if (verdicts[entry] === 0)
          good.push(
            [DeviceName, DeviceSecret, Sn]
              .map((column) => textAt(column, entry) ?? '')
              .join(' ')
              .trim(),
          )
        else
          bad[rows.line(entry)] = validator
            .reasons(rows, entry, verdicts[entry]!)
            .map(({ field, reason }) => `${field} ${reason}`.trim())
            .join(' | ')
      }
    }
    // As the commands end it.
    if (good.length + Object.keys(bad).length === 0) throw new UnreadableFile({ code: 'NoRows' })
    const told = [...source.notes, ...source.findings()].map(({ code }) => code)
    return { good, bad, told, notes: source.notes.map(describeNote) }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { good, bad, told: [], notes: [], error: describeUnreadable(error) }
  }
}
