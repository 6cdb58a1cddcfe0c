/** The hash of src/lib/byte-words.ts, where its properties are described. */
// @ts-ignore: decorator
@inline export function hashOf(at: usize, length: i32, seed: i32): i32 {
  const factor = ((seed ^ 0x5bd1e995) * <i32>0x9e3779b1) | 1
  const second = ((seed ^ 0x27d4eb2f) * 0x165667b1) | 1
  let hash = seed ^ length
  if (length < 4) {
    for (let i = 0; i < length; i++) hash = ((hash ^ load<u8>(at + i)) * factor) ^ (hash >>> 15)
  } else {
    const last = at + length - 4
    for (let i = at; i < last; i += 4) {
      hash = (hash ^ load<i32>(i)) * factor
      hash = (hash ^ (hash >>> 15)) * second
    }
    hash = (hash ^ load<i32>(last)) * factor
  }
  hash = (hash ^ (hash >>> 16)) * <i32>0x85ebca6b
  hash = (hash ^ (hash >>> 13)) * <i32>0xc2b2ae35
  return hash ^ (hash >>> 16)
}
