import { widthOf } from './width.ts'

/** Rules of SaveDeviceProp, from its page; those of keys and values are from an older version of the page. */
export const deviceTagsMax = 100
export const propsMax = { bytes: 5 * 1024, inWords: '5 KB' }
const keyRule = /^[A-Za-z0-9.]{2,32}$/
/** Reserved by the platform. */
const reservedKey = 'abc'
export const tagKeyRule = {
  en: `2 to 32 letters, digits and dots, and not ${reservedKey}`,
  zh: `2～32 个字符，可含字母、数字和点，不能为 ${reservedKey}`,
}
export const isDeviceTagKey = (key: string) => keyRule.test(key) && key !== reservedKey
const valueMax = 128
/** The colon is in the page's own example, {"coordinate":"104.07086:30.549169"}. */
const valueCharacters = /^[\p{L}\p{N}_.:-]+$/u
export const tagValueRule = {
  en: `1 to ${valueMax} letters, digits and - _ . : with Chinese, Japanese and Korean characters counted as two`,
  zh: `1～${valueMax} 个字符，可含字母、数字和 - _ . :，中日韩文字一个算两个字符`,
}

export const isDeviceTagValue = (value: string) => valueCharacters.test(value) && widthOf(value) <= valueMax

const utf8 = new TextEncoder()

export interface DeviceTag {
  readonly key: string
  readonly value: string
}

/** The fault of a Props parameter, and a description with its position. */
export interface PropsFault {
  readonly fault: 'too-long' | 'malformed' | 'none' | 'too-many' | 'key' | 'value'
  readonly detail: string
}

/** Parses a Props parameter: a JSON object, in which numbers and booleans are converted to text. */
export function readProps(props: string): readonly DeviceTag[] | PropsFault {
  const bytes = utf8.encode(props).length
  if (bytes > propsMax.bytes) {
    return { fault: 'too-long', detail: `It has ${bytes} bytes and may have ${propsMax.inWords}.` }
  }
  let read: unknown
  try {
    read = JSON.parse(props)
  } catch {
    return { fault: 'malformed', detail: 'It is not JSON.' }
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    return { fault: 'malformed', detail: 'It must be a JSON object, such as {"color":"red"}.' }
  }
  const tags = Object.entries(read).map(([key, value]) => ({ key, value: textOf(value) }))
  if (tags.length === 0) return { fault: 'none', detail: 'It must have a key at least.' }
  if (tags.length > deviceTagsMax) {
    return { fault: 'too-many', detail: `It has ${tags.length}, and a device may have ${deviceTagsMax}.` }
  }
  for (const { key, value } of tags) {
    if (!isDeviceTagKey(key)) {
      return { fault: 'key', detail: `A key must be ${tagKeyRule.en}, unlike ${JSON.stringify(key)}.` }
    }
    if (value === undefined || !isDeviceTagValue(value)) {
      return { fault: 'value', detail: `The value of ${key} must be ${tagValueRule.en}.` }
    }
  }
  return tags as DeviceTag[]
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
