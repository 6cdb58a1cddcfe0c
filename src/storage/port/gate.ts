import type { InstanceRow, RamUserRow, SealedAccessKey } from './access.ts'
import type { ProductRow } from './products.ts'

/**
 * What stands between an authenticated call and its action: replayed nonces and quotas, exact across every
 * process on the store and kept over restarts, counted by the store's clock. In the same step, since a store
 * may be a network away, it tells what the call needs to know of its caller and of what it names.
 */
export interface Gate {
  /** Burns the nonce and takes one call of the quota, unless the access key is gone or not active. */
  admit(call: GateCall): Promise<Admission>
}

export interface GateCall {
  readonly accessKeyId: string
  /** 16 bytes that stand for the access key and nonce. */
  readonly nonce: Buffer
  /** Until when a second use must be refused. */
  readonly nonceExpiresAt: number
  /** What is counted, together with the account; undefined counts nothing. */
  readonly quota: CountedAction | undefined
  /** The instance and the product that the call names, as it names them. */
  readonly instanceId: string | undefined
  readonly productKey: string | undefined
}

export interface CountedAction {
  /** Whose override the account may have. */
  readonly action: string
  /** Counted apart from the action's other calls, such as its far pages. */
  readonly apart: string | undefined
  /** Calls a second where the account has no override; of what is counted apart an override may have fewer only. */
  readonly perSecond: number
}

export type Admission =
  /** The access key is gone or not active: nothing was burnt or counted. */
  | { readonly kind: 'key-unfit'; readonly key: SealedAccessKey | undefined }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | ({ readonly kind: 'admitted' } & CallFacts)

/** What the store knows of a call, at one moment. */
export interface CallFacts {
  readonly key: SealedAccessKey
  readonly ramUser: RamUserRow | undefined
  /** The account's instance that the call names; the public one where it names none. */
  readonly instance: InstanceRow | undefined
  /** The product that it names, if it is in that instance. */
  readonly product: ProductRow | undefined
}
