import type { Callers } from '../../lib/permissions.ts'
import type { InstanceRow, RamUserRow, SealedAccessKey } from './access.ts'
import type { ProductRow } from './products.ts'

/**
 * Rejects replayed nonces and calls over their quota, between an authenticated call and its action: exactly, across
 * all processes on the store and their restarts, by the store's clock. Because a store may be a network away, the same
 * step returns what the call needs to know of its caller and of what it names.
 */
export interface AdmissionStore {
  /**
   * Uses the nonce and takes one call of a quota, unless the access key is gone or not active. The quota is the
   * account's for that action, which its RAM users share, with two exceptions, so that no RAM user can use up a quota of
   * an action that it has no permission for:
   * - calls that a RAM user may not run (`mayRun`) are taken from its own quota of `deniedPerSecond`, all actions
   *   together; they are admitted too, since the walk answers them;
   * - of actions that every caller may run, each RAM user has a quota of its own.
   */
  admit(call: AdmissionRequest): Promise<Admission>
}

export interface AdmissionRequest {
  readonly accessKeyId: string
  /** 16 bytes that stand for the access key and nonce. */
  readonly nonce: Buffer
  /** The nonce must not be used again before. */
  readonly nonceExpiresAt: number
  /** The quota that the call is counted in; undefined: none. */
  readonly quota: CountedAction | undefined
  /** The instance and the product that the call names, as it names them. */
  readonly instanceId: string | undefined
  readonly productKey: string | undefined
}

export interface CountedAction {
  /** The account may have a quota of its own for it. */
  readonly action: string
  /** Counted apart from the action's other calls, such as its far pages. */
  readonly apart: string | undefined
  /** Calls of one window if the account has no quota of its own, which can only lower what is counted apart. */
  readonly perWindow: number
  /** The length of a window. The first one began in 1970, so that all nodes count in the same windows. */
  readonly windowSeconds: number
  /** The RAM users that may run it; undefined leaves that to their patterns. */
  readonly callers: Callers | undefined
}

export type Admission =
  /** The access key is gone or not active: nothing was used or counted. */
  | { readonly kind: 'key-unfit'; readonly key: SealedAccessKey | undefined }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | ({ readonly kind: 'admitted' } & CallFacts)

/** Calls a second that the store admits of a RAM user which it has no permission for. */
export const deniedPerSecond = 10

/** The store's facts about a call, all read at one moment. */
export interface CallFacts {
  readonly key: SealedAccessKey
  readonly ramUser: RamUserRow | undefined
  /** The account's instance that the call names; the public one if it names none. */
  readonly instance: InstanceRow | undefined
  /** The product that it names, if it is in that instance. */
  readonly product: ProductRow | undefined
}
