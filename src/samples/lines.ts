/** Joins lines to a program; undefined ones are omitted, and lists are flattened. */
export function program(...lines: readonly (string | undefined | readonly string[])[]): string {
  return `${lines
    .flat()
    .filter((line) => line !== undefined)
    .join('\n')}\n`
}

/** The first comment of a sample, which describes it. */
export const title = (action: string, signature: 'v1' | 'v3') =>
  `Calls ${action}, signed ${signature === 'v1' ? 'in version 1.0 (HMAC-SHA1)' : 'with ACS3-HMAC-SHA256'}.`
