/** Numbers below have their decimal digits in a table. */
export const tabledMax = 10_000

/** The digits of a number, up to four, as the bytes of a word, the first one lowest; those behind them are 0. */
export const digitsOf = new Int32Array(tabledMax)
export const digitCountOf = new Uint8Array(tabledMax)

for (let n = 0; n < tabledMax; n++) {
  const digits = Buffer.from(String(n), 'latin1')
  digitCountOf[n] = digits.length
  digitsOf[n] = digits.reduce((word, digit, i) => word | (digit << (8 * i)), 0)
}
