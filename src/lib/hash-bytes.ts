/** A seeded FNV-1a with a final mix, 32 bits. Whoever must not be able to choose colliding bytes does not know the seed. */
export function hashBytes(bytes: Uint8Array, start: number, length: number, seed: number): number {
  let hash = seed | 0
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
