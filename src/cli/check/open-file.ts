import { createReadStream, statSync } from 'node:fs'
import { openRows, type ReadOptions } from '../../device-files/open.ts'
import type { RowSource } from '../../device-files/rows.ts'
import { CliError } from '../cli-error.ts'

/** A file with how far it has been read. */
export interface OpenFile extends RowSource {
  /** Its bytes; undefined for standard input. */
  readonly size: number | undefined
  /** Bytes that have been read. */
  position(): number
}

const chunkBytes = 1024 * 1024

/**
 * Opens a list of devices.
 * @param path '-' for standard input
 * @throws UnreadableFile
 * @throws CliError where there is no such file
 */
export async function openRowsOf(path: string, options: ReadOptions): Promise<OpenFile> {
  let position = 0
  const size = path === '-' ? undefined : sizeOf(path)
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: chunkBytes })
  const input = (async function* () {
    for await (const chunk of stream) {
      position += (chunk as Buffer).length
      // Bytes of one kind all the way: V8 has other code for each.
      const { buffer, byteOffset, byteLength } = chunk as Buffer
      yield new Uint8Array(buffer, byteOffset, byteLength)
    }
  })()
  return Object.assign(await openRows(path, input, { ...options, inflate: inflateBeside }), {
    size,
    position: () => position,
  })
}

/** Unpacks on a thread of the pool, a piece ahead of what is read. */
async function* inflateBeside(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  // Loaded by what needs it: most files are no workbooks.
  const { createInflateRaw } = await import('node:zlib')
  const stream = createInflateRaw({ chunkSize: 256 * 1024 })
  stream.end(packed)
  // Iterating ends the stream, even if it is left early.
  for await (const piece of stream) {
    const { buffer, byteOffset, byteLength } = piece as Buffer
    yield new Uint8Array(buffer, byteOffset, byteLength)
  }
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) throw new CliError('usage', `${path}: ${path} is a folder`)
    return stat.size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CliError('usage', `${path}: there is no file ${path}`)
    throw error
  }
}
