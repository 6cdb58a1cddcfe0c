import type { IncomingMessage } from 'node:http'
import type { Request } from '../lib/http-message.ts'

/** A request before its body. */
export interface Head extends Pick<Request, 'method' | 'path' | 'headers'> {
  /** The part of the target behind '?', a byte a character. */
  readonly query: string
  /** How many bytes of body are to come; undefined where they come in chunks, which do not say. */
  readonly announced: number | undefined
  /** Characters of target and headers, which node holds as a byte each. */
  readonly heldBytes: number
}

export function headOf(message: IncomingMessage): Head {
  // Through a proxy the target may be a whole URL.
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

/** Of a longer query only so much is looked at before the body is there. */
const beginningMax = 64 * 1024

/**
 * The request as far as it is known before its body: of a long query the first parameters, whole ones.
 * @param bytesMax how much of a long query, in bytes
 */
export function beginningOf({ method, path, headers, query }: Head, bytesMax = beginningMax): Request {
  const end = query.length <= bytesMax ? query.length : query.lastIndexOf('&', bytesMax)
  const bytes = Buffer.alloc(Math.ceil(1.25 * Math.max(0, end)) + 16)
  const queryEnd = bytes.write(query.slice(0, Math.max(0, end)), 'latin1')
  return { method, path, headers, bytes, queryEnd, end: queryEnd }
}

/** Every value of every header; node joins repeated ones or drops all but the first, and V3 signs them all. */
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
