/** The validation stages that read each entry: lengths and kinds, and the selection of entries by verdict. */

/** Maximum number of entries, more than a call may have; a multiple of 16. */
export const entriesMax: i32 = 16_384

/** A byte for each entry, with a bit for each fault. The host copies the verdicts to here and back. */
export const verdicts: usize = memory.data(entriesMax, 16)
/** Numbers of entries: the result of `entriesWith`, or the entries with a row in the answer. */
export const entries: usize = memory.data(4 * entriesMax, 16)

/**
 * Sets `bit` in the verdict of each entry whose value is shorter than `shortest`, longer than `longest` or has one of the kinds
 * `outside`. Skips values of up to `exempt` bytes; an absent value has the length -1.
 */
export function markIllegal(
  lengths: usize, kinds: usize, count: i32, shortest: i32, longest: i32, outside: u32, exempt: i32, bit: u32,
): void {
  const bits = i8x16.splat(<i8>bit)
  const kindsOutside = i8x16.splat(<i8>outside)
  // Sixteen at a time; verdicts after the last entry are not used.
  for (let entry = 0; entry < count; entry += 16) {
    const at = lengths + 4 * entry
    const a = v128.load(at)
    const b = v128.load(at, 16)
    const c = v128.load(at, 32)
    const d = v128.load(at, 48)
    const wrongLength = narrowed(
      beyond(a, shortest, longest), beyond(b, shortest, longest),
      beyond(c, shortest, longest), beyond(d, shortest, longest),
    )
    const rightKinds = i8x16.eq(v128.and(v128.load(kinds + entry), kindsOutside), i8x16.splat(0))
    const least = i32x4.splat(exempt)
    const asked = narrowed(i32x4.gt_s(a, least), i32x4.gt_s(b, least), i32x4.gt_s(c, least), i32x4.gt_s(d, least))
    const illegal = v128.and(v128.or(wrongLength, v128.not(rightKinds)), asked)
    const verdict = verdicts + entry
    v128.store(verdict, v128.or(v128.load(verdict), v128.and(illegal, bits)))
  }
}

// @ts-ignore: decorator
@inline function beyond(lengths: v128, shortest: i32, longest: i32): v128 {
  return v128.or(i32x4.lt_s(lengths, i32x4.splat(shortest)), i32x4.gt_s(lengths, i32x4.splat(longest)))
}

/** Narrows four masks of four lanes to one of sixteen. */
// @ts-ignore: decorator
@inline function narrowed(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d))
}

/** Collects the entries with any of these bits, or with none, in `entries`; returns their number. */
export function entriesWith(bits: u32, count: i32, wanted: bool): i32 {
  let found = 0
  for (let entry = 0; entry < count; entry++) {
    store<i32>(entries + 4 * found, entry)
    found += i32(((load<u8>(verdicts + entry) & bits) !== 0) === wanted)
  }
  return found
}
