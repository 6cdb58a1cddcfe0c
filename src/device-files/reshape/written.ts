import { isDeviceTagKey } from '../../rules/device-tags.ts'
import { InvalidRecipe, parseRecipe, type Recipe } from './recipe.ts'
import type { Condition, Target } from './reshape.ts'

/** Describes what a recipe may make, in words for help and errors. */
export const targetWords = 'name, secret, sn, nickname, tag:KEY, tags'

/** Reads `TARGET=RECIPE`. @throws InvalidRecipe */
export function parseAssignment(text: string): { readonly target: Target; readonly recipe: Recipe } {
  const equals = text.indexOf('=')
  const target = text.slice(0, Math.max(0, equals)).trim()
  if (equals < 1 || !isTarget(target))
    throw new InvalidRecipe(target, `write TARGET=RECIPE, with one of ${targetWords} as TARGET`)
  const recipe = parseRecipe(text.slice(equals + 1))
  if (recipe.parts.length === 0 && recipe.steps.length === 0)
    throw new InvalidRecipe(target, 'name a column or a step')
  return { target, recipe }
}

export const isTarget = (target: string): target is Target =>
  /^(name|secret|sn|nickname|tags)$/.test(target) ||
  (target.startsWith('tag:') && isDeviceTagKey(target.slice('tag:'.length)))

/** Reads `COLUMN=VALUE` or `COLUMN!=VALUE`. @throws InvalidRecipe */
export function parseCondition(text: string): Condition {
  const [, column, sign, value] = /^(.*?)(!?=)(.*)$/s.exec(text) ?? []
  if (column === undefined || column.trim() === '')
    throw new InvalidRecipe(text, 'write COLUMN=VALUE or COLUMN!=VALUE')
  return { column: column.trim(), isEqual: sign === '=', value: value!.trim() }
}
