import { Gunzip } from 'fflate'
import { UnreadableFile } from './unreadable.ts'

/** Compressed bytes per step; they inflate to at most a thousand times as many. */
const stepBytes = 4 * 1024

/** Decompresses a gzip file as it is read. @throws UnreadableFile */
export async function* gunzipped(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = []
  const gunzip = new Gunzip((data) => {
    if (data.length > 0) unpacked.push(data)
  })
  try {
    for await (const chunk of input)
      for (let at = 0; at < chunk.length; at += stepBytes) {
        push(gunzip, chunk.subarray(at, at + stepBytes), false)
        yield* unpacked
        unpacked = []
      }
    push(gunzip, new Uint8Array(0), true)
    yield* unpacked
  } catch (error) {
    throw error instanceof NotGzip ? new UnreadableFile({ code: 'NotGzip', cause: error.message }) : error
  }
}

class NotGzip extends Error {}

function push(gunzip: Gunzip, bytes: Uint8Array, isLast: boolean): void {
  try {
    gunzip.push(bytes, isLast)
  } catch (error) {
    throw new NotGzip((error as Error).message)
  }
}
