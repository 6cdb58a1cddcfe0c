import { isObject } from './alink.ts'

/** Tags that a device sets itself with `thing/deviceinfo/update` and `delete` (mqtt-facts §1.9). */

const attributesMax = 200
const keyForm = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/
/** Maximum characters of a value. The page gives no limit; SaveDeviceProp allows 128. */
const valueMax = 128

export interface DeviceAttribute {
  readonly key: string
  readonly value: string
}

/** Parses the tags of an update: `[{"attrKey","attrValue"}]`; ignores other members such as `domain`. */
export function readAttributes(params: unknown): readonly DeviceAttribute[] | 460 | 6106 {
  const keys = readAttributeKeys(params)
  if (!Array.isArray(keys)) return keys as 460 | 6106
  const values = (params as { readonly attrValue?: unknown }[]).map(({ attrValue }) => textOf(attrValue))
  if (!values.every((value) => value !== undefined && value !== '' && [...value].length <= valueMax))
    return 460
  // If a key is repeated, the last value counts.
  const attributes = new Map(keys.map((key, i) => [key, values[i]!]))
  return [...attributes].map(([key, value]) => ({ key, value }))
}

/** Parses the keys of an update or delete: `[{"attrKey"}]`. */
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
