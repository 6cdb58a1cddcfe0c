import type { Quota } from '../api/action.ts'
import type { Accounts } from '../registry/accounts.ts'
import type { Gate } from '../registry/registry.ts'
import type { Caller } from './authenticate.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** From this many entries on, counted from the first page, a page is a far one (wire-facts §6, QueryDevice). */
const farPageFrom = 100_000

/**
 * Burns the nonce and takes one call of the quota, in one step of the store. All RAM users of an account
 * share its quota of an action (the document's note).
 *
 * @param counts false leaves quotas aside, for load tests
 * @throws Refusal SignatureNonceUsed or Throttling.User
 */
export async function admit(
  caller: Caller,
  action: { readonly name: string; readonly quota: Quota },
  table: ParameterTable,
  registry: { readonly gate: Gate; readonly accounts: Accounts },
  counts: boolean,
): Promise<void> {
  const admission = await registry.gate.admit({
    nonce: caller.nonce,
    nonceExpiresAt: caller.nonceExpiresAt,
    quota: counts ? await quotaOf(caller.account, action, table, registry.accounts) : undefined,
  })
  if (admission.kind === 'replayed') throw new Refusal('SignatureNonceUsed')
  if (admission.kind === 'throttled') throw new Refusal('Throttling.User', {}, admission.retryAfterMs)
}

async function quotaOf(
  account: number,
  { name, quota }: { readonly name: string; readonly quota: Quota },
  table: ParameterTable,
  accounts: Accounts,
) {
  const far = quota.perSecondFarPages !== undefined && isFarPage(table)
  const perSecond =
    (await accounts.quota(account, name)) ?? (far ? quota.perSecondFarPages! : quota.perSecond)
  return { key: `${account} ${name}${far ? ' far pages' : ''}`, perSecond }
}

function isFarPage(table: ParameterTable): boolean {
  return Number(textParameter(table, 'CurrentPage')) * Number(textParameter(table, 'PageSize')) >= farPageFrom
}
