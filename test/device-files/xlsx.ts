import { crc32, deflateRawSync } from 'node:zlib'

export type Cells = readonly (readonly (string | number)[])[]

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'

/** An XLSX file with one sheet of these cells: numbers as numbers, all else as text. */
export const xlsx = (rows: Cells): Buffer => workbook({ Sheet1: rows })

/** An XLSX file with sheets of these names and cells, some of which may be hidden. */
export function workbook(sheets: Readonly<Record<string, Cells>>, hidden: readonly string[] = []): Buffer {
  const names = Object.keys(sheets)
  const each = (written: (name: string, number: number) => string) =>
    names.map((name, i) => written(name, i + 1)).join('')
  return zip({
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${spreadsheet}" xmlns:r="${relations}"><sheets>${each((name, n) => `<sheet name="${name}" sheetId="${n}"${hidden.includes(name) ? ' state="hidden"' : ''} r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ...Object.fromEntries(
      names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetOf(sheets[name]!)]),
    ),
  })
}

/** An XLSX file in the shape that Excel gives it: texts apart, each once; spans, styles, and parts of any name. */
export function excelWorkbook(rows: Cells): Buffer {
  const texts = [...new Set(rows.flat().filter((cell) => typeof cell === 'string' && cell !== ''))]
  const written = rows
    .map((row, r) => {
      const cells = row.map((cell, c) => {
        const place = `${String.fromCharCode(65 + c)}${r + 1}`
        if (cell === '') return `<c r="${place}" s="1"/>`
        return typeof cell === 'number'
          ? `<c r="${place}"><v>${cell}</v></c>`
          : `<c r="${place}" s="1" t="s"><v>${texts.indexOf(cell)}</v></c>`
      })
      return `<row r="${r + 1}" spans="1:${row.length}" x14ac:dyDescent="0.3">${cells.join('')}</row>`
    })
    .join('')
  return zip(
    {
      '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"/>`,
      '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<workbook xmlns="${spreadsheet}" xmlns:r="${relations}"><bookViews><workbookView/></bookViews><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId3" Type="${relations}/styles" Target="styles.xml"/><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId4" Type="${relations}/sharedStrings" Target="texts.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="${spreadsheet}" xmlns:x14ac="x"><dimension ref="A1"/><sheetData>${written}</sheetData></worksheet>`,
      'xl/texts.xml': `<sst xmlns="${spreadsheet}">${texts.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')}</sst>`,
      'xl/styles.xml': `<styleSheet xmlns="${spreadsheet}"><cellXfs><xf numFmtId="0"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    },
    true,
  )
}

function sheetOf(rows: Cells): string {
  const cellOf = (value: string | number, row: number, column: number) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`
    if (value === '') return ''
    return typeof value === 'number'
      ? `<c r="${place}"><v>${value}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
  }
  const written = rows
    .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cellOf(value, r, c)).join('')}</row>`)
    .join('')
  return `<worksheet xmlns="${spreadsheet}"><sheetData>${written}</sheetData></worksheet>`
}

/** A ZIP file; its members are compressed where that is asked for. */
export function zip(files: Readonly<Record<string, string>>, isCompressed = false): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    const kept = isCompressed ? deflateRawSync(content) : content
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(isCompressed ? 8 : 0, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(kept.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), kept])
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, entry, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end])
}
