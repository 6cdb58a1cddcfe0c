import { openRows } from '../../device-files/open.ts'
import type { RowSource } from '../../device-files/rows.ts'
import type { Reading } from './messages.ts'

/** Rows in a call, as many as it takes. */
export const chunkRows = 10_000

/** A file of which rows are being read. */
export interface OpenBlob extends RowSource {
  /** How much of it has been read, from 0 to 1. */
  share(): number
}

/** Opens a file of the browser as a list of devices. @throws UnreadableFile */
export async function openBlob(file: Blob, name: string, reading: Reading, size: number): Promise<OpenBlob> {
  let position = 0
  const source = await openRows(
    name,
    piecesOf(file, (bytes) => {
      position += bytes
    }),
    { ...reading, ...sheetsOf(reading), allowMissing: true, chunkRows: size },
  )
  const share = source.share ?? (() => Math.min(1, position / Math.max(1, file.size)))
  return Object.assign(source, { share })
}

/** An import that a browser has kept since one sheet could be chosen alone names it so. */
const sheetsOf = ({ sheet }: Reading & { readonly sheet?: string }) =>
  sheet === undefined ? {} : { sheets: [sheet] }

/**
 * Fails where a file was changed, moved or deleted since it was chosen, or is a folder. A stream of one does not tell.
 * @throws DOMException NotReadableError or NotFoundError
 */
export async function assertReadable(file: Blob): Promise<void> {
  await file.slice(0, 1).arrayBuffer()
}

/** A stream of its own for each pass; it is let go of where the pass ends early. */
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
