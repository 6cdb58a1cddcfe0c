/**
 * A small seeded generator of numbers in [0, 1), for repeatable runs: sfc32. Its 128-bit state keeps sequences
 * of different seeds apart.
 */
export function seededRandom(seed: number, stream = 0): () => number {
  let [a, b, c, count] = [seed, stream, 0x9e3779b9, 1]
  const next = () => {
    const sum = (a + b + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4294967296
  }
  // The first numbers of similar seeds are similar.
  for (let i = 0; i < 20; i++) next()
  return next
}

/** Returns the items in random order. */
export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  const order = [...things]
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    ;[order[i], order[other]] = [order[other]!, order[i]!]
  }
  return order
}
