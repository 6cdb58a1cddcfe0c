/**
 * Percent-encoding as both signatures require it (wire-facts §2.1 step 3): RFC 3986 over UTF-8, upper-case
 * hexadecimal, only A-Z a-z 0-9 - _ . ~ unchanged; encodeURIComponent also keeps ! ' ( ) *. A lone surrogate,
 * which has no UTF-8 form, becomes U+FFFD.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** 1 for each byte that percent-encoding keeps. */
export const unreserved = new Uint8Array(256)
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~') {
  unreserved[c.charCodeAt(0)] = 1
}

/** A signed parameter: its decoded name and value. */
export type Parameter = readonly [name: string, value: string]

/**
 * Sorts parameters by name (wire-facts §2.1 step 2: by code unit, so DeviceList.10. < DeviceList.2.), repeated
 * names by value, then encodes and joins them: the canonical query of V1 and V3.
 */
export function canonicalQuery(parameters: Iterable<Parameter>): string {
  return [...parameters]
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}
