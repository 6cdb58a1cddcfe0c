import type { ArtifactKind } from './faults.ts'

/** Significant digits that a spreadsheet keeps. */
export const spreadsheetDigits = 15

const float = /^[+-]?\d+\.0+$/
const scientific = /^[+-]?(\d+([.,]\d+)?E\+\d+|\d[.,]\d+E-?\d+|\dE-\d{2,3})$/i
/**
 * Scientific notation in a form that no spreadsheet writes, or a hexadecimal identifier; the other values of
 * the column decide.
 */
const exponent = /^\d+E\d+$/i
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
/** Dates and times in the forms that spreadsheets write: 5-Dec, Dec-05, 2026-12-05, 05.12.2026, 12:30:00. */
const dates = [
  new RegExp(`^(\\d{1,2}-(${months})(-\\d{2}|-\\d{4})?|(${months})-\\d{2})$`),
  /^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d:\d\d)?$/,
  /^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.((19|20)?\d\d)$/,
  /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
]
/** A number with dots between groups of digits, except an IPv4 address. */
const grouped = /^\d{1,3}(\.\d{3}){2,}$/
const address = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/
/** PowerShell truncates values that are wider than the column. */
const cut = /^.+\.{3}$/

export const isExponent = (text: string) => exponent.test(text)

const zero = 0x30
const dot = 0x2e
const dash = 0x2d
const colon = 0x3a
const isDigit = (byte: number) => byte >= zero && byte <= 0x39

/** Reports whether a text may be an artifact, by a few of its bytes. */
export function mayBeArtifact(bytes: Uint8Array, from: number, end: number): boolean {
  const size = end - from
  const first = bytes[from]!
  const last = bytes[end - 1]!
  if (!isDigit(last)) {
    if (last === dot) return bytes[end - 2] === dot && bytes[end - 3] === dot
    return size <= 6 && isDigit(first)
  }
  if (size > 24) return false
  if (!isDigit(first) && first !== 0x2b && first !== dash) return size === 6 && bytes[end - 3] === dash
  if (bytes[end - 2] === dot || bytes[end - 4] === dot || (last === zero && bytes[end - 2] === zero))
    return true
  for (let at = Math.max(from, end - 5); at < end - 1; at++) if ((bytes[at]! | 0x20) === 0x65) return true
  if (size <= 11 && (isMark(bytes[from + 1]!) || isMark(bytes[from + 2]!))) return true
  return bytes[from + 4] === dash && bytes[from + 7] === dash
}

const isMark = (byte: number) => byte === dash || byte === dot || byte === colon

/** Returns the artifact that a text appears to be; undefined for none. */
export function artifactOf(text: string): ArtifactKind | undefined {
  if (float.test(text)) return 'float'
  if (scientific.test(text)) return 'scientific'
  if (cut.test(text)) return 'cut'
  if (grouped.test(text) && !address.test(text)) return 'grouped'
  return dates.some((date) => date.test(text)) ? 'date' : undefined
}
