import type { Clock } from '../lib/clock.ts'

/** 2024-01-01T00:00:00Z. 40 bits of milliseconds last until 2058. */
const epochMs = Date.UTC(2024, 0, 1)
const nodeBits = 8
const sequenceBits = 5
const perMillisecond = 2 ** (nodeBits + sequenceBits)
const sequences = 2 ** sequenceBits

/**
 * Generates MessageIds without the store: from the highest bit, 40 bits of time, 8 of the node's number, 5 of a
 * sequence. They are below 2^53, so JSON numbers hold them exactly. The IDs of a node increase; those of
 * several nodes follow their clocks. A node that needs more than 32 in a millisecond takes them from the next
 * millisecond.
 * @returns a function that returns the next one
 */
export function messageIds(clock: Pick<Clock, 'now'>, node: number): () => number {
  const own = (node % 2 ** nodeBits) * sequences
  let time = 0
  let sequence = 0
  return () => {
    const now = clock.now() - epochMs
    if (now > time) {
      time = now
      sequence = 0
    } else if (++sequence === sequences) {
      time++
      sequence = 0
    }
    return time * perMillisecond + own + sequence
  }
}
