import { placeOfName } from '../column-names.ts'
import type { ChosenColumns, Places } from '../columns.ts'
import { type FieldName, fields } from '../fields.ts'
import type { Preset } from '../presets/preset.ts'
import { presetOf } from '../presets/presets.ts'
import { UnreadableFile } from '../unreadable.ts'
import { columnsIn, parseRecipe, type Recipe } from './recipe.ts'
import type { Condition, Recipes, Reshape, Target } from './reshape.ts'

/** How a file is reshaped, before its columns are known. */
export interface Plan {
  readonly reshape: Reshape
  readonly preset: Preset | undefined
  /** The recipes of every target, those of the person first. */
  readonly recipes: Recipes
  /** Targets whose recipes the person gave: their columns must be there. */
  readonly chosen: readonly Target[]
  readonly where: readonly Condition[]
  /** Whether the file has no header, as the preset declares it for such files. */
  readonly isHeadless: boolean
  /** Columns or paths that any recipe takes; of JSON those are columns, too. */
  readonly paths: readonly string[]
}

/** A plan with the columns of a file. */
export interface Reshaping extends Plan {
  /** The recipes whose columns the file has. */
  readonly usable: Recipes
}

/**
 * Plans how a file is reshaped.
 * @param beginning the first bytes of a text: a preset for files with and without a header decides by them
 */
export function planOf(reshape: Reshape, map: ChosenColumns, beginning: Uint8Array): Plan {
  const preset = reshape.from === undefined ? undefined : presetOf(reshape.from)
  const isHeadless = preset?.headless !== undefined && !hasHeader(preset, beginning)
  const shape = isHeadless ? preset.headless : preset
  const set = { ...ofMap(map), ...reshape.set }
  const recipes: Recipes = { ...(shape && recipesOf(shape)), ...filledIn(set, map, shape) }
  const condition = isHeadless ? preset.headless?.where : undefined
  const where = [
    ...(condition === undefined ? [] : [{ column: condition[0], isEqual: true, value: condition[1] }]),
    ...(reshape.where ?? []),
  ]
  const derived = derivedFrom(reshape)
  const paths = new Set([...allColumnsIn(recipes), ...where.map(({ column }) => column), ...derived])
  const chosen = Object.keys(set) as Target[]
  return { reshape, preset, recipes, chosen, where, isHeadless, paths: [...paths] }
}

const derivedFrom = ({ secret }: Reshape): readonly string[] =>
  secret?.kind === 'derive' && secret.column !== undefined ? [secret.column] : []

/** Columns that were mapped, as recipes. */
const ofMap = (map: ChosenColumns): Recipes =>
  Object.fromEntries(
    Object.entries(map).flatMap(([field, column]) =>
      column === null || column === undefined ? [] : [[field, [{ parts: [{ column }], steps: [] }]]],
    ),
  )

/** Recipes without a column of their own (`| trim`) change what is read without them. */
function filledIn(set: Recipes, map: ChosenColumns, shape: Shape | undefined): Recipes {
  const filled = (target: Target, recipe: Recipe): readonly Recipe[] => {
    if (recipe.parts.length > 0) return [recipe]
    const mapped = map[target as FieldName]
    const before =
      typeof mapped === 'string'
        ? [{ parts: [{ column: mapped }], steps: [] }]
        : ((shape && recipesOf(shape)[target]) ?? [])
    // Of a plain list the reader finds the columns; `withPlaces` puts them in.
    if (shape === undefined && mapped !== null && isField(target) && typeof mapped !== 'string')
      return [recipe]
    return before.map(({ parts, steps }) => ({ parts, steps: [...steps, ...recipe.steps] }))
  }
  return Object.fromEntries(
    Object.entries(set).map(([target, recipes]) => [
      target,
      recipes!.flatMap((recipe) => filled(target as Target, recipe)),
    ]),
  )
}

const isField = (target: Target): target is FieldName => (fields as readonly string[]).includes(target)

/** Puts the columns that the reader has found into recipes without one; without such a column, there is no recipe. */
export function withPlaces(reshaping: Reshaping, columns: readonly string[], places: Places): Reshaping {
  const usable: { [T in Target]?: readonly Recipe[] } = { ...reshaping.usable }
  for (const field of fields) {
    const [own] = usable[field] ?? []
    if (own === undefined || own.parts.length > 0) continue
    const column = columnAt(columns, places[field])
    if (column === undefined) delete usable[field]
    else usable[field] = [{ ...own, parts: [{ column }] }]
  }
  return { ...reshaping, usable, paths: [...new Set([...reshaping.paths, ...allColumnsIn(usable)])] }
}

const allColumnsIn = (recipes: Recipes) => Object.values(recipes).flatMap((some) => some!.flatMap(columnsIn))

/** How a recipe names the column at a place: by its name if no other has it, otherwise by its number. */
export function columnAt(columns: readonly string[], place: number): string | undefined {
  if (place < 0) return undefined
  const name = columns[place] ?? ''
  return name !== '' && placeOfColumn(columns, name) === place ? name : String(place + 1)
}

type Shape = Pick<Preset, 'name' | 'secret' | 'sn' | 'nickname' | 'tags' | 'tag'>

function recipesOf({ name, secret = [], sn = [], nickname = [], tags = [], tag = {} }: Shape): Recipes {
  const all = {
    ...{ name, secret, sn, nickname, tags },
    ...Object.fromEntries(Object.entries(tag).map(([key, recipes]) => [`tag:${key}`, recipes])),
  }
  return Object.fromEntries(
    Object.entries(all)
      .filter(([, recipes]) => recipes.length > 0)
      .map(([target, recipes]) => [target, recipes.map(parseRecipe)]),
  )
}

/** Lines among which a header is looked for. */
const headerLines = 20

/** Whether any of the first lines names a column that the preset reads a device's name from. */
function hasHeader(preset: Preset, beginning: Uint8Array): boolean {
  const names = preset.name.flatMap((recipe) => columnsIn(parseRecipe(recipe)))
  const text = new TextDecoder().decode(beginning).replaceAll('\0', '')
  // The members of JSON name themselves, and a workbook is not looked into here.
  if (/^\ufeff?\s*[{[]/.test(text) || text.startsWith('PK')) return true
  const lines = text.split(/\r\n|\n|\r/)
  return lines.slice(0, headerLines).some((line) => {
    const cells = line.split(/[,;\t|:]/).map((cell) => cell.replace(/^[\s"']+|[\s"']+$/g, ''))
    return names.some((name) => placeOfName(cells, name) >= 0)
  })
}

/** Describes where a column of a recipe is: by its name, by its name without what decorates it, or by its number. */
export function placeOfColumn(columns: readonly string[], column: string): number {
  const place = placeOfName(columns, column)
  if (place >= 0) return place
  const plain = columns.map((name) => name.replaceAll(/[(（[【<{][^)）\]】>}]*[)）\]】>}]/g, ''))
  const decorated = placeOfName(plain, column)
  if (decorated >= 0) return decorated
  return /^[1-9]\d*$/.test(column) && Number(column) <= columns.length ? Number(column) - 1 : -1
}

/**
 * The recipes whose columns a file has.
 * @throws UnreadableFile if a column that was named is not there, or none that the preset could read the name or the
 *   secret from
 */
export function withColumns(plan: Plan, columns: readonly string[], mayBeDevice: boolean): Reshaping {
  const isThere = (column: string) => placeOfColumn(columns, column) >= 0
  const required = [
    ...plan.chosen.flatMap((target) => plan.recipes[target]!.flatMap(columnsIn)),
    ...(plan.reshape.where ?? []).map(({ column }) => column),
    ...derivedFrom(plan.reshape),
  ]
  const missing = plan.preset === undefined ? required.find((column) => !isThere(column)) : undefined
  const gone = missing ?? requiredBeside(plan, isThere)
  if (gone !== undefined)
    throw new UnreadableFile({ code: 'NoSuchColumn', column: gone, columns, mayBeDevice })
  const usable = Object.fromEntries(
    Object.entries(plan.recipes)
      .map(
        ([target, recipes]) =>
          [target, recipes!.filter((recipe) => columnsIn(recipe).every(isThere))] as const,
      )
      .filter(([, recipes]) => recipes.length > 0),
  )
  refuseMissing(plan, usable, columns, mayBeDevice)
  return { ...plan, usable }
}

/** With a preset, a target that the person gave may have several recipes of the preset's: one of them is enough. */
function requiredBeside(plan: Plan, isThere: (column: string) => boolean): string | undefined {
  if (plan.preset === undefined) return undefined
  for (const target of plan.chosen) {
    const recipes = plan.recipes[target]!
    if (recipes.length > 0 && !recipes.some((recipe) => columnsIn(recipe).every(isThere)))
      return columnsIn(recipes[0]!).find((column) => !isThere(column))
  }
  const others = [...(plan.reshape.where ?? []).map(({ column }) => column), ...derivedFrom(plan.reshape)]
  return others.find((column) => !isThere(column))
}

/** Whether secrets come from elsewhere than the columns of the secret. */
const hasOwnSource = ({ secret }: Reshape) =>
  secret?.kind === 'generate' || (secret?.kind === 'derive' && secret.column !== undefined)

function refuseMissing(plan: Plan, usable: Recipes, columns: readonly string[], mayBeDevice: boolean): void {
  const { preset, reshape } = plan
  if (preset === undefined || plan.isHeadless) return
  const of = (field: FieldName) => [...new Set((plan.recipes[field] ?? []).flatMap(columnsIn))]
  for (const field of ['name', 'secret'] as const) {
    if (usable[field] !== undefined || (field === 'secret' && hasOwnSource(reshape))) continue
    throw new UnreadableFile({
      code: 'MissingColumn',
      platform: reshape.from!,
      title: preset.title,
      field,
      wanted: of(field),
      columns,
      mayBeDevice,
      keys: preset.keys,
    })
  }
}

/** The columns that the reader takes for the fields, so that it looks for damage in them: the first of each recipe. */
export function columnsOfFields(reshaping: Reshaping, columns: readonly string[]): ChosenColumns {
  const { usable, reshape } = reshaping
  const taken = new Set<number>()
  const chosen: { [F in FieldName]?: string | null } = {}
  for (const field of fields) {
    const recipes = usable[field]
    // Without a recipe of its own, a file without a preset is read as always.
    if (recipes === undefined && reshaping.preset === undefined && !(field === 'secret' && reshape.secret))
      continue
    if (recipes?.[0]?.parts.length === 0) continue
    const [column = ''] = recipes === undefined ? [] : columnsIn(recipes[0]!)
    const isElsewhere = field === 'secret' && (reshape.secret ?? reshaping.preset?.blank) !== undefined
    const place = isElsewhere ? -1 : placeOfColumn(columns, column)
    chosen[field] = place < 0 || taken.has(place) ? null : String(place + 1)
    taken.add(place)
  }
  return chosen
}
