import { textIn } from '../lib/bytes.ts'
import { isAt, isSpace } from './xlsx-items.ts'
import { type Elements, joined } from './xlsx-parts.ts'
import { kindsOfText, textEnd } from './xlsx-texts.ts'

/** Receives the rows of a sheet that the XML parser reads. */
export interface SheetContent {
  row(number: string | undefined, isHidden: boolean): void
  /** @param text value text; `type` and `style` are attribute values of the file */
  cell(cell: {
    readonly place: string | undefined
    readonly type: string | undefined
    readonly style: string | undefined
    readonly text: string
    readonly hasFormula: boolean
  }): void
  rowEnd(): void
  /** Hidden columns, counted from 0. */
  hiddenColumns(from: number, to: number): void
}

/** Converts elements of a sheet to its content; for any XML. */
export function elementsOf(content: SheetContent): Elements {
  let attributes: Readonly<Record<string, string>> = {}
  let text = ''
  let hasFormula = false
  let inValue = false
  let inPhonetic = false
  return {
    open(name, given) {
      if (name === 'row') content.row(given.r, isTrue(given.hidden) || isZero(given.ht))
      else if (name === 'c') {
        attributes = given
        text = ''
        hasFormula = false
      } else if (name === 'f') hasFormula = true
      else if (name === 'rPh') inPhonetic = true
      else if (name === 'v' || name === 't') inValue = !inPhonetic
      else if (name === 'col' && (isTrue(given.hidden) || isZero(given.width)))
        content.hiddenColumns(Number(given.min) - 1, Number(given.max) - 1)
    },
    text(some) {
      if (inValue) text = joined(text, some)
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'c')
        content.cell({ place: attributes.r, type: attributes.t, style: attributes.s, text, hasFormula })
      else if (name === 'row') content.rowEnd()
    },
  }
}

const isTrue = (text: string | undefined) => text === '1' || text === 'true'
/** A zero height or width also hides a row or column. */
const isZero = (text: string | undefined) => text !== undefined && Number(text) === 0

/** The cell types that are scanned (§18.18.11). */
export const cellTypes = { number: 0, shared: 1, text: 2, other: 3 } as const
export type CellType = (typeof cellTypes)[keyof typeof cellTypes]

/** Receives scanned rows. */
export interface RowTarget {
  /** @param number 0 if the row has none: then it follows the previous row */
  begin(number: number, isHidden: boolean): void
  /** Whether the column's values are wanted. Only those are passed to `value`. */
  isWanted(column: number): boolean
  /** Whether a cell in the column makes the row too wide. */
  isBeyond(column: number): boolean
  /**
   * Receives a cell's value in [from, to).
   * @param kinds kinds of its bytes (rules/kinds.ts)
   * @returns false if the XML parser must read it
   */
  value(
    column: number,
    type: CellType,
    style: number,
    bytes: Uint8Array,
    from: number,
    to: number,
    kinds: number,
  ): boolean
  /** Ends the row in [from, to). @param isFilled whether any of its cells has content */
  end(bytes: Uint8Array, from: number, to: number, isFilled: boolean): void
}

const lessThan = 0x3c
const greaterThan = 0x3e
const slash = 0x2f
const quote = 0x22
const equals = 0x3d
const ampersand = 0x26
const encoder = new TextEncoder()
const row = encoder.encode('<row')
const rowEnd = encoder.encode('</row>')
const inline = ['<is><t>', '<is><t xml:space="preserve">'].map((begin) => encoder.encode(begin))
const inlineEnd = encoder.encode('</t></is></c>')
const value = encoder.encode('<v>')
const valueEnd = encoder.encode('</v></c>')
const cellEnd = encoder.encode('</c>')
const formulaClosing = encoder.encode('</f>')
const hidden = encoder.encode('hidden')
const str = encoder.encode('str')
const inlineStr = encoder.encode('inlineStr')
/** The last possible column, XFD, and the last possible row. */
export const columnsMax = 16_384
export const rowsMax = 1_048_576

/**
 * Scans rows whose cells contain only a value, a text, or a formula with its result. The result equals that of
 * the XML parser (test/device-files/sheets.test.ts) in a tenth of the time.
 */
export class RowScanner {
  readonly #target: RowTarget
  /** The last attribute read: offsets of its name, and its value. */
  #nameFrom = 0
  #nameTo = 0
  #from = 0
  #to = 0
  /** Whether the tag has ended, and whether its element is empty. */
  #isTagEnd = false
  #isEmpty = false
  /** Whether any cell of the row has content. */
  #isFilled = false
  /** Attributes of the last cell's tag. */
  #column = 0
  #type: CellType = cellTypes.number
  #style = 0

  constructor(target: RowTarget) {
    this.#target = target
  }

  /** @returns the row's end; -1 if the row has an unusual form */
  scan(bytes: Uint8Array, from: number, end: number): number {
    let at = this.#rowTag(bytes, from + row.length, end)
    if (at < 0) return -1
    this.#isFilled = false
    if (this.#isEmpty) {
      this.#target.end(bytes, from, at, false)
      return at
    }
    let column = -1
    for (;;) {
      while (at < end && isSpace(bytes[at]!)) at++
      if (bytes[at] !== lessThan) return -1
      if (bytes[at + 1] !== 0x63) break
      at = this.#cellTag(bytes, at + 2, end, column + 1)
      if (at < 0) return -1
      column = this.#column
      if (this.#isEmpty) continue
      at = this.#target.isWanted(column) ? this.#wanted(bytes, at, end) : this.#unwanted(bytes, at, end)
      if (at < 0) return -1
    }
    if (!isAt(bytes, at, rowEnd)) return -1
    at += rowEnd.length
    this.#target.end(bytes, from, at, this.#isFilled)
    return at
  }

  /** Reads the next attribute or the end of a tag. @returns its end; -1 if it has an unusual form */
  #attribute(bytes: Uint8Array, from: number, end: number): number {
    let at = from
    while (at < end && isSpace(bytes[at]!)) at++
    const first = bytes[at]
    this.#isTagEnd = first === greaterThan || first === slash
    if (first === greaterThan) {
      this.#isEmpty = false
      return at + 1
    }
    if (first === slash) {
      this.#isEmpty = true
      return bytes[at + 1] === greaterThan ? at + 2 : -1
    }
    if (at === from) return -1
    this.#nameFrom = at
    while (at < end && bytes[at] !== equals && bytes[at] !== greaterThan) at++
    this.#nameTo = at
    if (bytes[at] !== equals || bytes[at + 1] !== quote) return -1
    at += 2
    this.#from = at
    for (; at < end && bytes[at] !== quote; at++)
      if (bytes[at] === ampersand || bytes[at] === lessThan) return -1
    this.#to = at
    return at < end ? at + 1 : -1
  }

  #rowTag(bytes: Uint8Array, from: number, end: number): number {
    let number = 0
    let isHidden = false
    for (let at = from; ; ) {
      at = this.#attribute(bytes, at, end)
      if (at < 0) return -1
      if (this.#isTagEnd) {
        this.#target.begin(number, isHidden)
        return at
      }
      const size = this.#nameTo - this.#nameFrom
      if (size === 1 && bytes[this.#nameFrom] === 0x72) {
        number = digitsIn(bytes, this.#from, this.#to)
        if (!(number >= 1 && number <= rowsMax)) return -1
      } else if (size === 6 && isAt(bytes, this.#nameFrom, hidden))
        isHidden ||= bytes[this.#from] === 0x31 || bytes[this.#from] === 0x74
      else if (size === 2 && bytes[this.#nameFrom] === 0x68 && bytes[this.#nameFrom + 1] === 0x74)
        isHidden ||= bytes[this.#from] === 0x30 && Number(textIn(bytes, this.#from, this.#to)) === 0
    }
  }

  #cellTag(bytes: Uint8Array, from: number, end: number, next: number): number {
    this.#column = next
    this.#type = cellTypes.number
    this.#style = 0
    for (let at = from; ; ) {
      at = this.#attribute(bytes, at, end)
      if (at < 0 || this.#isTagEnd) return at
      if (this.#nameTo - this.#nameFrom !== 1) continue
      const name = bytes[this.#nameFrom]
      if (name === 0x72) {
        this.#column = columnAt(bytes, this.#from, this.#to)
        if (this.#column < 0 || this.#column >= columnsMax) return -1
      } else if (name === 0x74) this.#type = typeAt(bytes, this.#from, this.#to)
      else if (name === 0x73) {
        this.#style = digitsIn(bytes, this.#from, this.#to)
        if (!(this.#style >= 0)) return -1
      }
    }
  }

  #wanted(bytes: Uint8Array, from: number, end: number): number {
    const at = isFormula(bytes, from) ? formulaEnd(bytes, from) : from
    if (at < 0 || this.#type === cellTypes.other) return -1
    let begin = at
    let closing = valueEnd
    if (isAt(bytes, at, value)) begin += value.length
    else {
      const form = isAt(bytes, at, inline[0]!) ? inline[0]! : inline[1]!
      if (this.#type !== cellTypes.text || !isAt(bytes, at, form)) return -1
      begin += form.length
      closing = inlineEnd
    }
    const to = textEnd(bytes, begin, end)
    if (to < 0 || !isAt(bytes, to, closing)) return -1
    if (to > begin) this.#isFilled = true
    const isTaken =
      to === begin
        ? this.#type === cellTypes.text
        : this.#target.value(this.#column, this.#type, this.#style, bytes, begin, to, kindsOfText())
    return isTaken ? to + closing.length : -1
  }

  /** Skips a cell of an unwanted column. */
  #unwanted(bytes: Uint8Array, from: number, end: number): number {
    if (this.#target.isBeyond(this.#column)) return -1
    let hasText = false
    for (let at = from; ; at++) {
      while (at < end && bytes[at] !== lessThan) at++
      if (at >= end || bytes[at + 1] === 0x21 || bytes[at + 1] === 0x3f) return -1
      if (bytes[at + 1] !== slash) continue
      // The end of <v> or <t>, after at least one character.
      if (bytes[at + 2] !== 0x63) hasText ||= bytes[at - 1] !== greaterThan && bytes[at + 2] !== 0x66
      else if (isAt(bytes, at, cellEnd)) {
        // Possibly a formula without a result.
        if (!hasText && this.#type === cellTypes.number) return -1
        this.#isFilled ||= hasText || this.#type === cellTypes.other
        return at + cellEnd.length
      }
    }
  }
}

const isFormula = (bytes: Uint8Array, at: number) => bytes[at] === lessThan && bytes[at + 1] === 0x66

/** Returns the end of a formula; -1 if it contains more than text. */
function formulaEnd(bytes: Uint8Array, from: number): number {
  const tagEnd = bytes.indexOf(greaterThan, from)
  if (bytes[tagEnd - 1] === slash) return tagEnd + 1
  const at = bytes.indexOf(lessThan, tagEnd)
  return at >= 0 && isAt(bytes, at, formulaClosing) ? at + formulaClosing.length : -1
}

/** Parses a whole number of digits; NaN for anything else. */
export function digitsIn(bytes: Uint8Array, from: number, to: number): number {
  if (from === to || to - from > 15) return Number.NaN
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    number = 10 * number + digit
  }
  return number
}

/** Returns the column of a reference such as AB12, counted from 0; -1 if it has no letters. */
function columnAt(bytes: Uint8Array, from: number, to: number): number {
  let column = 0
  for (let at = from; at < to && column <= columnsMax; at++) {
    const letter = (bytes[at]! & ~0x20) - 64
    if (letter < 1 || letter > 26) break
    column = 26 * column + letter
  }
  return column - 1
}

function typeAt(bytes: Uint8Array, from: number, to: number): CellType {
  const size = to - from
  if (size === 1 && bytes[from] === 0x73) return cellTypes.shared
  if (size === 1 && bytes[from] === 0x6e) return cellTypes.number
  const isText = size === 3 ? isAt(bytes, from, str) : size === 9 && isAt(bytes, from, inlineStr)
  return isText ? cellTypes.text : cellTypes.other
}
