import { codeMax, codeOf } from './xlsx-formats.ts'
import { readPart } from './xlsx-parts.ts'

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string
}

/** What a workbook is, before its sheets are read. */
export interface Workbook {
  readonly file: Uint8Array
  readonly sheets: readonly Sheet[]
  /** The texts that cells name by number: each distinct one once. */
  readonly strings: readonly string[]
  /** The number format of each style of a cell. */
  readonly formats: readonly string[]
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

/**
 * Reads what belongs to all sheets of a workbook. Its parts are found by their relationships, whatever they are called
 * (ECMA-376 part 2, §9.3).
 * @throws Error where it is no workbook
 */
export function openWorkbook(file: Uint8Array): Workbook {
  const main =
    relationsOf(file, '').find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const relations = relationsOf(file, main)
  const sheets: Sheet[] = []
  const isWorkbook = readPart(file, main, {
    open(name, attributes) {
      if (name !== 'sheet') return
      const [, id = ''] = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key)) ?? []
      const relation = relations.find((it) => it.id === id)
      if (relation === undefined || /^(chart|dialog|macro)sheet$/i.test(relation.type)) return
      const isHidden = /hidden/i.test(attributes.state ?? '')
      sheets.push({ name: attributes.name ?? '', isHidden, part: relation.target })
    },
  })
  if (!isWorkbook) throw new Error('it has no workbook in it')
  if (sheets.length === 0) throw new Error('it has no sheet')
  const partOf = (kind: string, otherwise: string) =>
    relations.find(({ type }) => type === kind)?.target ?? besides(main, otherwise)
  return {
    file,
    sheets,
    strings: stringsIn(file, partOf('sharedStrings', 'sharedStrings.xml')),
    formats: formatsIn(file, partOf('styles', 'styles.xml')),
  }
}

const folderOf = (part: string) => part.slice(0, part.lastIndexOf('/') + 1)
const besides = (part: string, name: string) => folderOf(part) + name

/** The relationships of a part; of the package itself for ''. */
function relationsOf(file: Uint8Array, part: string): Relation[] {
  const folder = folderOf(part)
  const relations: Relation[] = []
  readPart(file, `${folder}_rels/${part.slice(folder.length)}.rels`, {
    open(name, { Id = '', Target = '', Type = '' }) {
      if (name === 'Relationship')
        relations.push({
          id: Id,
          type: Type.slice(Type.lastIndexOf('/') + 1),
          target: resolved(folder, Target),
        })
    },
  })
  return relations
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const names: string[] = []
  for (const name of (folder + target).replaceAll('\\', '/').split('/'))
    if (name === '..') names.pop()
    else if (name !== '.') names.push(name)
  return names.join('/')
}

/** Text with what XML can't hold (§22.9.2.19): _x000D_ is a CR, and _x005F_ an underscore that begins no escape. */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : text

/** Texts that a workbook may have whatever its size, and bytes of the file for each further one. */
const stringsFree = 1_000_000
const bytesPerString = 4

function stringsIn(file: Uint8Array, part: string): string[] {
  const max = stringsFree + file.length / bytesPerString
  const strings: string[] = []
  let text = ''
  let inText = false
  let inPhonetic = false
  readPart(file, part, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    text(some) {
      if (inText) text += some
    },
    close(name) {
      if (name === 'si') {
        if (strings.push(unescaped(text)) > max)
          throw new Error(
            `it has more than ${Math.floor(max).toLocaleString('en-US')} texts, as no workbook of its size does`,
          )
      } else if (name === 'rPh') inPhonetic = false
      else if (name === 't') inText = false
    },
  })
  return strings
}

/** The number formats of cells by their style (§18.8.10, §18.8.30, §18.8.45). */
function formatsIn(file: Uint8Array, part: string): string[] {
  const own = new Map<number, string>()
  const formats: string[] = []
  let inCells = false
  readPart(file, part, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      const id = Number(numFmtId)
      // A longer one is known to be unreadable by what is left of it.
      if (name === 'numFmt') own.set(id, formatCode.slice(0, codeMax + 1))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) formats.push(own.get(id) ?? codeOf(id))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats
}
