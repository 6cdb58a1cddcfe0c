import type { Socket } from 'node:net'
import type { Connections } from './connections.ts'
import type { Memory } from './memory.ts'

/** Interval of the check in milliseconds: a flood stays undetected for up to this long. */
const lookMs = 100
/** A connection costs node about as much. */
const uncountedBytes = 64 * 1024

/**
 * Watches incomplete request lines and headers. Node buffers them up to a limit per connection and reports a
 * request only when they are complete, but a socket counts its bytes.
 * @param refuse called with the connections that exceed the memory, longest line first
 * @returns stops watching
 */
export function watchLines(
  connections: Connections,
  memory: Memory,
  refuse: (socket: Socket) => void,
): () => void {
  let counted = 0

  /** Replaces the counted bytes by a new number; returns false if it exceeds the limit. */
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
    // The other half is for complete requests, so a client that sends lines slowly harms only others that do
    // the same.
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
