import type { AnswerOf } from '../../client/outcome.ts'
/** An operation's quota in the answer of ListQuotas. */
export type Quota = AnswerOf<'ListQuotas'>['Data']['Quota'][number]

export const perSecondMax = 999_999_999

export const isChanged = ({ PerSecond, DeclaredPerSecond }: Quota): boolean => PerSecond !== DeclaredPerSecond

/** @param sought part of the operation's name, ignoring case */
export function matching(quotas: readonly Quota[], sought: string, changedOnly: boolean): readonly Quota[] {
  const wanted = sought.trim().toLowerCase()
  return quotas.filter(
    (quota) => (!changedOnly || isChanged(quota)) && quota.Action.toLowerCase().includes(wanted),
  )
}

/** Without these no user can sign in here to view or change a quota. */
const needed = ['GetCallerIdentity', 'ListQuotas', 'SetQuota']

/** Validates a quota that the user enters; undefined if it is valid. */
export function wrongQuota(action: string, perSecond: number | null): 'needed' | 'notZero' | undefined {
  if (perSecond === null || !Number.isInteger(perSecond) || perSecond < 0 || perSecond > perSecondMax)
    return 'needed'
  return needed.includes(action) && perSecond === 0 ? 'notZero' : undefined
}
