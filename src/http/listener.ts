import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import type { Answer, Request } from '../lib/exchange.ts'
import { within } from '../lib/within.ts'
import { Buffers } from './buffers.ts'
import { Connections, drainMs } from './connections.ts'
import type { MetricsPage } from './metrics.ts'
import { BodyTooLarge, ClientGone, receive } from './receive.ts'

/** What the listener is handed: it knows nothing of what it serves. */
export interface Service {
  answer(request: Request): Promise<Answer>
  /** The answer to a request that could not be received; what is known of it, where anything is. */
  refuse(problem: Problem, request?: Request): Answer
  /** Told of a bug that left a request without an answer. */
  broke(error: unknown): void
  /** Resolves when the server can serve, rejects when it can't. */
  healthy(): Promise<void>
  metrics(): Promise<MetricsPage>
}

export type Problem =
  | { readonly kind: 'RequestLineTooLong' | 'RequestBodyTooLarge'; readonly max: number }
  | { readonly kind: 'RequestTimeout' }
  | { readonly kind: 'MalformedRequest'; readonly reason: string }

/** A certificate chain and its private key, PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface ListenerOptions {
  readonly host: string
  readonly port: number
  readonly tls: Certificate | undefined
  readonly requestLineBytesMax: number
  readonly bodyBytesMax: number
  readonly requestTimeoutMs: number
  readonly metricsForAnyone: boolean
  /** After so many requests a connection is ended in order; 0 sets no limit. */
  readonly requestsPerConnection?: number
}

export interface Listener {
  readonly url: string
  /** Serves on, but says 503 at /healthz, and ends each connection with its next answer. */
  drain(): void
  /**
   * Takes no new connection, answers what is under way, then resolves.
   * @param idleMs how long connections on which nothing is under way stay open: a request may be on its way
   */
  close(idleMs?: number): Promise<void>
  /** Shows another certificate to whoever connects from now on. */
  renew(certificate: Certificate): void
}

/** How long an idle connection stays open: the cloud's own value (wire-facts §1), which clients' pools know. */
const keepAliveMs = 25_000

/** Who asks for our health is answered by then: what is not certain is not well. */
const healthMs = 900
/** How long a request may be on its way in a connection that is being closed. */
const onItsWayMs = 100

/** A connection that idled as long as it was promised (node adds a second) has been closed by then. */
export const idlersGoneMs = keepAliveMs + 2000

/** @throws Error when the address is in use or is not this machine's */
export async function listen(service: Service, options: ListenerOptions): Promise<Listener> {
  const buffers = new Buffers()
  const connections = new Connections()
  let draining = false
  const serverOptions = {
    maxHeaderSize: options.requestLineBytesMax,
    headersTimeout: options.requestTimeoutMs,
    requestTimeout: options.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(5000, options.requestTimeoutMs),
    keepAliveTimeout: keepAliveMs,
  }
  const onRequest: RequestListener = (message, response) => {
    response.once('close', connections.began(message))
    serve(message, response).catch((error) => {
      service.broke(error)
      response.destroy()
    })
  }
  const server: Server =
    options.tls === undefined
      ? createServer(serverOptions, onRequest)
      : createTlsServer(
          { ...serverOptions, ...options.tls, handshakeTimeout: options.requestTimeoutMs },
          onRequest,
        )
  server.on('connection', (socket: Socket) => connections.opened(socket))
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => refuseRaw(error, socket))

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const isGet = message.method === 'GET' || message.method === 'HEAD'
    if (isGet && message.url === '/healthz') return serveHealth(response)
    if (isGet && message.url === '/metrics') return serveMetrics(message, response)
    let request: Request
    try {
      request = await receive(message, options.bodyBytesMax, buffers)
    } catch (error) {
      if (error instanceof ClientGone) return
      if (!(error instanceof BodyTooLarge)) throw error
      refuseBody(message, response, error.request)
      return
    }
    try {
      send(response, await service.answer(request))
    } finally {
      buffers.give(request.bytes)
    }
  }

  /**
   * Answers while the body is still arriving. The answer ends only when the client has stopped sending, or node
   * would close the connection with bytes unread, and the client would see a reset instead.
   */
  function refuseBody(message: IncomingMessage, response: ServerResponse, request: Request): void {
    const { status, headers, body } = service.refuse(
      { kind: 'RequestBodyTooLarge', max: options.bodyBytesMax },
      request,
    )
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' })
    response.write(body)
    const end = () => response.end()
    const cut = setTimeout(end, drainMs)
    cut.unref()
    message.once('close', () => {
      clearTimeout(cut)
      end()
    })
    message.once('end', end)
    message.resume()
  }

  async function serveHealth(response: ServerResponse): Promise<void> {
    const late = () => new Error(`not told to be healthy in ${healthMs} milliseconds`)
    const able = await within(healthMs, service.healthy(), late).then(
      () => true,
      () => false,
    )
    const body = draining ? 'draining\n' : able ? 'ok\n' : 'not able to serve\n'
    const status = able && !draining ? 200 : 503
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

  function send(response: ServerResponse, { status, headers, body }: Answer): void {
    response.writeHead(status, {
      ...headers,
      'Content-Length': Buffer.byteLength(body),
      // So the client sends its next request elsewhere, instead of into a connection that is being closed.
      ...((draining || isSpent(response)) && { Connection: 'close' }),
    })
    response.end(body)
  }

  // Node's own limit says so in a header, but does not close the connection.
  function isSpent({ socket }: ServerResponse): boolean {
    const max = options.requestsPerConnection ?? 0
    return max > 0 && socket !== null && connections.requestsOn(socket) >= max
  }

  /** Answers what node could not read as a request, on the bare socket. */
  function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      // After an answer the parser may go on complaining of what is drained.
      if (!socket.writableEnded) socket.destroy()
      return
    }
    const { status, headers, body } = service.refuse(problemOf(error))
    const lines = Object.entries({
      ...headers,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    connections.refuse(socket, `HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`)
  }

  function problemOf({ code, message }: Error & { code?: string }): Problem {
    if (code === 'HPE_HEADER_OVERFLOW')
      return { kind: 'RequestLineTooLong', max: options.requestLineBytesMax }
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { kind: 'RequestTimeout' }
    return { kind: 'MalformedRequest', reason: message.replace(/^Parse Error: /, '') }
  }

  /**
   * Closing the port cuts off those who are connected but not taken in yet: it is closed right after a turn of
   * the event loop in which nobody was taken in, or after the hundredth.
   */
  async function nobodyWaits(): Promise<void> {
    for (let turn = 0, before = -1; turn < 100 && connections.taken !== before; turn++) {
      before = connections.taken
      await new Promise(setImmediate)
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port, family, address } = server.address() as AddressInfo
  const shownHost = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${shownHost}:${port}`,
    drain: () => {
      draining = true
    },
    async close(idleMs = onItsWayMs) {
      draining = true
      await nobodyWaits()
      await new Promise<void>((resolve) => {
        const idle = setTimeout(() => {
          server.closeIdleConnections()
          connections.cutSilent()
        }, idleMs)
        // A request that never ends must not hold it up for ever.
        const cut = setTimeout(() => connections.cutAll(), idleMs + options.requestTimeoutMs)
        // Not its own close(), which cuts idle connections at once and whatever request is on its way there.
        NetServer.prototype.close.call(server, () => {
          clearTimeout(idle)
          clearTimeout(cut)
          server.close()
          resolve()
        })
      })
    },
    renew: (certificate) => (server as TlsServer).setSecureContext(certificate),
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
