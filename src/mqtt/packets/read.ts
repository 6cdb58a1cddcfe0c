import type { Frame } from './frame.ts'
import { readGenerally } from './general.ts'
import type { Packet, ProtocolVersion } from './packet.ts'
import { readQuickly } from './quick.ts'

/**
 * Reads a complete packet.
 * @param at start of its fixed header; `frame` has the rest
 * @param version undefined before CONNECT
 * @throws ProtocolError if the packet is malformed
 */
export const readPacket = (
  bytes: Buffer,
  at: number,
  frame: Frame,
  version: ProtocolVersion | undefined,
): Packet => readQuickly(bytes, at, frame, version) ?? readGenerally(bytes.subarray(at, frame.end), version)
