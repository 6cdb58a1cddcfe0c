import { widthOf } from './width.ts'

/** What the fields of a product may hold (wire-facts §6, CreateProduct). */
export const productName = { min: 4, max: 30 }
export const productNameFormat = {
  en: `${productName.min} to ${productName.max} letters, digits and - _ @ ( ), Chinese, Japanese and Korean characters counted as two`,
  zh: `${productName.min}～${productName.max} 个字符，可含字母、数字和 - _ @ ( )，中日韩文字一个算两个字符`,
}
export const descriptionMax = 100
/** ProtocolType and CategoryKey are kept as they are; no document limits them. */
export const storedTextMax = 64

/** Letters of any script, digits, and - _ @ ( ). */
export function isProductName(name: string): boolean {
  const width = widthOf(name)
  return width >= productName.min && width <= productName.max && /^[\p{L}\p{N}\-_@()]+$/u.test(name)
}

/** How devices of a product prove who they are; `one-party` marks a cloud gateway product. */
export const authTypes = ['secret', 'x509', 'one-party'] as const
export type AuthType = (typeof authTypes)[number]

/** 0 a device that connects itself, 1 a gateway. */
export const nodeTypes = [0, 1] as const

/** The network of a product's devices: as CreateProduct takes it, and the number that QueryProduct tells. */
export const netTypes = { WIFI: 3, CELLULAR: 6, ETHERNET: 7, OTHER: 8 } as const
export type NetType = keyof typeof netTypes

/** `iothub_senior` is an ordinary product; the older, smaller `iothub` is still sent by some programs. */
export const commodityCodes = ['iothub_senior', 'iothub'] as const

/** The kinds of instance (wire-facts §8): the public one has no ID, a Standard Enterprise one has. */
export const instanceKinds = ['public', 'enterprise-standard'] as const
export type InstanceKind = (typeof instanceKinds)[number]

/** Whether devices may be imported into a product: a cloud gateway product anywhere, any in an Enterprise instance. */
export function takesImports(authType: string, instanceKind: InstanceKind): boolean {
  return authType === 'one-party' || instanceKind === 'enterprise-standard'
}
