/** How one signature version writes the canonical query. */
export interface Form {
  readonly equals: string
  readonly and: string
  readonly escapes: Escapes
}

/** The encoding of each byte that is not unreserved: eight bytes for each byte, of which the first `size` count. */
interface Escapes {
  readonly bytes: Uint8Array
  /** The same, two words for each byte. */
  readonly words: Int32Array
  readonly size: number
}

/** @param mark the bytes before the two hexadecimal digits */
function escapesWith(mark: string): Escapes {
  const all = Array.from({ length: 256 }, (_, c) =>
    `${mark}${c.toString(16).toUpperCase().padStart(2, '0')}`.padEnd(8),
  )
  const bytes = new TextEncoder().encode(all.join(''))
  return { bytes, words: new Int32Array(bytes.slice().buffer), size: mark.length + 2 }
}

/** V1 encodes the whole query once more before it signs it: '=' is %3D, an escaped '$' is %2524. */
export const formV1: Form = { equals: '%3D', and: '%26', escapes: escapesWith('%25') }
/** V3 signs the query encoded once. */
export const formV3: Form = { equals: '=', and: '&', escapes: escapesWith('%') }
