import { format, getFormatInfo } from 'numfmt'
import type { ArtifactKind } from './faults.ts'
import { spreadsheetDigits } from './spreadsheet-artifacts.ts'

/** A number read from a cell. */
export interface ReadNumber {
  readonly text: string
  /** Whether the text is what the number format displays, beyond the stored digits. */
  readonly isShown?: boolean
  readonly artifact?: { readonly kind: ArtifactKind; readonly shown?: string; readonly held: string }
}

/** Built-in formats (ECMA-376 part 1, §18.8.30); dates are 14–22, 27–36, 45–47, 50–58. */
const builtIn: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
  42: '_($* #,##0_);_($* \\(#,##0\\);_($* "-"_);_(@_)',
  43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
  44: '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
}

/** Returns the code of a built-in format. */
export function codeOf(id: number): string {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'yyyy-mm-dd'
  return builtIn[id] ?? 'General'
}

/** Excel's maximum length of a format code; it also displays no more digits. */
export const codeMax = 255
const placeholdersMax = 64

type Reads = (value: number, stored: string) => ReadNumber

/** Returns the reader for numbers of a format. */
export function readerOf(code: string): Reads {
  if (code === '' || code === '@' || /^general$/i.test(code)) return general
  if (code.length > codeMax || (code.match(/[0#?]/g)?.length ?? 0) > placeholdersMax) return unknown
  if (/^0+$/.test(code)) return (value, stored) => zeros(code.length, value, stored)
  try {
    const { type } = getFormatInfo(code)
    if (/^(date|time|datetime)$/.test(type)) return shownAs(code, 'date')
    if (type === 'scientific') return shownAs(code, 'scientific')
    if (type === 'general' && /general/i.test(code) === false) return shownAs(code, 'format')
    return (value, stored) => formatted(code, type, value, stored)
  } catch {
    return unknown
  }
}

const isWhole = (value: number) => Number.isInteger(value) && Math.abs(value) < 10 ** spreadsheetDigits

/** Reads a number without a format. Spreadsheets display 12 digits or more as 1.2E+11 but store all of them. */
function general(value: number, stored: string): ReadNumber {
  if (isWhole(value)) return { text: String(value) }
  if (Number.isInteger(value)) return { text: stored, artifact: { kind: 'tooManyDigits', held: stored } }
  const shown = format('General', value)
  const text = String(value)
  return shown === text ? { text } : { text, artifact: { kind: 'inexact', shown, held: text } }
}

function zeros(width: number, value: number, stored: string): ReadNumber {
  if (!isWhole(value) || value < 0) return formatted('0'.repeat(width), 'number', value, stored)
  const digits = String(value)
  const text = digits.padStart(width, '0')
  return { text, isShown: text !== digits }
}

/** Reads a number as displayed if the format adds only zeros and text to its digits. */
function formatted(code: string, type: string, value: number, stored: string): ReadNumber {
  if (Number.isInteger(value) && !isWhole(value))
    return { text: stored, artifact: { kind: 'tooManyDigits', held: stored } }
  const held = String(value)
  const shown = format(code, value).trim()
  if (shown === held) return { text: held }
  const digits = shown.replace(/\D/g, '').replace(/^0+/, '')
  const isWhatIsHeld =
    isWhole(value) && value >= 0 && type === 'number' && digits === (value === 0 ? '' : held)
  // Fill characters and numerals of other languages are displayed differently.
  if (isWhatIsHeld && /\d/.test(shown) && !/\*|\[DBNum|\[\$-[0-9A-F]{5,}/i.test(code))
    return { text: shown, isShown: true }
  return { text: held, artifact: { kind: 'format', shown, held } }
}

const shownAs =
  (code: string, kind: ArtifactKind): Reads =>
  (value) => {
    const held = String(value)
    return { text: held, artifact: { kind, shown: format(code, value, { throws: false }).trim(), held } }
  }

const unknown: Reads = (value) => ({ text: String(value), artifact: { kind: 'format', held: String(value) } })
