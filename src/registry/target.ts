import type { CallFacts } from '../storage/storage.ts'
import { type Instance, instanceOfRow } from './instances.ts'
import { type Product, productOfRow } from './products.ts'

/** The instance and the product that a call names, as the store had them when it admitted the call. */
export interface Target {
  /** The parameter IotInstanceId; without it a call acts in the public instance. */
  readonly instanceId: string | undefined
  /** Undefined if the account has no such instance. */
  readonly instance: Instance | undefined
  /** The parameter ProductKey. */
  readonly productKey: string | undefined
  /** Undefined if the instance has no such product. */
  readonly product: Product | undefined
}

/** The names in a call's parameters, together with the rows that admission read for them. */
export function targetOf(
  names: Pick<Target, 'instanceId' | 'productKey'>,
  rows: Pick<CallFacts, 'instance' | 'product'>,
): Target {
  const instance = rows.instance && instanceOfRow(rows.instance)
  return { ...names, instance, product: instance && rows.product && productOfRow(rows.product, instance) }
}
