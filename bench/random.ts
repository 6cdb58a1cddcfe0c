/**
 * A small seeded generator of numbers in [0, 1), so that runs repeat: sfc32. Its state of 128 bits keeps the
 * sequences of different seeds apart however long they are.
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
  // The first numbers of seeds that lie close are alike.
  for (let i = 0; i < 20; i++) next()
  return next
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], random: () => number): T[] {
  const order = [...things]
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    ;[order[i], order[other]] = [order[other]!, order[i]!]
  }
  return order
}
