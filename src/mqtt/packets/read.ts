import type { Frame } from './frame.ts'
import { readGenerally } from './general.ts'
import type { Packet, ProtocolVersion } from './packet.ts'
import { readQuickly } from './quick.ts'

/**
 * Reads a packet that has arrived as a whole.
 * @param at where its fixed header begins; `frame` has the rest
 * @param version undefined before CONNECT
 * @throws ProtocolError when it breaks the protocol
 */
export const readPacket = (
  bytes: Buffer,
  at: number,
  frame: Frame,
  version: ProtocolVersion | undefined,
): Packet => readQuickly(bytes, at, frame, version) ?? readGenerally(bytes.subarray(at, frame.end), version)
