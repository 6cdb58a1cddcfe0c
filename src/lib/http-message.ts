/**
 * An HTTP request with its bytes at hand: what the listener gives and the API reads. `bytes` holds the query
 * string (without '?') in [0, queryEnd) and the body in [queryEnd, end). What follows is room to work in: a quarter
 * of `end`, and 16 bytes at the least. A scan may change them: it unescapes values where they stand.
 */
export interface Request {
  readonly method: string
  /** The part of the request target before '?'. */
  readonly path: string
  /** Names in lower case, every value of a repeated header. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly bytes: Buffer
  readonly queryEnd: number
  readonly end: number
  /** Takes more memory of the same kind, which is the request's as long as `bytes`. */
  readonly room?: Room
}

/** The bytes that a request of this size takes, with the room behind it. */
export const withRoom = (bytes: number) => Math.ceil(1.25 * bytes) + 16

/** Returns at least this many bytes, not cleared; undefined if none are free now. */
export type Room = (bytes: number) => Buffer | undefined

/** A response. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** The first value of a header, or undefined where it is absent or empty. */
export function header(request: Pick<Request, 'headers'>, name: string): string | undefined {
  return request.headers.get(name)?.[0] || undefined
}
