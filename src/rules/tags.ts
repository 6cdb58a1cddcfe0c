import { widthOf } from './width.ts'

/** Rules for tags, from the pages of CreateProductTags and UpdateProductTags. */
export const tagKeyMax = 30
export const tagValueMax = 128
/** Maximum tags of a product. */
export const tagsMax = 100

export const tagKeyFormat = {
  en: `1 to ${tagKeyMax} letters, digits and dots (abc is reserved)`,
  zh: `1～${tagKeyMax} 个字符，可含字母、数字和点（abc 为保留字）`,
}
export const tagValueFormat = {
  en: `1 to ${tagValueMax} letters, digits and _ - . (Chinese, Japanese and Korean characters count as two)`,
  zh: `1～${tagValueMax} 个字符，可含字母、数字和 _ - .（中日韩文字一个算两个字符）`,
}

export const isTagKey = (key: string) =>
  key.length <= tagKeyMax && /^[A-Za-z0-9.]+$/.test(key) && key !== 'abc'

/** Dots are from an older version of the pages. */
export const isTagValue = (value: string) =>
  widthOf(value) <= tagValueMax && /^[\p{L}\p{N}_.-]+$/u.test(value)

/** A tag as it was sent. */
export interface SentTag {
  readonly key: string | undefined
  readonly value: string | undefined
}

/**
 * Returns the tags that can't be set: malformed ones, and those that repeat an earlier key or whose key is not
 * among the permitted ones.
 */
export function invalidTags<T extends SentTag>(tags: readonly T[], fits: (key: string) => boolean): T[] {
  const keys = new Set<string>()
  return tags.filter(({ key, value }) => {
    if (key === undefined || value === undefined || !isTagKey(key) || !isTagValue(value)) return true
    if (keys.has(key) || !fits(key)) return true
    keys.add(key)
    return false
  })
}
