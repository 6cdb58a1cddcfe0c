import { spreadsheetDigits } from './spreadsheet-artifacts.ts'

/** Shorter numbers are counters: 1 to 1000 differ in length without having lost zeros. */
const digitsMin = 6
/** Numbers of this length or longer share one counter. */
const lengthsMax = 64

/**
 * Counts the values of a column, to detect artifacts that only a comparison of the values shows: lost leading
 * zeros, rounded long numbers, and 12E5.
 */
export class ColumnCounts {
  #values = 0
  #numbers = 0
  /** The counts of numbers by length: all of them, and those that begin with 9, 10 and 0. */
  readonly #lengths = new Float64Array(lengthsMax)
  readonly #nines = new Float64Array(lengthsMax)
  readonly #tens = new Float64Array(lengthsMax)
  #keptZeros = 0
  readonly #long = new LongNumbers()
  #longOfChunk = new LongNumbers()
  /** Values of the shape 1.2E+06. */
  scientific = 0
  /** Values that contain anything besides the digits and signs of numbers. */
  texts = 0

  /** Starts a new chunk of rows. */
  nextChunk(): void {
    this.#longOfChunk = new LongNumbers()
  }

  /** @param bytes the number is in [from, from + size) */
  addNumber(bytes: Uint8Array, from: number, size: number): void {
    const length = size < lengthsMax ? size : lengthsMax - 1
    const first = bytes[from]
    this.#values++
    this.#numbers++
    this.#lengths[length]!++
    if (first === 0x39) this.#nines[length]!++
    else if (first === 0x31 && bytes[from + 1] === 0x30) this.#tens[length]!++
    else if (first === 0x30 && size > 1) this.#keptZeros++
    if (size <= spreadsheetDigits) return
    const isOne = isRounded(bytes, from, size)
    this.#long.add(size - spreadsheetDigits, isOne)
    this.#longOfChunk.add(size - spreadsheetDigits, isOne)
  }

  addTexts(count: number): void {
    this.#values += count
    this.texts += count
  }

  addScientific(): void {
    this.#values++
    this.scientific++
  }

  /** Counts a value such as 12E5, which is either a number or an identifier. */
  addExponent(): void {
    this.#values++
  }

  /**
   * Reports whether values such as 12E5 are numbers: true if the column also has numbers such as 1.2E+06, or
   * only numbers. In a column with identifiers such as 12F7 they are identifiers too.
   */
  get hasExponents(): boolean {
    return this.scientific > 0 || this.texts === 0
  }

  /** Reports whether numbers of more than 15 digits are rounded the way spreadsheets round them. */
  get areLongRounded(): boolean {
    return this.#long.areRounded || this.#longOfChunk.areRounded
  }

  /**
   * The length of nearly all numbers if shorter ones may have lost leading zeros, otherwise 0. Longer numbers
   * suggest a counter.
   */
  get usualDigits(): number {
    const lengths = this.#lengths
    const usual = Math.max(...lengths)
    const most = lengths.indexOf(usual)
    const hasLonger = lengths.subarray(most + 1).some((count) => count > 0)
    const isRare = 2 * this.#numbers < this.#values
    if (most < digitsMin || usual < 2 || usual === this.#numbers) return 0
    if (isRare && (this.#numbers < 20 || usual < 0.8 * this.#numbers)) return 0
    // Leading zeros survive only in a text column, unless nearly all values have the same length.
    if (this.#keptZeros > 0 && usual < 0.8 * this.#numbers) return 0
    if (hasLonger && usual < 0.9 * this.#numbers) return 0
    return this.#isCounter(most) || 2 * usual <= this.#numbers ? 0 : most
  }

  /** Reports whether the column is a counter: it grows from 9,999,999 to 10,000,000 without losing zeros. */
  #isCounter(most: number): boolean {
    const shorter = this.#numbers - this.#lengths[most]!
    return this.#nines[most - 1] === shorter && this.#tens[most] === this.#lengths[most]
  }
}

/** Counts numbers with more digits than a spreadsheet keeps (15). */
class LongNumbers {
  #count = 0
  #rounded = 0
  #surplus = 0
  /** The expected number of values that look rounded by chance. */
  #expected = 0

  add(surplus: number, isRounded: boolean): void {
    this.#count++
    this.#surplus += surplus
    this.#expected += 10 ** -surplus
    if (isRounded) this.#rounded++
  }

  /**
   * True if all numbers end in zeros, or ten times as many as chance predicts; chance reaches this in one
   * column of a hundred.
   */
  get areRounded(): boolean {
    if (this.#rounded === this.#count) return this.#surplus >= 2
    return this.#rounded >= 5 && this.#rounded > 10 * this.#expected
  }
}

/** Reports whether only zeros follow the 15 digits that a spreadsheet keeps. */
export function isRounded(bytes: Uint8Array, from: number, size: number): boolean {
  for (let at = from + spreadsheetDigits; at < from + size; at++) if (bytes[at] !== 0x30) return false
  return true
}
