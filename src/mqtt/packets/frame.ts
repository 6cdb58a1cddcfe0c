import { ProtocolError } from './packet.ts'
import { reasonCodes } from './reason-codes.ts'

/** Where a packet ends and where its body begins; `end` may lie behind what has arrived. */
export interface Frame {
  body: number
  end: number
}

/**
 * Reads the fixed header of the packet at `at`: its type and flags, then the remaining length in 1–4 bytes.
 * @param remainingMax the largest remaining length that is taken
 * @param frame is filled in, so that no object is made for each packet
 * @returns false when the header has not arrived as a whole
 * @throws ProtocolError when the length is malformed or too large, before any of the body is kept
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
