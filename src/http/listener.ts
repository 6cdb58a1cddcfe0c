import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import type { Answer } from '../lib/exchange.ts'
import { within } from '../lib/within.ts'
import { Connections, drainMs } from './connections.ts'
import type { Site } from './files.ts'
import { beginningOf, headOf } from './head.ts'
import { Memory, type MemoryOptions } from './memory.ts'
import { admitHead, ClientGone, NotReceived, noRoom, receive } from './receive.ts'
import type { Problem, Service } from './service.ts'
import { Share } from './share.ts'
import { watchLines } from './unread-lines.ts'

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
  /** For all requests at once. */
  readonly memory: MemoryOptions
  readonly requestTimeoutMs: number
  readonly metricsForAnyone: boolean
  /** Web pages that are served beside the service; whoever opens the root in a browser is sent there. */
  readonly site?: Site
  /** After so many requests a connection is ended in order; 0 sets no limit. */
  readonly requestsPerConnection?: number
}

export interface Listener {
  readonly url: string
  /** Bytes held for requests. */
  readonly heldBytes: number
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

/** From a larger body on the service is asked for its no before it is read; a smaller one is not worth the step. */
const unscreenedBytes = 64 * 1024

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
  const memory = new Memory(options.memory)
  const connections = new Connections()
  let draining = false
  const serverOptions = {
    maxHeaderSize: options.requestLineBytesMax,
    headersTimeout: options.requestTimeoutMs,
    requestTimeout: options.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(5000, options.requestTimeoutMs),
    keepAliveTimeout: keepAliveMs,
  }
  const onRequest = (message: IncomingMessage, response: ServerResponse, proceed = () => {}) => {
    response.once('close', connections.began(message))
    serve(message, response, proceed).catch((error) => {
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
  // The client sends its body when it is told to: whoever is refused need not send it.
  server.on('checkContinue', (message, response) =>
    onRequest(message, response, () => response.writeContinue()),
  )
  server.on('connection', (socket: Socket) => connections.opened(socket))
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) =>
    connections.reading(socket),
  )
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => refuseRaw(error, socket))

  /** @param proceed tells a client that waits for it that its body may come */
  async function serve(
    message: IncomingMessage,
    response: ServerResponse,
    proceed: () => void,
  ): Promise<void> {
    // With a body it is none of these two questions.
    const isGet = (message.method === 'GET' || message.method === 'HEAD') && !hasBody(message)
    if (isGet && message.url === '/healthz') return serveHealth(response)
    if (isGet && message.url === '/metrics') return serveMetrics(message, response)
    if (isGet && options.site !== undefined) {
      if (options.site.has(message.url!)) return serveSite(options.site, message, response)
      if (message.url === '/' && /\btext\/html\b/.test(message.headers.accept ?? ''))
        return send(response, { status: 302, headers: { Location: options.site.prefix }, body: '' })
    }
    const head = headOf(message)
    const share = new Share(memory)
    try {
      admitHead(head, share, options.bodyBytesMax)
      if ((head.announced ?? Number.POSITIVE_INFINITY) > unscreenedBytes) {
        const no = await service.screen(beginningOf(head))
        if (no !== undefined) return refuseUnread(message, response, no)
      }
      proceed()
      const request = await receive(message, head, share, options.bodyBytesMax)
      send(response, await service.answer(request))
    } catch (error) {
      if (error instanceof ClientGone) return
      if (!(error instanceof NotReceived)) throw error
      refuseUnread(message, response, service.refuse(error.problem, beginningOf(head)))
    } finally {
      share.release()
    }
  }

  /**
   * Answers while the body is still arriving. The answer ends only when the client has stopped sending, or node
   * would close the connection with bytes unread, and the client would see a reset instead.
   */
  function refuseUnread(
    message: IncomingMessage,
    response: ServerResponse,
    { status, headers, body }: Answer,
  ): void {
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' })
    response.write(body)
    connections.refusing(message.socket)
    const end = () => response.end()
    const cut = setTimeout(end, drainMs)
    cut.unref()
    message.once('close', () => {
      clearTimeout(cut)
      end()
    })
    message.once('end', end)
    message.socket.once('end', end)
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

  async function serveSite(site: Site, message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (draining || isSpent(response)) response.setHeader('Connection', 'close')
    try {
      await site.serve(message, response)
    } catch (error) {
      // Browsers go away in the middle of a file; that is no bug.
      if (!message.socket.destroyed) throw error
    }
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
    // Nor does what is broken of a request matter that was refused; the parser tells it for every piece that arrives.
    if (connections.isRefused(socket)) return
    refuseBare(socket, problemOf(error))
  }

  /** Answers a request that node has not shown yet, and ends its connection. */
  function refuseBare(socket: Socket, problem: Problem): void {
    const { status, headers, body } = service.refuse(problem)
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
  const unwatch = watchLines(connections, memory, (socket) => refuseBare(socket, noRoom))
  const { port, family, address } = server.address() as AddressInfo
  const shownHost = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${shownHost}:${port}`,
    get heldBytes() {
      return memory.heldBytes
    },
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
          unwatch()
          resolve()
        })
      })
    },
    renew: (certificate) => (server as TlsServer).setSecureContext(certificate),
  }
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
