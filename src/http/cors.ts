import type { IncomingMessage } from 'node:http'

export type Headers = Readonly<Record<string, string>>

/** Headers that a page of another origin may send, in addition to those that are always allowed. */
const allowedHeader = /^(?:accept|authorization|content-type|x-acs-[a-z0-9-]+)$/
/** Longer header lists are ignored; no API client sends one. */
const requestedMax = 2048
/** How long a browser may cache a preflight response, in seconds. */
const maxAgeSeconds = 600

/** Response headers that pages may read; the others are of no use to them. */
const exposed = /^(?:x-acs-|x-rollcall-|retry-after$)/i

/** The CORS headers for pages of other origins that call the API (Fetch standard, §3.2). */
export interface Cors {
  /**
   * Returns the headers that let a page read a response; none if its origin is not allowed.
   * @param answer headers of the response
   */
  headersFor(message: IncomingMessage, answer: Headers): Headers
  /** Returns the headers of a preflight response. */
  preflight(message: IncomingMessage): Headers
}

/** @param origins allowed origins as browsers send them; `*` allows any */
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
