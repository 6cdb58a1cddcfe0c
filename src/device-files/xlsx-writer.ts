import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const ofPackage = 'http://schemas.openxmlformats.org/package/2006'
const ofSheets = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The parts of a one-sheet workbook (ECMA-376 part 1), except the sheet. Style 1 is text. */
const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${ofPackage}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${ofSheets}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${ofSheets}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${ofSheets}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${ofPackage}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="devices" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${ofPackage}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
}

/** Maximum rows of a sheet including the header (ECMA-376 part 1, 18.3.1.73). */
export const sheetRowsMax = 1_048_576
export const xlsxType = `${ofSheets}.sheet`

/** Rows compressed at a time. */
const rowsAtOnce = 2000

/** A workbook that is being written. */
export interface XlsxWriter {
  add(rows: Iterable<readonly string[]>): void
  end(): void
}

/**
 * Writes a one-sheet workbook in which all cells are text, so that spreadsheets don't convert them to numbers.
 * Whole columns are formatted as text, for cells that the user fills in. An empty text becomes a blank cell.
 * @param width number of columns
 * @param put receives the file chunk by chunk
 */
export function xlsxWriter(width: number, put: (piece: Uint8Array<ArrayBuffer>) => void): XlsxWriter {
  const zip = new Zip((error, piece) => {
    if (error) throw error
    put(piece as Uint8Array<ArrayBuffer>)
  })
  const encoder = new TextEncoder()
  for (const [name, text] of Object.entries(parts)) {
    const part = new ZipPassThrough(name)
    zip.add(part)
    part.push(encoder.encode(declaration + text), true)
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 3 })
  zip.add(sheet)
  let text = `${declaration}<worksheet xmlns="${main}"><cols><col min="1" max="${Math.max(1, width)}" width="24" style="1" customWidth="1"/></cols><sheetData>`
  let count = 0
  return {
    add(rows) {
      for (const cells of rows) {
        text += `<row>${cells.map(cell).join('')}</row>`
        if (++count % rowsAtOnce > 0) continue
        sheet.push(encoder.encode(text))
        text = ''
      }
    },
    end() {
      sheet.push(encoder.encode(`${text}</sheetData></worksheet>`), true)
      zip.end()
    },
  }
}

/** Returns a complete workbook of the rows, as `xlsxWriter` writes it. */
export function xlsxOf(rows: Iterable<readonly string[]>, width: number): Blob {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const writer = xlsxWriter(width, (piece) => pieces.push(piece))
  writer.add(rows)
  writer.end()
  return new Blob(pieces, { type: xlsxType })
}

const cell = (text: string) =>
  text === ''
    ? '<c s="1"/>'
    : `<c t="inlineStr" s="1"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** Escapes what XML can't contain as _xHHHH_ (§22.9.2.19), and text that looks like such an escape. */
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /[\0-\x08\x0b-\x1f\ufffe\uffff]/g,
      (it) => `_x${it.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
