import type { ArtifactKind, Fault } from '../device-files/faults.ts'
import { formatNumber, quantity } from '../lib/quantity.ts'
import { characterName, codePointName, isSeen, type ValueFault } from '../rules/value-faults.ts'

/** Describes the faults of a value: "contains U+200B (zero width space) at place 5". */
export const describeValueFaults = (faults: readonly ValueFault[]): string =>
  faults.map(describeValueFault).join(', ')

function describeValueFault(fault: ValueFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'empty'
    case 'short':
      return `${quantity(fault.length, 'character')}, at least ${fault.min}`
    case 'long':
      return `${quantity(fault.length, 'character')}, at most ${fault.max}`
    case 'character': {
      const what = describeCharacter(fault.codePoint)
      if (fault.isFirst) return `begins with ${what}`
      return fault.isLast ? `ends with ${what}` : `contains ${what} at place ${fault.place}`
    }
  }
}

/**
 * Describes a character by glyph, code point or both: `%`, `a space`, `U+200B (zero width space)`, `“ (U+201C
 * …)`.
 */
function describeCharacter(codePoint: number): string {
  const name = characterName(codePoint, 'en')
  if (codePoint === 0x20) return 'a space'
  if (!isSeen(codePoint)) return `${codePointName(codePoint)} (${name})`
  const character = String.fromCodePoint(codePoint)
  if (codePoint < 0x80) return name === undefined ? character : `${character} (${name})`
  return `${character} (${codePointName(codePoint)}${name === undefined ? '' : ` ${name}`})`
}

export const describeRepeat = ({ line, sheet }: { readonly line: number; readonly sheet?: string }) =>
  `repeats line ${formatNumber(line)}${sheet === undefined ? '' : ` of the sheet ${JSON.stringify(sheet)}`}`

const artifacts: { readonly [K in ArtifactKind]: string } = {
  tooManyDigits: 'more than 15 digits, of which a spreadsheet keeps 15',
  scientific: 'a number in scientific notation, whose digits or letters are lost',
  float: 'a whole number with .0, as programs write it that take it for a decimal',
  inexact: 'a decimal number that a computer has rounded',
  lostZeros: 'fewer digits than nearly all others of its column: leading zeros may be lost',
  date: 'a date that a spreadsheet made of what was typed',
  grouped: 'a number whose digits were grouped by dots',
  cut: 'ends in three dots: the program that showed it left the rest out',
  format: 'a number whose format shows something else',
}

/** Describes the fault of a row without secrets: "5 cells, the header has 4". */
export function describeFault(fault: Fault): string {
  switch (fault.code) {
    case 'RaggedRow':
      return `${quantity(fault.cells, 'cell')}, the ${fault.hasHeader ? 'header' : 'first line'} has ${formatNumber(fault.wanted)}`
    case 'StrayQuote':
      return `text follows a closing quote${overLines(fault.lines)}`
    case 'SwallowedRows':
      return `a quoted cell holds the ends of rows${overLines(fault.lines)}: its quote may be text`
    case 'OtherHeader':
      return `follows another header in line ${formatNumber(fault.line)}, with other columns`
    case 'HiddenRow':
      return 'hidden in the sheet, by a filter or by hand'
    case 'RepeatedMember':
      return `has the member ${JSON.stringify(fault.member)} twice`
    case 'NotMended':
      return `was bad before (${fault.was}); mend it and empty its code`
    case 'DamagedNumber': {
      const { shown, held } = fault
      if (shown !== undefined && held !== undefined)
        return `the sheet shows ${JSON.stringify(shown)}, the file holds ${held}`
      return held === undefined ? artifacts[fault.kind] : `${artifacts[fault.kind]} (${held})`
    }
    case 'Placeholder':
      return `is a placeholder (${fault.text})`
    case 'NoResult':
      return 'holds a formula that was never calculated; open the workbook in a spreadsheet program and save it'
    case 'CellError':
      return `holds the error ${fault.text}`
    case 'NotText':
      return `is ${fault.text}, not a text`
  }
}

const overLines = (lines: number) => (lines === 1 ? '' : `, over ${lines} lines`)
