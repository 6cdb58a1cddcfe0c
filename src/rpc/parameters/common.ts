import { limitAll, limitPlain, parametersMax } from './limits.ts'
import { decodeHex } from './table.ts'

/** Parameters that give the gateway the action, the caller and the format of the answer (wire-facts §1). */
export const commonNames: ReadonlySet<string> = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'BearerToken',
  'SecurityToken',
  'Timestamp',
])
const nameMax = Math.max(...[...commonNames].map(({ length }) => length))

/** 1 for each byte that a common name may begin with; it may be escaped. */
const initials = new Uint8Array(256)
for (const name of [...commonNames, '%']) initials[name.charCodeAt(0)] = 1

/** The common parameters of a request as a query and a form body of their own. */
interface Excerpt {
  readonly bytes: Buffer
  readonly queryEnd: number
  /** How many pieces between '&' the whole request has, empty ones too. */
  readonly count: number
}

/**
 * The common parameters of a query [0, queryEnd) and form body [queryEnd, end), as they were sent. It splits and decodes
 * no other name, so 200,000 parameters of a stranger cost about as much as hashing them.
 * @throws Refusal TooManyParameters
 */
export function commonExcerpt(bytes: Buffer, queryEnd: number, end: number): Excerpt {
  const found = { inQuery: [] as Buffer[], inBody: [] as Buffer[] }
  let count = 0
  const scan = (from: number, to: number, pieces: Buffer[]) => {
    for (let at = from; at < to; ) {
      let next = at
      const near = Math.min(to, at + nearBytes)
      while (next < near && bytes[next] !== 0x26) next++
      if (next === near && near < to) next = farAmpersand(bytes, near, to)
      if (initials[bytes[at]!] === 1 && isCommonName(bytes, at, next)) {
        // Whatever is given so often is in no list.
        limitPlain(pieces.length / 2)
        pieces.push(bytes.subarray(at, next), Buffer.from('&'))
      }
      at = next + 1
      if (++count > parametersMax) limitAll(count)
    }
  }
  scan(0, queryEnd, found.inQuery)
  scan(queryEnd, end, found.inBody)
  const query = Buffer.concat(found.inQuery)
  return { bytes: Buffer.concat([query, ...found.inBody]), queryEnd: query.length, count }
}

/** So far it is looked for byte by byte: most parameters are short, and a call of indexOf costs as much as this. */
const nearBytes = 48

/** The place of the next '&' from `at` on, or `to`. */
function farAmpersand(bytes: Buffer, at: number, to: number): number {
  const found = bytes.indexOf(0x26, at)
  return found < 0 || found > to ? to : found
}

/** Returns true if the parameter in bytes [at, to), or the name alone, is a common one, written with escapes or without. */
export function isCommonName(bytes: Buffer, at: number, to: number): boolean {
  const codes: number[] = []
  for (let i = at; i < to && bytes[i] !== 0x3d; i++) {
    if (codes.length === nameMax) return false
    let code = bytes[i]!
    if (code === 0x25 && i + 2 < to) {
      const [high, low] = [decodeHex[bytes[i + 1]!]!, decodeHex[bytes[i + 2]!]!]
      if (high === 255 || low === 255) return false
      code = 16 * high + low
      i += 2
    }
    codes.push(code)
  }
  return commonNames.has(String.fromCharCode(...codes))
}
