/** Formats whole numbers, with consecutive ones as ranges: 3,7-9. */
export function rangesOf(numbers: readonly number[]): string {
  const parts: string[] = []
  const sorted = numbers.toSorted((a, b) => a - b)
  for (let i = 0; i < sorted.length; ) {
    const first = sorted[i]!
    let last = first
    while (++i < sorted.length && sorted[i]! <= last + 1) last = sorted[i]!
    parts.push(first === last ? `${first}` : `${first}-${last}`)
  }
  return parts.join()
}

/** Parses such a text to the first and last number of each range. */
export const parseRanges = (text: string): (readonly [first: number, last: number])[] =>
  text === ''
    ? []
    : text.split(',').map((part) => {
        const [first, last = first] = part.split('-')
        return [Number(first), Number(last)]
      })
