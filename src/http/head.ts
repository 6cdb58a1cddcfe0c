import type { IncomingMessage } from 'node:http'
import type { Request } from '../lib/http-message.ts'

/** A request before its body. */
export interface Head extends Pick<Request, 'method' | 'path' | 'headers'> {
  /** The part of the target after '?', one byte per character. */
  readonly query: string
  /** Announced bytes of the body; undefined for a chunked body. */
  readonly announced: number | undefined
  /** Characters of target and headers, which take a byte each in node. */
  readonly heldBytes: number
}

export function headOf(message: IncomingMessage): Head {
  // A client that uses a proxy may send a full URL as target.
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '')
  const question = target.indexOf('?')
  const chunked = message.headers['transfer-encoding'] !== undefined
  return {
    method: message.method ?? '',
    path: question < 0 ? target : target.slice(0, question),
    headers: headersOf(message),
    query: question < 0 ? '' : target.slice(question + 1),
    announced: chunked ? undefined : Number(message.headers['content-length'] ?? 0),
    heldBytes: message.rawHeaders.reduce((sum, { length }) => sum + length, target.length),
  }
}

/** Bytes of a longer query that are read before the body arrives. */
const beginningMax = 64 * 1024

/**
 * Returns the request as known before its body; of a long query, only the first complete parameters.
 * @param bytesMax limit for a long query, in bytes
 */
export function beginningOf({ method, path, headers, query }: Head, bytesMax = beginningMax): Request {
  const end = query.length <= bytesMax ? query.length : query.lastIndexOf('&', bytesMax)
  const bytes = Buffer.alloc(Math.ceil(1.25 * Math.max(0, end)) + 16)
  const queryEnd = bytes.write(query.slice(0, Math.max(0, end)), 'latin1')
  return { method, path, headers, bytes, queryEnd, end: queryEnd }
}

/**
 * Returns all values of all headers; node joins repeated headers or keeps only the first, but V3 signs them
 * all.
 */
function headersOf({ rawHeaders }: IncomingMessage): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase()
    const values = headers.get(name)
    if (values === undefined) headers.set(name, [rawHeaders[i + 1]!])
    else values.push(rawHeaders[i + 1]!)
  }
  return headers
}
