/**
 * Percent-encoding as both signatures want it (wire-facts §2.1 step 3): RFC 3986, over UTF-8, upper-case
 * hexadecimal, only A-Z a-z 0-9 - _ . ~ left as they are. encodeURIComponent leaves ! ' ( ) * too. Half a surrogate
 * pair, which UTF-8 has no bytes for, becomes U+FFFD.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** 1 for each byte that percent-encoding leaves as it is. */
export const unreserved = new Uint8Array(256)
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~') {
  unreserved[c.charCodeAt(0)] = 1
}

/** A parameter as it is signed: its name and value, decoded. */
export type Parameter = readonly [name: string, value: string]

/**
 * Parameters sorted by name (wire-facts §2.1 step 2: by code unit, so DeviceList.10. < DeviceList.2.),
 * a name given twice by value, encoded and joined: the canonical query of V1 and V3 alike.
 */
export function canonicalQuery(parameters: Iterable<Parameter>): string {
  return [...parameters]
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}
