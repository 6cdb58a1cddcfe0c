import type { AnswerOf } from '../../client/outcome.ts'
import { type InstanceKind, type NetType, netTypes } from '../../rules/product-fields.ts'

/** A product in the answer of QueryProduct. */
export type Product = AnswerOf<'QueryProduct'>['Data']

/** The kind of an instance: only the public one has no ID (wire-facts §8). */
export const kindOf = (instance: string): InstanceKind => (instance === '' ? 'public' : 'enterprise-standard')

/** Returns the network name for QueryProduct's number. */
export const netTypeOf = (number: number): NetType | undefined =>
  (Object.keys(netTypes) as NetType[]).find((name) => netTypes[name] === number)

/** Operations whose answers change with the products of an instance. */
export const listsOfProducts = ['QueryProductList', 'ListProductByTags', 'ListInstances'] as const
/** Operations whose answers change with the devices of a product. */
export const listsOfDevices = [
  'ListDevices',
  'QueryDevice',
  'QueryDeviceByStatus',
  'QueryDeviceByTags',
  'QueryDeviceListByDeviceGroup',
  'QueryDeviceDetail',
  'QueryDeviceStatistics',
  'QueryProduct',
  ...listsOfProducts,
] as const
