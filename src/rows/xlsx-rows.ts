import { UnreadableFile } from './unreadable.ts'
import { partOf, wholePart } from './xlsx-parts.ts'

/** A row of a sheet. */
export interface SheetRow {
  /** Its number in the sheet. */
  readonly number: number
  /** Empty where there is nothing. */
  readonly cells: readonly string[]
  /** The columns of numbers whose leading zeros are only shown. */
  readonly padded?: readonly number[] | undefined
}

/**
 * The rows of a sheet that have something in them (ECMA-376 part 1, §18.3).
 * @param sheet its name; the first one when not given
 * @param tell told how much of the file has been gone through, from 0 to 1
 * @throws Error where it can't be read, or has no such sheet
 */
export function* sheetRows(
  file: Uint8Array,
  sheet: string | undefined,
  tell: (share: number) => void,
): Generator<SheetRow> {
  const part = partOfSheet(file, sheet)
  const shared = sharedStrings(file)
  const widths = zerosOfStyles(file)
  let rows: SheetRow[] = []
  let number = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let width = 0
  let padded: number[] | undefined
  let text = ''
  let inValue = false
  let inPhonetic = false
  const reading = partOf(file, part, {
    open(name, { r, t, s }) {
      if (name === 'row') {
        number = r === undefined ? number + 1 : Number(r)
        cells = []
        padded = undefined
        column = -1
      } else if (name === 'c') {
        column = r === undefined ? column + 1 : columnIn(r)
        type = t ?? 'n'
        width = widths[Number(s ?? 0)] ?? 0
        text = ''
      } else if (name === 'rPh') inPhonetic = true
      else if (name === 'v' || name === 't') inValue = !inPhonetic
    },
    text(some) {
      if (inValue) text += some
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'c') {
        while (cells.length < column) cells.push('')
        const value = textOf(type, text, shared)
        const shown = type === 'n' ? withZeros(value, width) : value
        if (shown !== value) (padded ??= []).push(column)
        cells[column] = shown
      } else if (name === 'row' && cells.some((cell) => cell !== '')) rows.push({ number, cells, padded })
    },
  })
  for (let step = reading.next(); ; step = reading.next()) {
    if (!step.done) tell(step.value)
    yield* rows
    rows = []
    if (!step.done) continue
    if (!step.value) throw new Error(`it has no part ${part}`)
    return
  }
}

function textOf(type: string, text: string, shared: readonly string[]): string {
  if (type === 's') return shared[Number(text)] ?? ''
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n') return unescaped(text)
  // A number as its digits, as long as Excel has kept all of them.
  if (text !== '' && Number.isSafeInteger(Number(text))) return String(Number(text))
  return text
}

/** A number as a format of so many zeros shows it. */
const withZeros = (digits: string, width: number) =>
  /^\d+$/.test(digits) ? digits.padStart(width, '0') : digits

/**
 * How many digits each style of a cell shows at least: of number formats that are zeros and nothing else, as serial
 * numbers are given. 0 for every other (§18.8.10, §18.8.30, §18.8.45).
 */
function zerosOfStyles(file: Uint8Array): number[] {
  const ofFormat = new Map<string, number>()
  const widths: number[] = []
  let inCells = false
  wholePart(file, 'xl/styles.xml', {
    open(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt' && /^0+$/.test(formatCode)) ofFormat.set(numFmtId, formatCode.length)
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) widths.push(ofFormat.get(numFmtId) ?? 0)
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return widths
}

/** Text with what XML can't hold (§22.9.2.19): _x000D_ is a CR, and _x005F_ an underscore that begins no escape. */
const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : text

/** The column of a place such as AB12, counted from 0. */
function columnIn(place: string): number {
  let column = 0
  for (let i = 0; i < place.length; i++) {
    const letter = place.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = 26 * column + letter
  }
  return column - 1
}

/** The texts that cells name by number: each distinct one once. */
function sharedStrings(file: Uint8Array): string[] {
  const strings: string[] = []
  let text = ''
  let inText = false
  let inPhonetic = false
  wholePart(file, 'xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    text(some) {
      if (inText) text += some
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(text))
      else if (name === 'rPh') inPhonetic = false
      else if (name === 't') inText = false
    },
  })
  return strings
}

interface Sheet {
  readonly name: string
  readonly id: string
}

/** @throws Error where it is no workbook */
function sheetsOf(file: Uint8Array): Sheet[] {
  const sheets: Sheet[] = []
  const isWorkbook = wholePart(file, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name !== 'sheet') return
      const [, id = ''] = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key)) ?? []
      sheets.push({ name: attributes.name ?? '', id })
    },
  })
  if (!isWorkbook) throw new Error('it has no workbook in it')
  return sheets
}

/** The names of a workbook's sheets, in their order. @throws Error where it is no workbook */
export const sheetNames = (file: Uint8Array): string[] => sheetsOf(file).map(({ name }) => name)

function partOfSheet(file: Uint8Array, wanted: string | undefined): string {
  const sheets = sheetsOf(file)
  const sheet = wanted === undefined ? sheets[0] : sheets.find(({ name }) => name === wanted)
  if (sheet === undefined) {
    if (wanted === undefined) throw new Error('it has no sheet')
    throw new UnreadableFile({ code: 'NoSuchSheet', sheet: wanted, sheets: sheets.map(({ name }) => name) })
  }
  let target = ''
  wholePart(file, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id === sheet.id) target = Target ?? ''
    },
  })
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}
