import { Inflate as FflateInflate } from 'fflate'

/** Decompresses deflate data (RFC 1951) chunk by chunk. Throws if the data is damaged. */
export type Inflate = (packed: Uint8Array) => AsyncIterable<Uint8Array>

/**
 * Upper bound of bytes decompressed at a time, estimated from the previous steps; one byte inflates to at most
 * a thousand.
 */
const unpackedAtOnce = 256 * 1024
const stepBytes = { first: 4 * 1024, min: 512, max: 64 * 1024 } as const

/** Decompresses on this thread, without Node APIs. */
export async function* inflateHere(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = []
  let unpacked = 0
  const inflate = new FflateInflate((piece) => {
    unpacked += piece.length
    if (piece.length > 0) pieces.push(piece)
  })
  for (let at = 0, step: number = stepBytes.first; at < packed.length; ) {
    const before = unpacked
    const end = Math.min(packed.length, at + step)
    inflate.push(packed.subarray(at, end), end === packed.length)
    yield* pieces
    pieces = []
    const ratio = Math.max(1, (unpacked - before) / (end - at))
    step = Math.round(Math.min(stepBytes.max, Math.max(stepBytes.min, unpackedAtOnce / ratio)))
    at = end
  }
}
