import { isObject } from './alink.ts'

/** Tags that a device sets itself, by `thing/deviceinfo/update` and `delete` (mqtt-facts §1.9). */

const attributesMax = 200
const keyForm = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/
/** Characters of a value. The page gives no limit; SaveDeviceProp takes 128. */
const valueMax = 128

export interface DeviceAttribute {
  readonly key: string
  readonly value: string
}

/** The tags of an update: `[{"attrKey","attrValue"}]`; what else an entry has, such as `domain`, is skipped. */
export function readAttributes(params: unknown): readonly DeviceAttribute[] | 460 | 6106 {
  const keys = readAttributeKeys(params)
  if (!Array.isArray(keys)) return keys as 460 | 6106
  const values = (params as { readonly attrValue?: unknown }[]).map(({ attrValue }) => textOf(attrValue))
  if (!values.every((value) => value !== undefined && value !== '' && [...value].length <= valueMax))
    return 460
  // Of a key that is given twice the last value counts.
  const attributes = new Map(keys.map((key, i) => [key, values[i]!]))
  return [...attributes].map(([key, value]) => ({ key, value }))
}

/** The keys of an update or a delete: `[{"attrKey"}]`. */
export function readAttributeKeys(params: unknown): readonly string[] | 460 | 6106 {
  if (!Array.isArray(params) || params.length === 0) return 460
  if (params.length > attributesMax) return 6106
  const keys = params.map((entry) => (isObject(entry) ? entry.attrKey : undefined))
  const areKeys = keys.every((key) => typeof key === 'string' && keyForm.test(key))
  return areKeys ? (keys as string[]) : 460
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
