import type { SaxesParser } from 'saxes'
import type { Elements, XmlReader } from './xlsx-parts.ts'

/** What is done with the rows of a sheet, by the scanner and the XML parser alike. */
export interface SheetContent {
  row(number: string | undefined, hidden: string | undefined): void
  /** @param text of its value; `type` and `style` as they stand in the file */
  cell(cell: {
    readonly place: string | undefined
    readonly type: string | undefined
    readonly style: string | undefined
    readonly text: string
    readonly hasFormula: boolean
  }): void
  rowEnd(): void
  /** Columns that are not shown, counted from 0. */
  hiddenColumns(from: number, to: number): void
}

/** The elements of a sheet as its content, element by element: for any XML. */
export function elementsOf(content: SheetContent): Elements {
  let attributes: Readonly<Record<string, string>> = {}
  let text = ''
  let hasFormula = false
  let inValue = false
  let inPhonetic = false
  return {
    open(name, given) {
      if (name === 'row') content.row(given.r, given.hidden)
      else if (name === 'c') {
        attributes = given
        text = ''
        hasFormula = false
      } else if (name === 'f') hasFormula = true
      else if (name === 'rPh') inPhonetic = true
      else if (name === 'v' || name === 't') inValue = !inPhonetic
      else if (name === 'col' && given.hidden === '1')
        content.hiddenColumns(Number(given.min) - 1, Number(given.max) - 1)
    },
    text(some) {
      if (inValue) text += some
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

const dataBegin = '<sheetData>'
const dataEnd = '</sheetData>'
const rowEnd = '</row>'
/** A row of more characters is left to the XML parser. */
const rowMax = 4 * 1024 * 1024

/**
 * Reads the rows of a sheet where they are written as nearly all programs do: a value or a text in each cell and nothing
 * else. Rows with anything more (formulas, formatted text, references to characters) are the XML parser's, and so is
 * all of a sheet whose elements have a prefix, or that has comments among its rows; both give the same
 * (test/device-files/sheets.test.ts). It takes a third of the parser's time.
 */
export class RowScanner implements XmlReader {
  readonly #content: SheetContent
  readonly #elements: Elements
  readonly #parserOf: (elements: Elements, isFragment: boolean) => SaxesParser
  /** What reads all that is no row. */
  #parser: SaxesParser
  #state: 'before' | 'rows' | 'parsed' | 'after' = 'before'
  #rest = ''

  constructor(content: SheetContent, parserOf: (elements: Elements, isFragment: boolean) => SaxesParser) {
    this.#content = content
    this.#elements = elementsOf(content)
    this.#parserOf = parserOf
    this.#parser = parserOf(this.#elements, false)
  }

  write(text: string): void {
    if (this.#state === 'parsed') this.#parser.write(text)
    else if (this.#state === 'rows') this.#rows(this.#rest + text)
    else if (this.#state === 'before') this.#before(this.#rest + text)
  }

  /** @throws Error where the sheet does not end */
  close(): void {
    if (this.#state === 'before') this.#parser.write(this.#rest)
    if (this.#state === 'before' || this.#state === 'parsed') this.#parser.close()
    else if (this.#state === 'rows') throw new Error('a sheet does not end')
  }

  #before(text: string): void {
    const at = text.indexOf(dataBegin)
    // What may be a beginning that is cut waits for the rest.
    const end = at < 0 ? Math.max(0, text.length - dataBegin.length) : at + dataBegin.length
    this.#parser.write(text.slice(0, end))
    this.#rest = text.slice(end)
    if (at < 0) return
    this.#state = 'rows'
    this.#rows(this.#rest)
  }

  #rows(text: string): void {
    let at = 0
    for (;;) {
      while (isSpace(text.charCodeAt(at))) at++
      if (text.startsWith(dataEnd, at)) {
        this.#state = 'after'
        return
      }
      const tagEnd = text.indexOf('>', at)
      const end = tagEnd < 0 ? -1 : endOfRow(text, at, tagEnd)
      if (end < 0 && text.length - at < rowMax) break
      if (end < 0 || !this.#row(text, at, tagEnd, end)) {
        this.#parseRest(text.slice(at))
        return
      }
      at = end
    }
    this.#rest = text.slice(at)
  }

  /** Leaves all that follows to the XML parser. */
  #parseRest(text: string): void {
    this.#state = 'parsed'
    this.#parser = this.#parserOf(this.#elements, false)
    this.#parser.write('<worksheet><sheetData>')
    this.#parser.write(text)
  }

  /** @returns false where the end of the row is not known for sure */
  #row(text: string, from: number, tagEnd: number, end: number): boolean {
    if (!/^<row[ />]/.test(text.slice(from, from + 5))) return false
    const cells: Parameters<SheetContent['cell']>[0][] = []
    const attributes = attributesIn(text, from + 4, tagEnd)
    if (attributes !== undefined && cellsIn(text, tagEnd + 1, end - rowEnd.length, cells)) {
      this.#content.row(attributes.r, attributes.hidden)
      for (const cell of cells) this.#content.cell(cell)
      this.#content.rowEnd()
      return true
    }
    const row = text.slice(from, end)
    if (row.includes('<!') || row.includes('<?')) return false
    const parser = this.#parserOf(this.#elements, true)
    parser.write(row)
    parser.close()
    return true
  }
}

/** Where a row ends whose first tag ends at a place; -1 where that is not in this text. */
function endOfRow(text: string, from: number, tagEnd: number): number {
  // Something else than a row: what it is the parser sees.
  if (!text.startsWith('<row', from)) return tagEnd + 1
  if (text[tagEnd - 1] === '/') return tagEnd + 1
  const last = text.indexOf(rowEnd, tagEnd)
  return last < 0 ? -1 : last + rowEnd.length
}

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

/** The attributes of a tag in [from, to): undefined where one is not in double quotes, or has a reference. */
function attributesIn(text: string, from: number, to: number): Record<string, string> | undefined {
  const attributes: Record<string, string> = {}
  let at = from
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++
    if (at >= to || (at === to - 1 && text[at] === '/')) return attributes
    const equals = text.indexOf('="', at)
    if (equals < 0 || equals > to) return undefined
    const end = text.indexOf('"', equals + 2)
    if (end < 0 || end >= to) return undefined
    const value = text.slice(equals + 2, end)
    if (value.includes('&')) return undefined
    attributes[text.slice(at, equals)] = value
    at = end + 1
  }
}

/** The cells of a row in [from, to); false where one has more than a value or a text. */
function cellsIn(
  text: string,
  from: number,
  to: number,
  cells: Parameters<SheetContent['cell']>[0][],
): boolean {
  let at = from
  while (at < to) {
    if (isSpace(text.charCodeAt(at))) {
      at++
      continue
    }
    if (text.charCodeAt(at) !== 0x3c || text.charCodeAt(at + 1) !== 0x63) return false
    const tagEnd = text.indexOf('>', at)
    const attributes = attributesIn(text, at + 2, tagEnd)
    if (attributes === undefined || tagEnd > to) return false
    const { r: place, t: type, s: style } = attributes
    if (text[tagEnd - 1] === '/') {
      cells.push({ place, type, style, text: '', hasFormula: false })
      at = tagEnd + 1
      continue
    }
    const form = forms.find(({ begin }) => text.startsWith(begin, tagEnd + 1))
    if (form === undefined) return false
    const begin = tagEnd + 1 + form.begin.length
    const end = text.indexOf('<', begin)
    if (!text.startsWith(form.end, end)) return false
    const value = text.slice(begin, end)
    // References to characters, and line ends that XML changes.
    if (value.includes('&') || value.includes('\r')) return false
    cells.push({ place, type, style, text: value, hasFormula: false })
    at = end + form.end.length
  }
  return true
}

const forms = [
  { begin: '<v>', end: '</v></c>' },
  { begin: '<is><t>', end: '</t></is></c>' },
  { begin: '<is><t xml:space="preserve">', end: '</t></is></c>' },
] as const
