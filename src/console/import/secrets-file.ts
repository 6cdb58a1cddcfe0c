import { FileValidator } from '../../importer/file-validator.ts'
import { textAt } from '../../lib/columns.ts'
import { chunkRows, openBlob } from './blob-rows.ts'
import type { Reading } from './messages.ts'
import { randomSeed } from './seed.ts'

/** The good names of a file with the secrets that are generated for them, as CSV. @throws UnreadableFile */
export async function secretsFile(
  file: Blob,
  name: string,
  reading: Reading,
): Promise<{ readonly file: Blob; readonly name: string }> {
  const source = await openBlob(file, name, reading, chunkRows)
  const validator = new FileValidator(randomSeed())
  const pieces = ['DeviceName,DeviceSecret\n']
  for await (const rows of source.chunks) {
    const { DeviceName, DeviceSecret } = rows.members
    const lines = [...validator.judge(rows).good].map(
      (entry) => `${textAt(DeviceName, entry)},${textAt(DeviceSecret, entry)}\n`,
    )
    pieces.push(lines.join(''))
  }
  return {
    file: new Blob(pieces, { type: 'text/csv' }),
    name: `${name.replace(/\.[^.]*$/, '')}-secrets.csv`,
  }
}
