import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Answer } from '../lib/http-message.ts'
import { type Connections, drainMs } from './connections.ts'
import type { Cors, Headers } from './cors.ts'
import { discard, type LargeRequests } from './large-requests.ts'
import { peerOf } from './source.ts'

export interface RepliesOptions {
  /** Number of requests after which a connection is closed; 0 sets no limit. */
  readonly requestsPerConnection: number
  /** Max-age of Strict-Transport-Security, in seconds; 0 omits the header. */
  readonly hstsSeconds: number
}

/** Writes responses with their common headers. */
export class Replies {
  /**
   * While draining, each response closes its connection, so that the client sends its next request elsewhere.
   */
  draining = false
  readonly #connections: Connections
  readonly #large: LargeRequests
  readonly #cors: Cors
  readonly #requestsPerConnection: number
  readonly #everywhere: Headers

  constructor(
    connections: Connections,
    large: LargeRequests,
    cors: Cors,
    { requestsPerConnection, hstsSeconds }: RepliesOptions,
  ) {
    this.#connections = connections
    this.#large = large
    this.#cors = cors
    this.#requestsPerConnection = requestsPerConnection
    this.#everywhere = {
      'X-Content-Type-Options': 'nosniff',
      ...(hstsSeconds > 0 && { 'Strict-Transport-Security': `max-age=${hstsSeconds}` }),
    }
  }

  /** Responds to a request other than an API call. */
  send(response: ServerResponse, { status, headers, body }: Answer): void {
    response.writeHead(status, {
      ...headers,
      ...this.#everywhere,
      'Content-Length': Buffer.byteLength(body),
      ...(this.isLast(response) && { Connection: 'close' }),
    })
    response.end(body)
  }

  /** Responds to a call. */
  sendCall(message: IncomingMessage, response: ServerResponse, answer: Answer): void {
    this.send(response, { ...answer, headers: this.#callHeaders(message, answer) })
  }

  /** Responds to a preflight or any other OPTIONS request. */
  sendOptions(message: IncomingMessage, response: ServerResponse): void {
    response.writeHead(204, {
      Allow: 'GET, POST, OPTIONS',
      ...this.#cors.preflight(message),
      ...this.#everywhere,
      ...(this.isLast(response) && { Connection: 'close' }),
    })
    response.end()
  }

  /** Prepares a response for a handler that writes its own status and headers. */
  prepare(response: ServerResponse): void {
    for (const [name, value] of Object.entries(this.#everywhere)) response.setHeader(name, value)
    if (this.isLast(response)) response.setHeader('Connection', 'close')
  }

  /** The same with the headers of a call's response; the connection is closed after it. */
  prepareCall(message: IncomingMessage, response: ServerResponse): void {
    const headers = {
      ...this.#callHeaders(message, { status: 200, headers: {}, body: '' }),
      ...this.#everywhere,
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.setHeader('Connection', 'close')
  }

  /**
   * Responds to a call while its body is still arriving. The response ends only after the client stops sending;
   * otherwise node would close the connection with unread bytes, and the client would see a reset.
   */
  refuseUnread(message: IncomingMessage, response: ServerResponse, answer: Answer): void {
    // If several requests were read at once, the first refusal ends the connection.
    if (this.#connections.isRefused(message.socket)) return
    const { status, body } = answer
    response.writeHead(status, {
      ...this.#callHeaders(message, answer),
      ...this.#everywhere,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    })
    response.write(body)
    this.#connections.refusing(message.socket)
    const end = () => response.end()
    if (message.readableEnded && this.#connections.isNewest(message)) {
      end()
      return
    }
    const cut = setTimeout(end, drainMs)
    cut.unref()
    message.once('close', () => {
      clearTimeout(cut)
      end()
    })
    message.once('end', end)
    message.socket.once('end', end)
    discard(message, this.#large.begin(peerOf(message.socket), false))
  }

  /** Responds to a request that node has not reported, and closes its connection. */
  refuseBare(socket: Socket, { status, headers, body }: Answer): void {
    const lines = Object.entries({
      ...headers,
      ...this.#everywhere,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    this.#connections.refuse(socket, `HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`)
  }

  /** Whether a connection ends with this response. Node's own limit sets a header but does not close. */
  isLast({ socket }: ServerResponse): boolean {
    const max = this.#requestsPerConnection
    return this.draining || (max > 0 && socket !== null && this.#connections.requestsOn(socket) >= max)
  }

  /** Responses may contain device secrets, so no cache may store them. */
  #callHeaders(message: IncomingMessage, { headers }: Answer): Headers {
    return { ...headers, 'Cache-Control': 'no-store', ...this.#cors.headersFor(message, headers) }
  }
}
