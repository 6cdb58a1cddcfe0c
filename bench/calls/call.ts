/** A request as it goes over the wire, and the frame of HTTP around it. */
import type { IsGood } from './expected.ts'
import type { SignedBody } from './v1.ts'

export interface Call {
  /** The bytes in pieces, so that what many calls share is not copied for each. */
  readonly pieces: readonly Buffer[]
  readonly isGood: IsGood
}

/** The servers of the bench don't ask how they are called. */
export const host = 'bench'

/** A form in pieces. */
export function posted(pieces: readonly Buffer[], isGood: IsGood): Call {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return { pieces: [Buffer.from(postHead(length), 'latin1'), ...pieces], isGood }
}

/** A form whose new part goes into one piece with the head. */
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
