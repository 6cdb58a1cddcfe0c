/** Numbers below have their decimal digits in a table. */
export const tabledMax = 10_000

/** The digits of a number, up to four, as the bytes of a word, the first one lowest; those behind them are 0. */
export const digitsOf = new Int32Array(tabledMax)
export const digitCountOf = new Uint8Array(tabledMax)

for (let n = 0; n < tabledMax; n++) {
  const text = String(n)
  digitCountOf[n] = text.length
  for (let i = 0; i < text.length; i++) digitsOf[n]! |= text.charCodeAt(i) << (8 * i)
}

/** The number after n when 1..last are walked in the order of their decimal digits: 1, 10, 100, …, 2, 20, … */
export function nextInDecimalTree(n: number, last: number): number {
  if (10 * n <= last) return 10 * n
  while (n === last || n % 10 === 9) n = (n / 10) | 0
  return n + 1
}
