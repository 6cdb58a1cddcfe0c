import { widthOf } from './width.ts'

/** Rules for the fields of a product (wire-facts §6, CreateProduct). */
export const productName = { min: 4, max: 30 }
export const productNameFormat = {
  en: `${productName.min} to ${productName.max} letters, digits and - _ @ ( ), Chinese, Japanese and Korean characters counted as two`,
  zh: `${productName.min}～${productName.max} 个字符，可含字母、数字和 - _ @ ( )，中日韩文字一个算两个字符`,
}
export const descriptionMax = 100
/** ProtocolType and CategoryKey are stored unchanged; no document limits them. */
export const storedTextMax = 64

/** Tests a name: letters of any script, digits, and - _ @ ( ). */
export function isProductName(name: string): boolean {
  const width = widthOf(name)
  return width >= productName.min && width <= productName.max && /^[\p{L}\p{N}\-_@()]+$/u.test(name)
}

/** How a product's devices authenticate; `one-party` marks a cloud gateway product. */
export const authTypes = ['secret', 'x509', 'one-party'] as const
export type AuthType = (typeof authTypes)[number]

/** 0 is a directly connected device, 1 a gateway. */
export const nodeTypes = [0, 1] as const

/** The network type of a product's devices: the name for CreateProduct, and the number in QueryProduct. */
export const netTypes = { WIFI: 3, CELLULAR: 6, ETHERNET: 7, OTHER: 8 } as const
export type NetType = keyof typeof netTypes

/** `iothub_senior` is an ordinary product; some programs still send the older, smaller `iothub`. */
export const commodityCodes = ['iothub_senior', 'iothub'] as const

/** The kinds of instance (wire-facts §8): the public one has no ID, a Standard Enterprise one does. */
export const instanceKinds = ['public', 'enterprise-standard'] as const
export type InstanceKind = (typeof instanceKinds)[number]

/**
 * Reports whether devices may be imported into a product: any cloud gateway product, and any product of an
 * Enterprise instance.
 */
export function takesImports(authType: string, instanceKind: InstanceKind): boolean {
  return authType === 'one-party' || instanceKind === 'enterprise-standard'
}
