import type { ColumnChoice } from '../columns.ts'
import { allowedCodes, type Fault, FaultList, isOfRow } from '../faults.ts'
import { type FieldName, fields } from '../fields.ts'
import { memberAt, pathIn } from '../json-values.ts'
import type { Finding, Note } from '../notes.ts'
import type { ReadOptions } from '../open.ts'
import type { RowSource, Rows } from '../rows.ts'
import { rowsOf } from '../rows-of.ts'
import { artifactOf } from '../spreadsheet-artifacts.ts'
import { UnreadableFile } from '../unreadable.ts'
import { isPlaceholder } from '../words-for-nothing.ts'
import { attributesOf } from './attributes.ts'
import { type Fix, mended } from './fixes.ts'
import { columnsOfFields, type Plan, placeOfColumn, type Reshaping, withColumns, withPlaces } from './plan.ts'
import { columnsIn, type Recipe, valueBy } from './recipe.ts'
import type { Attributes, Change, Edit, SecretSource } from './reshape.ts'

/** How the reader finds the columns that a plan needs. */
export function choiceOf(plan: Plan): ColumnChoice {
  const names = (plan.recipes.name ?? []).map(columnsIn).filter((columns) => columns.length > 0)
  const isHeaded = plan.preset !== undefined && !plan.isHeadless
  return {
    paths: plan.paths,
    header: isHeaded ? names.flat() : undefined,
    rows: plan.preset?.rows ?? [],
    isDevice: (object) =>
      names.some((columns) =>
        columns.every((column) => {
          const path = pathIn(object, column)
          return path !== undefined && typeof memberAt(object, path) === 'string'
        }),
      ),
    choose: (columns, mayBeDevice) => columnsOfFields(withColumns(plan, columns, mayBeDevice), columns),
  }
}

/** The fields of a row as they are to be imported. */
type Values = { [F in FieldName]: string }

/** The rows of a file, reshaped. @throws UnreadableFile if there is no column for the name or the secret */
export function reshaped(
  source: RowSource,
  plan: Plan,
  secrets: SecretSource | undefined,
  options: Pick<ReadOptions, 'allow' | 'allowMissing'>,
): RowSource {
  const withoutPlaces = withColumns(plan, source.columns, source.mayBeDevice)
  const reshaping = withPlaces(withoutPlaces, source.columns, source.places)
  for (const field of ['name', 'secret'] as const) refuseUnplaced(field, source, reshaping, options)
  const shaping = new Shaping(source, reshaping, secrets, allowedCodes(options.allow))
  const wanted = plan.where.length === 0 ? undefined : (rows: Rows) => shaping.wanted(rows)
  return {
    ...source,
    notes: [...source.notes.filter((note) => !isSettled(note, reshaping)), ...notesOf(reshaping)],
    reshaping,
    chunks: (async function* () {
      for await (const rows of source.chunks) {
        const entries = wanted?.(rows)
        if (entries?.length === 0) continue
        yield shaping.rows(rows, entries)
      }
    })(),
    findings: () => [...source.findings(), ...shaping.findings()],
  }
}

/** A guess of the reader about a field that the plan reads from elsewhere. */
const isSettled = (note: Note, { usable, reshape }: Reshaping) =>
  'field' in note &&
  (usable[note.field] !== undefined || (note.field === 'secret' && reshape.secret !== undefined))

const notesOf = ({ usable, preset, reshape }: Reshaping): Note[] =>
  preset === undefined
    ? []
    : [
        {
          code: 'Preset',
          platform: reshape.from!,
          title: preset.title,
          recipes: usable,
          keys: reshape.secret === undefined ? preset.keys : 'fit',
        },
      ]

function refuseUnplaced(
  field: 'name' | 'secret',
  { columns, mayBeDevice, places, notes }: RowSource,
  { usable, reshape }: Reshaping,
  { allowMissing }: Pick<ReadOptions, 'allowMissing'>,
): void {
  if (usable[field] !== undefined || places[field] >= 0 || allowMissing) return
  if (field === 'secret' && reshape.secret !== undefined) return
  for (const note of notes)
    if (note.code === 'AmbiguousColumn' && note.field === field) throw new UnreadableFile(note)
  throw new UnreadableFile({ code: 'UnknownColumn', field, columns, mayBeDevice })
}

class Shaping {
  readonly #source: RowSource
  readonly #plan: Reshaping
  readonly #secrets: SecretSource | undefined
  readonly #allowed: ReadonlySet<string>
  readonly #places = new Map<string, number>()
  readonly #blank: ReadonlySet<string>
  readonly #edits: ReadonlyMap<string, Edit>
  readonly #findings = new Map<string, Finding>()

  constructor(
    source: RowSource,
    plan: Reshaping,
    secrets: SecretSource | undefined,
    allowed: ReadonlySet<string>,
  ) {
    this.#source = source
    this.#plan = plan
    this.#secrets = secrets
    this.#allowed = allowed
    this.#blank = new Set(plan.preset?.blank)
    this.#edits = new Map((plan.reshape.edits ?? []).map((edit) => [editKey(edit.line, edit.sheet), edit]))
    for (const column of plan.paths) this.#places.set(column, placeOfColumn(source.columns, column))
  }

  /** The entries that the conditions let pass. */
  wanted(rows: Rows): number[] {
    const { where } = this.#plan
    return Array.from({ length: rows.count }, (_, entry) => entry).filter((entry) => {
      const cells = rows.cells(entry)
      return where.every(
        ({ column, isEqual, value }) => (this.#cell(cells, column).trim() === value) === isEqual,
      )
    })
  }

  rows(rows: Rows, entries?: readonly number[]): Rows {
    const count = entries?.length ?? rows.count
    const at = (entry: number) => entries?.[entry] ?? entry
    const faults = new FaultList()
    const changes = new Map<number, readonly Change[]>()
    const attributes = new Map<number, Attributes>()
    const values = Array.from({ length: count }, (_, entry) => {
      const before = at(entry)
      const line = rows.line(before)
      const edit = this.#edits.get(editKey(line, rows.sheet?.(before)))
      const known = rows.faults.get(before) ?? []
      const cells = rows.cells(before)
      // If a row was typed as a whole, its shape in the file does not matter.
      const isTyped = known.some(isOfRow) && isWhole(edit, this.#plan)
      const { made, own, wrong, used } = this.#made(cells, line, edit, isTyped)
      for (const fault of known.filter((fault) => this.#isKept(fault, edit, used, isTyped)))
        faults.add(entry, fault)
      for (const fault of wrong) faults.add(entry, fault)
      if (own.length > 0) changes.set(entry, own)
      const along = this.#along(cells, line)
      if (along !== undefined) attributes.set(entry, along)
      return [made.name, made.secret, made.sn]
    })
    const { sheet } = rows
    return {
      ...rowsOf(values, (entry) => rows.line(at(entry)), { name: 0, secret: 1, sn: 2 }, faults.all()),
      cells: (entry) => rows.cells(at(entry)),
      ...(sheet && { sheet: (entry: number) => sheet(at(entry)) }),
      changes,
      attributes,
    }
  }

  findings(): readonly Finding[] {
    return [...this.#findings.values()]
  }

  #cell(cells: readonly string[], column: string): string {
    const text = cells[this.#places.get(column) ?? -1] ?? ''
    return this.#blank.has(text) ? '' : text
  }

  /** The values of a row, with what changed them and what is wrong with them. */
  #made(cells: readonly string[], line: number, edit: Edit | undefined, isTyped: boolean) {
    const { reshape } = this.#plan
    const own: Change[] = []
    const wrong: Fault[] = []
    const made: Values = { name: '', secret: '', sn: '' }
    const used: { [F in FieldName]?: Recipe | undefined } = {}
    for (const field of fields) {
      const isMade = field === 'secret' && reshape.secret !== undefined
      if (isMade) continue
      const { text: before, recipe } = this.#read(field, cells)
      used[field] = recipe
      const typed = edit?.values[field] ?? (isTyped ? '' : undefined)
      const { text, by } =
        typed === undefined ? this.#fixed(field, cells) : { text: typed, by: ['edit'] as const }
      made[field] = text
      if (text !== before) own.push({ field, by, before, after: text })
      if (text !== before) for (const fix of by) this.#note('Fixed', line, field, fix)
      wrong.push(...this.#faultsOf(field, text, text !== before, recipe, cells))
    }
    if (reshape.secret !== undefined && made.name !== '') made.secret = this.#secretFor(made.name, cells)
    return { made, own, wrong, used }
  }

  /** A value after the fixes. They mend the cells before a recipe reads them: it would replace a space at the end. */
  #fixed(field: FieldName, cells: readonly string[]): { readonly text: string; readonly by: readonly Fix[] } {
    const by = new Set<Fix>()
    const mend = (text: string) => {
      const fixed = mended(text, this.#plan.reshape.fixes ?? [])
      for (const fix of fixed.by) by.add(fix)
      return fixed.text
    }
    return { text: mend(this.#read(field, cells, mend).text), by: [...by] }
  }

  #read(
    field: FieldName,
    cells: readonly string[],
    mend = (text: string) => text,
  ): { readonly text: string; readonly recipe?: Recipe } {
    const recipes = this.#plan.usable[field]
    if (recipes === undefined) return { text: mend(cells[this.#source.places[field]] ?? '') }
    for (const recipe of recipes) {
      const value = valueBy(recipe, (column) => mend(this.#cell(cells, column)))
      if (value !== undefined) return { text: value, recipe }
    }
    return { text: '' }
  }

  /** Damage that the reader does not see: in values that were changed, and in columns that were joined. */
  #faultsOf(
    field: FieldName,
    text: string,
    isChanged: boolean,
    recipe: Recipe | undefined,
    cells: readonly string[],
  ): Fault[] {
    const found: Fault[] = []
    if ((isChanged || recipe !== undefined) && !this.#allowed.has('Placeholder'))
      if (text !== '' && isPlaceholder(text, field === 'name'))
        found.push({ code: 'Placeholder', field, text })
    if (this.#allowed.has('DamagedNumber') || found.length > 0) return found
    const joined =
      recipe === undefined ? [] : columnsIn(recipe).filter((column) => !this.#isInspected(field, column))
    const looked = [...(isChanged ? [text] : []), ...joined.map((column) => this.#cell(cells, column))]
    const kind = looked.map(artifactOf).find((kind) => kind !== undefined)
    if (kind !== undefined) found.push({ code: 'DamagedNumber', field, kind })
    return found
  }

  /** A fault of the whole row stays; one of a value goes where that was typed anew, or was read from another column. */
  #isKept(
    fault: Fault,
    edit: Edit | undefined,
    used: { readonly [F in FieldName]?: Recipe | undefined },
    isTyped: boolean,
  ): boolean {
    if (!('field' in fault)) return !isTyped
    if (edit?.values[fault.field] !== undefined) return false
    const recipe = used[fault.field]
    return recipe === undefined || this.#isInspected(fault.field, columnsIn(recipe)[0])
  }

  /** Whether the reader itself looks for damage in a column. */
  #isInspected(field: FieldName, column: string | undefined): boolean {
    return column !== undefined && this.#places.get(column) === this.#source.places[field]
  }

  #secretFor(name: string, cells: readonly string[]): string {
    const rule = this.#plan.reshape.secret!
    if (rule.kind === 'generate') return this.#secrets?.generated(name) ?? ''
    const key = rule.column === undefined ? this.#read('secret', cells).text : this.#cell(cells, rule.column)
    if (key === '' || this.#secrets === undefined) return ''
    return this.#secrets.hmacSha256(key, name).slice(0, 32)
  }

  #along(cells: readonly string[], line: number): Attributes | undefined {
    const { attributes, illegal } = attributesOf(this.#plan.usable, (column) => this.#cell(cells, column))
    for (const what of illegal) this.#note('LeftOut', line, undefined, what)
    return attributes
  }

  #note(code: Finding['code'], line: number, field: FieldName | undefined, what: Finding['what']): void {
    const key = `${code} ${field} ${what}`
    const count = (this.#findings.get(key)?.count ?? 0) + 1
    const first = this.#findings.get(key)?.line ?? line
    this.#findings.set(key, { code, line: first, count, ...(field && { field }), ...(what && { what }) })
  }
}

/** Whether every field that a device needs was typed. */
const isWhole = (edit: Edit | undefined, { reshape }: Reshaping) =>
  edit?.values.name !== undefined && (edit.values.secret !== undefined || reshape.secret !== undefined)

const editKey = (line: number, sheet: string | undefined) => `${line} ${sheet ?? ''}`
