/**
 * An HTTP request in memory: the listener provides it and the API reads it. `bytes` has the query string
 * (without '?') in [0, queryEnd) and the body in [queryEnd, end), then spare room: a quarter of `end`, at least
 * 16 bytes. A scan may change the bytes, because it unescapes values in place.
 */
export interface Request {
  readonly method: string
  /** The part of the request target before '?'. */
  readonly path: string
  /** Names in lower case, with all values of repeated headers. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly bytes: Buffer
  readonly queryEnd: number
  readonly end: number
  /** Allocates more memory of the same kind, valid as long as `bytes`. */
  readonly room?: Room
}

/** The buffer size for a request of `bytes` bytes, including spare room. */
export const withRoom = (bytes: number) => Math.ceil(1.25 * bytes) + 16

/** Returns at least this many bytes with undefined content; undefined if none are free now. */
export type Room = (bytes: number) => Buffer | undefined

/** A response. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** Returns the first value of a header, or undefined if it is absent or empty. */
export function header(request: Pick<Request, 'headers'>, name: string): string | undefined {
  return request.headers.get(name)?.[0] || undefined
}
