import type { IncomingMessage } from 'node:http'
import type { Request } from '../lib/exchange.ts'
import type { Buffers } from './buffers.ts'

/** The body was larger than it may be; the rest of it was not read. */
export class BodyTooLarge extends Error {
  /** The request as far as it is known: without its body. */
  readonly request: Request
  constructor(request: Request) {
    super()
    this.request = request
  }
}
/** The client went away before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {}

/**
 * Receives a request into one buffer: its query string, then its body as the bytes arrive.
 * The caller gives `request.bytes` back to `buffers` when it has answered.
 */
export function receive(message: IncomingMessage, bodyBytesMax: number, buffers: Buffers): Promise<Request> {
  // Through a proxy the target may be a whole URL.
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '')
  const question = target.indexOf('?')
  const path = question < 0 ? target : target.slice(0, question)
  const queryEnd = question < 0 ? 0 : target.length - question - 1
  const announced = Number(message.headers['content-length'] ?? 0)

  const head = { method: message.method ?? '', path, headers: headersOf(message) }
  const tooLarge = () => {
    const query = Buffer.from(target.slice(target.length - queryEnd), 'latin1')
    return new BodyTooLarge({ ...head, bytes: query, queryEnd, end: queryEnd })
  }

  return new Promise((resolve, reject) => {
    if (announced > bodyBytesMax) return reject(tooLarge())
    // Room behind the bytes for values that must be decoded, as a rule about a tenth.
    let bytes = buffers.take(Math.ceil(1.25 * (queryEnd + announced)))
    bytes.write(target.slice(target.length - queryEnd), 0, 'latin1')
    let end = queryEnd

    let done = false
    function stop(error: Error): void {
      if (done) return
      done = true
      message.off('data', take)
      buffers.give(bytes)
      reject(error)
    }
    function take(chunk: Buffer): void {
      if (end + chunk.length - queryEnd > bodyBytesMax) {
        stop(tooLarge())
        return
      }
      if (end + chunk.length > bytes.length) {
        const bigger = buffers.take(2 * (end + chunk.length))
        bytes.copy(bigger, 0, 0, end)
        buffers.give(bytes)
        bytes = bigger
      }
      chunk.copy(bytes, end)
      end += chunk.length
    }
    message.on('data', take)
    message.on('end', () => {
      if (done) return
      done = true
      resolve({ ...head, bytes, queryEnd, end })
    })
    const gone = () => stop(new ClientGone())
    message.on('close', gone)
    message.on('error', gone)
  })
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
