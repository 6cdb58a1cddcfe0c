import type { Socket } from 'node:net'
import type { Connections } from './connections.ts'
import type { Memory } from './memory.ts'

/** How often is looked, in milliseconds: so long a flood goes unseen. */
const lookMs = 100
/** A connection costs node about as much. */
const uncountedBytes = 64 * 1024

/**
 * Request lines and headers that are arriving. Node holds them, up to their limit for each connection, and shows a
 * request only when it has them whole; but a socket tells how much was read from it.
 *
 * @param refuse is told of the connections whose lines there is no memory for, the longest first
 * @returns stops looking
 */
export function watchLines(
  connections: Connections,
  memory: Memory,
  refuse: (socket: Socket) => void,
): () => void {
  let counted = 0

  /** Counts so many bytes in place of those that were; false where they are too many. */
  function recount(bytes: number): boolean {
    if (bytes > counted && !memory.count(bytes - counted)) return false
    if (bytes < counted) memory.uncount(counted - bytes)
    counted = bytes
    return true
  }

  function look(): void {
    const lines = connections.lines().filter(({ bytes }) => bytes > uncountedBytes)
    lines.sort((a, b) => a.bytes - b.bytes)
    let sum = lines.reduce((sum, { bytes }) => sum + bytes, 0)
    // The other half is for requests that are there: who gathers lines for a minute harms only the like.
    while (sum > memory.bytesMax / 2 || !recount(sum)) {
      const { socket, bytes } = lines.pop()!
      refuse(socket)
      sum -= bytes
    }
  }

  const watch = setInterval(look, lookMs).unref()
  return () => {
    clearInterval(watch)
    recount(0)
  }
}
