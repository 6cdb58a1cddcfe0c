/** A request in wire format, with HTTP framing. */
import type { IsGood } from './expected.ts'
import type { SignedBody } from './v1.ts'

export interface Call {
  /** The bytes in chunks, so that shared parts are not copied per call. */
  readonly pieces: readonly Buffer[]
  readonly isGood: IsGood
}

/** The bench's servers ignore the Host header. */
export const host = 'bench'

/** A form in chunks. */
export function posted(pieces: readonly Buffer[], isGood: IsGood): Call {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return { pieces: [Buffer.from(postHead(length), 'latin1'), ...pieces], isGood }
}

/** A form whose new part is in one chunk with the head. */
export const postedBody = ({ head, list }: SignedBody, isGood: IsGood): Call => ({
  pieces: [Buffer.from(postHead(head.length + list.length) + head, 'latin1'), list],
  isGood,
})

/** A request without a body. */
export const got = (path: string, isGood: IsGood): Call => ({
  pieces: [Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 'latin1')],
  isGood,
})

const postHead = (length: number) =>
  `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`
