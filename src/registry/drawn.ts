import { type Column, cut } from '../lib/columns.ts'
import { lettersAndDigits, type Random, randomText } from '../lib/random.ts'

/** Of names that are drawn: 119 bits, so that nobody need look whether one is in use. */
export const deviceNameLength = 20
/** Of secrets that are drawn, as long as one may be. */
export const deviceSecretLength = 32

export const drawn = (random: Random, length: number) => randomText(random, length, lettersAndDigits)

export const drawnColumn = (random: Random, count: number, length: number): Column =>
  cut(drawn(random, count * length), length)
