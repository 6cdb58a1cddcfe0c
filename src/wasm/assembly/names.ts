/** The validation stages that read every byte of a name: its hash, and whether the list repeats it. */
import { same } from './bytes'
import { hashOf } from './hash'
import { entriesMax, verdicts } from './verdicts'

const placesCount: i32 = 2 * entriesMax

export const hashes: usize = memory.data(4 * entriesMax, 16)
/** Entries seen so far, by hash: number plus one, 0 for an empty slot. */
const places: usize = memory.data(4 * placesCount, 16)

/** Hashes the first `count` values of a column; an absent one like an empty one. */
export function hashColumn(bytes: usize, starts: usize, lengths: usize, count: i32, seed: i32): void {
  for (let entry = 0; entry < count; entry++) {
    const length = max(0, load<i32>(lengths + 4 * entry))
    store<i32>(hashes + 4 * entry, hashOf(bytes + load<i32>(starts + 4 * entry), length, seed))
  }
}

/**
 * Sets `bit` in the verdict of each entry without any of the bits `illegal` that repeats a value; call
 * `hashColumn` first.
 */
export function markRepeated(bytes: usize, starts: usize, lengths: usize, count: i32, illegal: u32, bit: u32): void {
  const mask = placesFor(count) - 1
  memory.fill(places, 0, 4 * (mask + 1))
  for (let entry = 0; entry < count; entry++) {
    if ((load<u8>(verdicts + entry) & illegal) !== 0) continue
    const hash = load<i32>(hashes + 4 * entry)
    const length = load<i32>(lengths + 4 * entry)
    const at = bytes + load<i32>(starts + 4 * entry)
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const other = load<i32>(places + 4 * place) - 1
      if (other < 0) {
        store<i32>(places + 4 * place, entry + 1)
        break
      }
      if (load<i32>(hashes + 4 * other) !== hash || load<i32>(lengths + 4 * other) !== length) continue
      if (same(bytes + load<i32>(starts + 4 * other), at, length)) {
        store<u8>(verdicts + entry, load<u8>(verdicts + entry) | bit)
        break
      }
    }
  }
}

/** A power of two that leaves at least half of the slots empty. */
// @ts-ignore: decorator
@inline function placesFor(count: i32): i32 {
  return 1 << (32 - clz(2 * count))
}
