import { Inflate as FflateInflate } from 'fflate'

/** Unpacks what deflate (RFC 1951) has packed, piece by piece. It throws where the bytes are damaged. */
export type Inflate = (packed: Uint8Array) => AsyncIterable<Uint8Array>

/** Bytes that are unpacked at a time, as far as the steps before tell: one byte becomes a thousand at the most. */
const unpackedAtOnce = 256 * 1024
const stepBytes = { first: 4 * 1024, min: 512, max: 64 * 1024 } as const

/** Unpacks on this thread, without anything that only Node has. */
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
