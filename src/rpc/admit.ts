import type { Action } from '../api/action.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import type { AdmissionStore, CallFacts, CountedAction } from '../registry/registry.ts'
import { assertUsable, type Caller } from './authenticate.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** What admission needs to know of an action. */
type Counted = Pick<Action<never>, 'name' | 'quota' | 'callers'>

/** From this many entries on, counted from the first page, a page is a far one (wire-facts §6, QueryDevice). */
const farPageFrom = 100_000
/** What a page has where a call does not say (wire-facts §6). */
const defaultPageSize = '10'

/**
 * Burns the nonce and takes one call of the quota, in one step of the store, which tells at the same time what
 * it knows of the caller and of what the call names. All RAM users of an account share its quota of an action
 * (the document's note); a call that its RAM user may not run is taken from that user's own quota instead, so that it
 * leaves the account's alone.
 *
 * @param counts false leaves quotas aside, for load tests
 * @throws Refusal SignatureNonceUsed or Throttling.User, or that the key was deleted or disabled meanwhile
 */
export async function admit(
  { key, nonce, nonceExpiresAt }: Caller,
  action: Counted,
  table: ParameterTable,
  registry: { readonly admission: AdmissionStore; readonly accessKeys: AccessKeys },
  counts: boolean,
): Promise<CallFacts> {
  const admission = await registry.admission.admit({
    accessKeyId: key.id,
    nonce,
    nonceExpiresAt,
    quota: counts ? countedAs(action, table) : undefined,
    instanceId: textParameter(table, 'IotInstanceId') || undefined,
    productKey: textParameter(table, 'ProductKey') || undefined,
  })
  switch (admission.kind) {
    case 'replayed':
      throw new Refusal('SignatureNonceUsed')
    case 'throttled':
      throw new Refusal('Throttling.User', {}, admission.retryAfterMs)
    default:
      // A key of the same ID with another secret is not the one that signed.
      if (!(await registry.accessKeys.isCurrent(key, admission.key)))
        assertUsable(admission.key?.active ? undefined : admission.key)
      return admission as CallFacts
  }
}

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
