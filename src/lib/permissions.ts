/** Which RAM users may run an action if they have no patterns: all or none. */
export type Callers = 'everyone' | 'account'

/**
 * Reports whether a caller may run an action. The account's own keys may run every action; a deleted RAM user,
 * none.
 * @param key.ramUser the RAM user whose key signed the call; undefined for the account's own keys
 * @param ramUser that RAM user in the store; undefined if it was deleted
 */
export function mayRun(
  {
    key,
    ramUser,
  }: {
    readonly key: { readonly ramUser: number | undefined }
    readonly ramUser: { readonly allowed: readonly string[] | undefined } | undefined
  },
  { name, callers }: { readonly name: string; readonly callers?: Callers | undefined },
): boolean {
  if (key.ramUser === undefined) return true
  if (ramUser === undefined || callers === 'account') return false
  return callers === 'everyone' || permits(ramUser.allowed, name)
}

/**
 * Reports whether one of a RAM user's patterns matches iot:<action>; * is a wildcard (wire-facts §11).
 * @param patterns such as iot:Query*; undefined allows everything
 */
export const permits = (patterns: readonly string[] | undefined, action: string): boolean =>
  patterns?.some((pattern) => matches(pattern.split('*'), `iot:${action}`)) ?? true

/**
 * Reports whether a text consists of these pieces in this order with anything between them. Each piece is
 * matched at its first occurrence, so the time is linear; a regular expression would backtrack.
 */
function matches([first, ...rest]: readonly string[], text: string): boolean {
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first!)) return false
  let at = first!.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
