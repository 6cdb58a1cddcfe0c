import { openRows } from '../../device-files/open.ts'
import type { SecretSource } from '../../device-files/reshape/reshape.ts'
import type { RowSource } from '../../device-files/rows.ts'
import { hashes } from '../shell/hashes.ts'
import type { Reading } from './messages.ts'

/** Rows in a call; the maximum. */
export const chunkRows = 10_000

/** A file that is being read. */
export interface OpenBlob extends RowSource {
  /** The share that has been read, from 0 to 1. */
  share(): number
}

/** Opens a browser file as a list of devices. @throws UnreadableFile */
export async function openBlob(file: Blob, name: string, reading: Reading, size: number): Promise<OpenBlob> {
  let position = 0
  const source = await openRows(
    name,
    piecesOf(file, (bytes) => {
      position += bytes
    }),
    { ...reading, ...sheetsOf(reading), secrets: secretsOf(reading), allowMissing: true, chunkRows: size },
  )
  const share = source.share ?? (() => Math.min(1, position / Math.max(1, file.size)))
  return Object.assign(source, { share })
}

/** Generated secrets are made of the reading's seed: 128 bits of an HMAC over the device's name. */
const secretsOf = ({ secretSeed = '' }: Reading): SecretSource => ({
  hmacSha256: hashes.hmacSha256,
  generated: (name) => hashes.hmacSha256(secretSeed, name).slice(0, 32),
})

/** Stored imports from when only one sheet could be chosen have `sheet`. */
const sheetsOf = ({ sheet }: Reading & { readonly sheet?: string }) =>
  sheet === undefined ? {} : { sheets: [sheet] }

/**
 * Fails if a file was changed, moved or deleted since the user chose it, or is a folder. A stream does not
 * report that.
 * @throws DOMException NotReadableError or NotFoundError
 */
export async function assertReadable(file: Blob): Promise<void> {
  await file.slice(0, 1).arrayBuffer()
}

/** Creates a stream for each pass; releases it if the pass ends early. */
async function* piecesOf(file: Blob, note: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      note(value.length)
      yield value
    }
  } catch (error) {
    await assertReadable(file)
    throw error
  } finally {
    await reader.cancel().catch(() => {})
  }
}
