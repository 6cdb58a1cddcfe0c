/** The successor of n if 1..last are sorted as decimal strings: 1, 10, 100, …, 2, 20, … */
export function nextInDecimalTree(n: number, last: number): number {
  if (10 * n <= last) return 10 * n
  while (n === last || n % 10 === 9) n = (n / 10) | 0
  return n + 1
}
