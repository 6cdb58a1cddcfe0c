/** How one signature version writes the canonical query. */
export interface Form {
  readonly equals: string
  readonly and: string
  readonly escapes: Escapes
}

/** What a byte that is not unreserved becomes, for each byte: four bytes of a word, a fifth, and how many count. */
interface Escapes {
  readonly words: Int32Array
  readonly last: Uint8Array
  readonly size: number
}

/** @param mark what stands before the two hexadecimal digits */
function escapesWith(mark: string): Escapes {
  const all = Array.from({ length: 256 }, (_, c) =>
    Buffer.from(`${mark}${c.toString(16).toUpperCase().padStart(2, '0')}  `, 'latin1'),
  )
  return {
    words: Int32Array.from(all, (bytes) => bytes.readInt32LE()),
    last: Uint8Array.from(all, (bytes) => bytes[4]!),
    size: mark.length + 2,
  }
}

/** V1 encodes the whole query once more before it signs it: '=' is %3D, an escaped '$' is %2524. */
export const formV1: Form = { equals: '%3D', and: '%26', escapes: escapesWith('%25') }
/** V3 signs the query encoded once. */
export const formV3: Form = { equals: '=', and: '&', escapes: escapesWith('%') }
