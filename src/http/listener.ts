import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Answer, Request } from '../lib/exchange.ts'
import { Buffers } from './buffers.ts'
import { BodyTooLarge, ClientGone, receive } from './receive.ts'

/** What the listener is handed: it knows nothing of what it serves. */
export interface Service {
  answer(request: Request): Promise<Answer>
  /** The answer to a request that could not be received; what is known of it, where anything is. */
  refuse(problem: Problem, request?: Request): Answer
  /** Resolves when the server can serve, rejects when it can't. */
  healthy(): Promise<void>
  /** Prometheus text. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>
}

export type Problem =
  | { readonly kind: 'RequestLineTooLong' | 'RequestBodyTooLarge'; readonly max: number }
  | { readonly kind: 'RequestTimeout' }
  | { readonly kind: 'MalformedRequest'; readonly reason: string }

export interface ListenerOptions {
  readonly host: string
  readonly port: number
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly requestLineBytesMax: number
  readonly bodyBytesMax: number
  readonly requestTimeoutMs: number
  readonly metricsForAnyone: boolean
}

export interface Listener {
  readonly url: string
  /** Takes no new connection, answers what is under way, then resolves. */
  close(): Promise<void>
}

/** How long an idle connection stays open: the cloud's own value (wire-facts §1), which clients' pools know. */
const keepAliveMs = 25_000

/** @throws Error when the address is in use or is not this machine's */
export async function listen(service: Service, options: ListenerOptions): Promise<Listener> {
  const buffers = new Buffers()
  let closing = false
  const serverOptions = {
    maxHeaderSize: options.requestLineBytesMax,
    headersTimeout: options.requestTimeoutMs,
    requestTimeout: options.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(5000, options.requestTimeoutMs),
    keepAliveTimeout: keepAliveMs,
    // Our own receive() reads headers from rawHeaders, which joins and drops nothing.
    joinDuplicateHeaders: true,
  }
  const onRequest: RequestListener = (message, response) => {
    serve(message, response).catch(() => response.destroy())
  }
  const server: Server =
    options.tls === undefined
      ? createServer(serverOptions, onRequest)
      : createTlsServer({ ...serverOptions, ...options.tls }, onRequest)
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => refuseRaw(error, socket))

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (message.method === 'GET' && message.url === '/healthz') return serveHealth(response)
    if (message.method === 'GET' && message.url === '/metrics') return serveMetrics(message, response)
    let request: Request
    try {
      request = await receive(message, options.bodyBytesMax, buffers)
    } catch (error) {
      if (error instanceof ClientGone) return
      if (!(error instanceof BodyTooLarge)) throw error
      send(
        response,
        service.refuse({ kind: 'RequestBodyTooLarge', max: options.bodyBytesMax }, error.request),
        true,
      )
      // The client may still be sending: what it sends is read and dropped until it has seen the answer.
      message.resume()
      return
    }
    try {
      send(response, await service.answer(request))
    } finally {
      buffers.give(request.bytes)
    }
  }

  async function serveHealth(response: ServerResponse): Promise<void> {
    const status = await service.healthy().then(
      () => 200,
      () => 503,
    )
    const body = status === 200 ? 'ok\n' : 'not able to serve\n'
    send(response, { status, headers: { 'Content-Type': 'text/plain' }, body })
  }

  async function serveMetrics(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!options.metricsForAnyone && !isLoopback(message.socket.remoteAddress ?? '')) {
      const body = 'metrics are served to this machine only; see --metrics\n'
      return send(response, { status: 403, headers: { 'Content-Type': 'text/plain' }, body })
    }
    const { contentType, text } = await service.metrics()
    send(response, { status: 200, headers: { 'Content-Type': contentType }, body: text })
  }

  function send(response: ServerResponse, { status, headers, body }: Answer, last = false): void {
    response.writeHead(status, {
      ...headers,
      'Content-Length': Buffer.byteLength(body),
      // A connection kept alive would hold up the end by as long as it may idle.
      ...((last || closing) && { Connection: 'close' }),
    })
    response.end(body)
  }

  /** Answers what node could not read as a request, on the bare socket. */
  function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const { status, headers, body } = service.refuse(problemOf(error))
    const lines = Object.entries({
      ...headers,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`)
    drain(socket)
  }

  function problemOf({ code, message }: Error & { code?: string }): Problem {
    if (code === 'HPE_HEADER_OVERFLOW')
      return { kind: 'RequestLineTooLong', max: options.requestLineBytesMax }
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { kind: 'RequestTimeout' }
    return { kind: 'MalformedRequest', reason: message.replace(/^Parse Error: /, '') }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port, family, address } = server.address() as AddressInfo
  const shownHost = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${shownHost}:${port}`,
    close: () =>
      new Promise((resolve) => {
        closing = true
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/** How long a refused client may go on sending before the connection is cut, in milliseconds. */
const drainMs = 2000

/**
 * Reads and drops what a refused client still sends: closing with unread bytes resets the connection, and the
 * client would see that instead of its answer.
 */
function drain(socket: Socket): void {
  socket.removeAllListeners('data')
  socket.resume()
  const cut = setTimeout(() => socket.destroy(), drainMs)
  cut.unref()
  socket.once('close', () => clearTimeout(cut))
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
