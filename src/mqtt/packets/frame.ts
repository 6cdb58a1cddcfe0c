import { ProtocolError } from './packet.ts'
import { reasonCodes } from './reason-codes.ts'

/** The start of a packet's body and its end, which may be after the bytes received so far. */
export interface Frame {
  body: number
  end: number
}

/**
 * Reads the fixed header of the packet at `at`: its type and flags, then the remaining length in 1–4 bytes.
 * @param remainingMax maximum remaining length
 * @param frame is filled, to avoid creating an object per packet
 * @returns false if the header is incomplete
 * @throws ProtocolError if the length is malformed or too large, before any of the body is buffered
 */
export function readFrame(bytes: Uint8Array, at: number, remainingMax: number, frame: Frame): boolean {
  let remaining = 0
  for (let i = 0; i < 4; i++) {
    if (at + 1 + i >= bytes.length) return false
    const byte = bytes[at + 1 + i]!
    remaining += (byte & 0x7f) << (7 * i)
    if (byte < 0x80) {
      if (remaining > remainingMax)
        throw new ProtocolError(
          `a packet has ${remaining} bytes; at most ${remainingMax} are taken`,
          reasonCodes.packetTooLarge,
        )
      frame.body = at + 2 + i
      frame.end = frame.body + remaining
      return true
    }
  }
  throw new ProtocolError('the remaining length of a packet has more than 4 bytes')
}
