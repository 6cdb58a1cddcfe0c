import type { IncomingMessage } from 'node:http'

export type Headers = Readonly<Record<string, string>>

/** Headers that a browser may send from a page of another origin, beside those that it always may. */
const allowedHeader = /^(?:accept|authorization|content-type|x-acs-[a-z0-9-]+)$/
/** A longer list of headers is ignored: no client of the API sends one. */
const requestedMax = 2048
/** How long a browser may act on the answer to a preflight, in seconds. */
const maxAgeSeconds = 600

/** Answer headers that pages may read; the others tell them nothing. */
const exposed = /^(?:x-acs-|x-rollcall-|retry-after$)/i

/** What a browser must be told before a page of another origin may call the API (the Fetch standard, §3.2). */
export interface Cors {
  /**
   * The headers that let a page read an answer; none for a page whose origin is not allowed.
   * @param answer headers of the answer
   */
  headersFor(message: IncomingMessage, answer: Headers): Headers
  /** The headers that answer a preflight. */
  preflight(message: IncomingMessage): Headers
}

/** @param origins those that are allowed, as browsers write them; `*` allows any */
export function cors(origins: readonly string[]): Cors {
  const any = origins.includes('*')
  const allowed = new Set(origins)
  const vary: Headers = origins.length > 0 && !any ? { Vary: 'Origin' } : {}

  const allow = ({ headers: { origin = '' } }: IncomingMessage): Headers | undefined => {
    if (any) return { 'Access-Control-Allow-Origin': '*' }
    return allowed.has(origin) ? { 'Access-Control-Allow-Origin': origin } : undefined
  }

  return {
    headersFor(message, answer) {
      const allowing = allow(message)
      if (allowing === undefined) return vary
      const names = Object.keys(answer).filter((name) => exposed.test(name))
      return { ...allowing, 'Access-Control-Expose-Headers': names.join(', '), ...vary }
    },
    preflight(message) {
      const allowing = allow(message)
      const { 'access-control-request-method': method, 'access-control-request-headers': requested = '' } =
        message.headers
      if (allowing === undefined || method === undefined) return vary
      const names = requested.length > requestedMax ? [] : requested.toLowerCase().split(',')
      return {
        ...allowing,
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': names
          .map((name) => name.trim())
          .filter((name) => allowedHeader.test(name))
          .join(', '),
        'Access-Control-Max-Age': String(maxAgeSeconds),
        ...vary,
      }
    },
  }
}
