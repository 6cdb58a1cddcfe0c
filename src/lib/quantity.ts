/** Formats a whole number for people, with thousands separators: `40,001`. */
export const formatNumber = (number: number): string => number.toLocaleString('en-US')

/**
 * Formats a number with its noun, in the singular for 1: `1 row`, `0 rows`, `2 batches`.
 * @param many the plural, unless it is `one` with an s
 */
export const quantity = (number: number, one: string, many = `${one}s`): string =>
  `${formatNumber(number)} ${number === 1 ? one : many}`
