import type { Action } from '../api/action.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import type { AdmissionStore, CallFacts, CountedAction } from '../registry/registry.ts'
import { type Target, targetOf } from '../registry/target.ts'
import type { Caller } from './authenticate.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** An admitted call: its caller, and what it acts on. */
export interface Admitted extends Pick<CallFacts, 'key' | 'ramUser'> {
  readonly target: Target
}

/** The parts of an action's declaration that admission uses. */
type Counted = Pick<Action<never>, 'name' | 'quota' | 'callers'>

/** From this many entries on, counted from the first page, a page is a far one (wire-facts §6, QueryDevice). */
const farPageFrom = 100_000
/** The page size of a call without PageSize (wire-facts §6). */
const defaultPageSize = '10'

/**
 * Records the nonce and charges the quota for one call. The same step of the store reads the caller's permissions and
 * the instance and product that the call names. All RAM users of an account share its quota of an action
 * (the document's note); a call that its RAM user may not run is charged to that user's own quota instead.
 *
 * @param counts false charges no quota, for load tests
 * @throws Refusal SignatureNonceUsed or Throttling.User, or the refusal of a key that was deleted or disabled meanwhile
 */
export async function admit(
  { key, nonce, nonceExpiresAt }: Caller,
  action: Counted,
  table: ParameterTable,
  registry: { readonly admission: AdmissionStore; readonly accessKeys: AccessKeys },
  counts: boolean,
): Promise<Admitted> {
  const names = {
    instanceId: textParameter(table, 'IotInstanceId') || undefined,
    productKey: textParameter(table, 'ProductKey') || undefined,
  }
  const admission = await registry.admission.admit({
    accessKeyId: key.id,
    nonce,
    nonceExpiresAt,
    quota: counts ? countedAs(action, table) : undefined,
    ...names,
  })
  switch (admission.kind) {
    case 'replayed':
      throw new Refusal('SignatureNonceUsed')
    case 'throttled':
      throw new Refusal('Throttling.User', {}, admission.retryAfterMs)
    case 'key-unfit':
    case 'admitted': {
      // Also forgets a cached key that is not current.
      const isCurrent = await registry.accessKeys.isCurrent(key, admission.key)
      if (admission.kind === 'key-unfit' || !isCurrent) throw refusalOf(admission.key)
      return { key: admission.key, ramUser: admission.ramUser, target: targetOf(names, admission) }
    }
  }
}

/** The refusal of a key that is not the one that signed: an active key of the same ID has another secret. */
const refusalOf = (stored: { readonly active: boolean } | undefined) =>
  new Refusal(
    stored === undefined || stored.active ? 'InvalidAccessKeyId.NotFound' : 'InvalidAccessKeyId.Inactive',
  )

function countedAs({ name: action, quota, callers }: Counted, table: ParameterTable): CountedAction {
  const { perSecond, perSecondFarPages, perMinuteWithout: without } = quota
  const counted = { action, callers, apart: undefined, perWindow: perSecond, windowSeconds: 1 }
  if (perSecondFarPages !== undefined && isFarPage(table))
    return { ...counted, apart: 'far pages', perWindow: perSecondFarPages }
  if (without !== undefined && !textParameter(table, without.parameter))
    return {
      ...counted,
      apart: `without ${without.parameter}`,
      perWindow: without.calls,
      windowSeconds: 60,
    }
  return counted
}

function isFarPage(table: ParameterTable): boolean {
  const pageSize = textParameter(table, 'PageSize') ?? defaultPageSize
  return Number(textParameter(table, 'CurrentPage')) * Number(pageSize) >= farPageFrom
}
