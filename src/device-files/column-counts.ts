import { spreadsheetDigits } from './spreadsheet-artifacts.ts'

/** Shorter numbers are counters: 1 to 1000 differ in length, and have lost nothing. */
const digitsMin = 6
/** Numbers of this length and of longer ones are counted together. */
const lengthsMax = 64

/**
 * What a column holds, counted as its values come, for damage that shows only beside the other values: leading zeros
 * that are lost, long numbers that are rounded, and 12E5.
 */
export class ColumnCounts {
  #values = 0
  #numbers = 0
  /** Numbers by how many digits they have, and those of them that begin with 9, with 10 and with 0. */
  readonly #lengths = new Float64Array(lengthsMax)
  readonly #nines = new Float64Array(lengthsMax)
  readonly #tens = new Float64Array(lengthsMax)
  #keptZeros = 0
  readonly #long = new LongNumbers()
  #longOfChunk = new LongNumbers()
  /** Values of the shape 1.2E+06. */
  scientific = 0
  /** Values of other letters and signs than those of numbers. */
  texts = 0

  /** Begins to count the next rows. */
  nextChunk(): void {
    this.#longOfChunk = new LongNumbers()
  }

  /** @param bytes that hold a number in [from, from + size) */
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

  /** A value such as 12E5: a number, or an identifier. */
  addExponent(): void {
    this.#values++
  }

  /**
   * Whether values such as 12E5 are numbers: others are scientific, or all others are numbers. Beside identifiers with
   * other letters, such as 12F7, they are identifiers.
   */
  get hasExponents(): boolean {
    return this.scientific > 0 || this.texts === 0
  }

  /** Whether numbers of more than 15 digits are rounded as spreadsheets round them. */
  get areLongRounded(): boolean {
    return this.#long.areRounded || this.#longOfChunk.areRounded
  }

  /**
   * How many digits nearly all numbers have, if shorter ones may have lost zeros; else 0. Longer ones make it likelier
   * that the numbers are a counter's.
   */
  get usualDigits(): number {
    const lengths = this.#lengths
    const usual = Math.max(...lengths)
    const most = lengths.indexOf(usual)
    const hasLonger = lengths.subarray(most + 1).some((count) => count > 0)
    const isRare = 2 * this.#numbers < this.#values
    if (most < digitsMin || usual < 2 || usual === this.#numbers) return 0
    if (isRare && (this.#numbers < 20 || usual < 0.8 * this.#numbers)) return 0
    // If zeros were kept, the column was text, unless all values but a few have one length.
    if (this.#keptZeros > 0 && usual < 0.8 * this.#numbers) return 0
    if (hasLonger && usual < 0.9 * this.#numbers) return 0
    return this.#isCounter(most) || 2 * usual <= this.#numbers ? 0 : most
  }

  /** A counter that has come from 9,999,999 to 10,000,000 has lost nothing. */
  #isCounter(most: number): boolean {
    const shorter = this.#numbers - this.#lengths[most]!
    return this.#nines[most - 1] === shorter && this.#tens[most] === this.#lengths[most]
  }
}

/** Numbers of more digits than a spreadsheet keeps. */
class LongNumbers {
  #count = 0
  #rounded = 0
  #surplus = 0
  /** How many would seem rounded by chance. */
  #expected = 0

  add(surplus: number, isRounded: boolean): void {
    this.#count++
    this.#surplus += surplus
    this.#expected += 10 ** -surplus
    if (isRounded) this.#rounded++
  }

  /** Whether all end in zeros, or ten times as many as would by chance: once in a hundred columns that is chance. */
  get areRounded(): boolean {
    if (this.#rounded === this.#count) return this.#surplus >= 2
    return this.#rounded >= 5 && this.#rounded > 10 * this.#expected
  }
}

/** Whether nothing but zeros stands behind the digits that a spreadsheet keeps. */
export function isRounded(bytes: Uint8Array, from: number, size: number): boolean {
  for (let at = from + spreadsheetDigits; at < from + size; at++) if (bytes[at] !== 0x30) return false
  return true
}
