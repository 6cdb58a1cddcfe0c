/**
 * Whether one of the patterns that a RAM user was given names iot:<action>; * is a wildcard (wire-facts §11).
 * @param patterns such as iot:Query*; undefined allows everything
 */
export const permits = (patterns: readonly string[] | undefined, action: string): boolean =>
  patterns?.some((pattern) => matches(pattern, action)) ?? true

const matches = (pattern: string, action: string) =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(`iot:${action}`)
