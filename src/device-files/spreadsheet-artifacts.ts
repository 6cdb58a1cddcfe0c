import type { ArtifactKind } from './faults.ts'

/** Digits of a number that a spreadsheet keeps. */
export const spreadsheetDigits = 15
/** Shorter numbers are counters: 1 to 1000 differ in length, and have lost nothing. */
const digitsMin = 6

/** The words by which programs write nothing: SQL, JavaScript, Python, Go and Ruby, R, pandas, spreadsheets, people. */
const placeholder = /^(null|nil|none|nan|na|n\/a|#n\/a|undefined|nat|-{1,3}|\(null\)|<null>|<na>|\\n)$/i

/** What spreadsheets and reports write in the last row, where a name would stand. */
const footer = /^(grand[ _-]?)?(total|totals|subtotal|summe|gesamt|count|average)s?:?$/i

/** Whether a text is a word by which programs write nothing, or of a name one that ends a table. */
export const isPlaceholder = (text: string, isName = false) =>
  placeholder.test(text) || (isName && footer.test(text))

const float = /^[+-]?\d+\.0+$/
const scientific = /^[+-]?(\d+([.,]\d+)?E\+\d+|\d[.,]\d+E-?\d+|\dE-\d{2,3})$/i
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const date = new RegExp(`^(\\d{1,2}-(${months})(-\\d{2}|-\\d{4})?|(${months})-\\d{2})$`)

/** What a spreadsheet or a program seems to have done to a text; undefined for an innocent one. */
export function artifactOf(text: string): ArtifactKind | undefined {
  if (float.test(text)) return 'float'
  if (scientific.test(text)) return 'scientific'
  return date.test(text) ? 'date' : undefined
}

/** What the first values of a column say of all of them. */
export interface ColumnFacts {
  /** How many digits nearly all values have, where shorter ones may have lost zeros; 0 where that can't be said. */
  readonly usualDigits: number
  /** Whether numbers of more than 15 digits end in zeros, as spreadsheets round them. */
  readonly isRounded: boolean
}

/** @param values of one column, without empty ones */
export function factsOf(values: readonly string[]): ColumnFacts {
  const numbers = values.filter((value) => /^\d+$/.test(value))
  const long = numbers.filter(({ length }) => length > spreadsheetDigits)
  const surplus = long.reduce((sum, { length }) => sum + length - spreadsheetDigits, 0)
  return {
    usualDigits: 2 * numbers.length < values.length ? 0 : usualDigitsOf(numbers),
    // By chance that is so once in a hundred times at the most.
    isRounded: surplus >= 2 && long.every(isRoundedNumber),
  }
}

/** Whether nothing but zeros stands behind the digits that a spreadsheet keeps. */
export const isRoundedNumber = (digits: string) => /^0*$/.test(digits.slice(spreadsheetDigits))

function usualDigitsOf(numbers: readonly string[]): number {
  const most = Math.max(0, ...numbers.map(({ length }) => length))
  const hasKept = numbers.some((value) => value.length > 1 && value.startsWith('0'))
  // Where zeros were kept, the column was text; unless all values but a few have one length.
  if (hasKept && numbers.filter(({ length }) => length === most).length < 0.8 * numbers.length) return 0
  const shorter = numbers.filter(({ length }) => length < most)
  const usual = numbers.length - shorter.length
  // A counter that has come from 9,999,999 to 10,000,000 has lost nothing.
  const isCounter =
    shorter.every((value) => value.length === most - 1 && value.startsWith('9')) &&
    numbers.every((value) => value.length < most || value.startsWith('10'))
  if (isCounter || most < digitsMin || usual < 2) return 0
  return 2 * usual > numbers.length ? most : 0
}
