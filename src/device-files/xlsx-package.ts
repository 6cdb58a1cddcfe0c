import { codeMax, codeOf } from './xlsx-formats.ts'
import { type Archive, readPart, xmlReader } from './xlsx-parts.ts'
import { type SharedTexts, textsIn } from './xlsx-texts.ts'

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string
}

/** A workbook before its sheets are read. */
export interface Workbook {
  readonly archive: Archive
  readonly sheets: readonly Sheet[]
  readonly texts: SharedTexts
  /** The number format of each cell style. */
  readonly formats: readonly string[]
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly target: string
}

/**
 * Reads the workbook-level parts. It finds them by relationship, whatever their names (ECMA-376 part 2, §9.3).
 * @throws Error if it is not a workbook
 */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const main =
    (await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.target ??
    'xl/workbook.xml'
  const relations = await relationsOf(archive, main)
  const sheets: Sheet[] = []
  const elements = {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      if (name !== 'sheet') return
      const [, id = ''] = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key)) ?? []
      const relation = relations.find((it) => it.id === id)
      if (relation === undefined || /^(chart|dialog|macro)sheet$/i.test(relation.type)) return
      const isHidden = /hidden/i.test(attributes.state ?? '')
      sheets.push({ name: attributes.name ?? '', isHidden, part: relation.target })
    },
  }
  const isWorkbook = await readPart(archive, main, xmlReader(elements))
  if (!isWorkbook) throw new Error('it has no workbook in it')
  if (sheets.length === 0) throw new Error('it has no sheet')
  const partOf = (kind: string, otherwise: string) =>
    relations.find(({ type }) => type === kind)?.target ?? besides(main, otherwise)
  return {
    archive,
    sheets,
    texts: await textsIn(archive, partOf('sharedStrings', 'sharedStrings.xml')),
    formats: await formatsIn(archive, partOf('styles', 'styles.xml')),
  }
}

const folderOf = (part: string) => part.slice(0, part.lastIndexOf('/') + 1)
const besides = (part: string, name: string) => folderOf(part) + name

/** Returns the relationships of a part, or of the package for ''. */
async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const folder = folderOf(part)
  const relations: Relation[] = []
  const elements = {
    open(name: string, { Id = '', Target = '', Type = '' }: Readonly<Record<string, string>>) {
      if (name === 'Relationship')
        relations.push({
          id: Id,
          type: Type.slice(Type.lastIndexOf('/') + 1),
          target: resolved(folder, Target),
        })
    },
  }
  await readPart(archive, `${folder}_rels/${part.slice(folder.length)}.rels`, xmlReader(elements))
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

/** Reads the number formats by cell style (§18.8.10, §18.8.30, §18.8.45). */
async function formatsIn(archive: Archive, part: string): Promise<string[]> {
  const own = new Map<number, string>()
  const formats: string[] = []
  let inCells = false
  const elements = {
    open(name: string, { numFmtId = '0', formatCode = '' }: Readonly<Record<string, string>>) {
      const id = Number(numFmtId)
      // A longer code is already invalid at this length.
      if (name === 'numFmt') own.set(id, formatCode.slice(0, codeMax + 1))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) formats.push(own.get(id) ?? codeOf(id))
    },
    close(name: string) {
      if (name === 'cellXfs') inCells = false
    },
  }
  await readPart(archive, part, xmlReader(elements))
  return formats
}
