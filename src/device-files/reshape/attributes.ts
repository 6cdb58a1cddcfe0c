import { changedNickname, isNickname } from '../../rules/device-fields.ts'
import { isDeviceTagKey, isDeviceTagValue } from '../../rules/device-tags.ts'
import { type Recipe, valueBy } from './recipe.ts'
import type { Attributes, Recipes } from './reshape.ts'

/** The attributes of a row, and which of them the platform's rules do not allow: those are left out. */
export interface ReadAttributes {
  readonly attributes: Attributes | undefined
  readonly illegal: readonly ('nickname' | 'tag')[]
}

/** Makes the nickname and the tags of a row. */
export function attributesOf(recipes: Recipes, cell: (column: string) => string | undefined): ReadAttributes {
  const illegal: ('nickname' | 'tag')[] = []
  const first = (some: readonly Recipe[] | undefined) => {
    for (const recipe of some ?? []) {
      const value = valueBy(recipe, cell)
      if (value !== undefined && value !== '') return value
    }
    return undefined
  }
  let nickname = first(recipes.nickname)
  if (nickname !== undefined && !isNickname(changedNickname, nickname)) {
    illegal.push('nickname')
    nickname = undefined
  }
  const tags: Record<string, string> = {}
  const add = (key: string, value: string) => {
    if (value === '') return
    if (isDeviceTagKey(key) && isDeviceTagValue(value)) tags[key] = value
    else illegal.push('tag')
  }
  for (const [key, value] of tagsIn(first(recipes.tags) ?? '')) add(key, value)
  for (const [target, some] of Object.entries(recipes))
    if (target.startsWith('tag:')) add(target.slice('tag:'.length), first(some) ?? '')
  const hasTags = Object.keys(tags).length > 0
  if (nickname === undefined && !hasTags) return { attributes: undefined, illegal }
  return { attributes: { ...(nickname !== undefined && { nickname }), ...(hasTags && { tags }) }, illegal }
}

/**
 * The tags of a cell: a JSON object, a JSON array of objects with a key and a value (as Huawei writes them), or
 * `key=value` pairs with commas or semicolons between them.
 */
function tagsIn(text: string): (readonly [string, string])[] {
  if (text === '') return []
  if (/^\s*[{[]/.test(text)) {
    try {
      return pairsOf(JSON.parse(text))
    } catch {
      return []
    }
  }
  return text.split(/[,;]/).flatMap((pair) => {
    const at = pair.search(/[=:]/)
    return at > 0 ? [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const] : []
  })
}

function pairsOf(value: unknown): (readonly [string, string])[] {
  if (Array.isArray(value))
    return value.flatMap((one) => {
      const { key, tag_key: tagKey = key, value: plain, tag_value: tagValue = plain } = Object(one)
      return typeof tagKey === 'string' ? [[tagKey, textOf(tagValue)] as const] : []
    })
  return Object.entries(Object(value)).map(([key, one]) => [key, textOf(one)] as const)
}

/** Objects within are no tags. */
const textOf = (value: unknown) => (typeof value === 'object' || value === undefined ? '' : String(value))
