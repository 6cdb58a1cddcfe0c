import { createReadStream, statSync } from 'node:fs'
import { openRows, type ReadOptions } from '../../device-files/open.ts'
import type { RowSource } from '../../device-files/rows.ts'
import { CliError } from '../cli-error.ts'

/** An open file with its read position. */
export interface OpenFile extends RowSource {
  /** Size in bytes; undefined for standard input. */
  readonly size: number | undefined
  /** Number of bytes read. */
  position(): number
}

const chunkBytes = 1024 * 1024

/**
 * Opens a list of devices.
 * @param path '-' for standard input
 * @throws UnreadableFile
 * @throws CliError if the file does not exist
 */
export async function openRowsOf(path: string, options: ReadOptions): Promise<OpenFile> {
  let position = 0
  const size = path === '-' ? undefined : sizeOf(path)
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: chunkBytes })
  const input = (async function* () {
    for await (const chunk of stream) {
      position += (chunk as Buffer).length
      // All chunks have the same class, because V8 optimises each class separately.
      const { buffer, byteOffset, byteLength } = chunk as Buffer
      yield new Uint8Array(buffer, byteOffset, byteLength)
    }
  })()
  return Object.assign(await openRows(path, input, { ...options, inflate: inflateBeside }), {
    size,
    position: () => position,
  })
}

/** Inflates on a pool thread, one chunk ahead of the reader. */
async function* inflateBeside(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  // Loaded on demand, because most files are not workbooks.
  const { createInflateRaw } = await import('node:zlib')
  const stream = createInflateRaw({ chunkSize: 256 * 1024 })
  stream.end(packed)
  // The loop closes the stream even if the caller stops early.
  for await (const piece of stream) {
    const { buffer, byteOffset, byteLength } = piece as Buffer
    yield new Uint8Array(buffer, byteOffset, byteLength)
  }
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) throw new CliError('usage', `${path} is a folder`)
    return stat.size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CliError('usage', `${path}: the file does not exist`)
    throw error
  }
}
