import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Clock } from '../lib/clock.ts'
import { ownClose } from '../lib/own-close.ts'
import { type Certificate, secureContext } from '../lib/secure-context.ts'
import { headersMax, headersTooLarge } from './check-head.ts'
import { Connections } from './connections.ts'
import { cors } from './cors.ts'
import { FailedCalls, type FailedCallsOptions } from './failed-calls.ts'
import { health } from './health.ts'
import { LargeRequests } from './large-requests.ts'
import { Memory, type MemoryOptions } from './memory.ts'
import { noRoom } from './receive.ts'
import { Replies } from './replies.ts'
import { type RouteOptions, serve, tooManyFailedCalls } from './routes.ts'
import type { Problem, Service } from './service.ts'
import { clientOf, peerOf, trustedProxies } from './source.ts'
import { watchLines } from './unread-lines.ts'

export interface ListenerOptions extends RouteOptions {
  readonly port: number
  readonly tls: Certificate | undefined
  /** Memory of all requests together. */
  readonly memory: MemoryOptions
  readonly requestTimeoutMs: number
  readonly clock: Pick<Clock, 'elapsed'>
  /** Limits failed calls by address; no limit if omitted. */
  readonly failedCalls?: FailedCallsOptions
  /** Addresses and CIDR ranges of proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies?: readonly string[]
  /** Origins of web pages that may call the API. */
  readonly corsOrigins?: readonly string[]
  readonly hstsSeconds?: number
  /** Accepts WebSocket requests at its path. */
  readonly webSockets?: WebSockets
  /** Closes a connection after this many requests; 0 sets no limit. */
  readonly requestsPerConnection?: number
}

/** The service behind WebSockets; the listener knows nothing of it. */
export interface WebSockets {
  readonly path: string
  /** Answers the handshake and takes over the socket. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, from: WebSocketOrigin): void
}

export interface WebSocketOrigin {
  /** The client's IP address, also behind trusted proxies. */
  readonly address: string
  readonly port: number
  readonly encrypted: boolean
}

export interface Listener {
  readonly url: string
  /** Bytes in use for requests. */
  readonly heldBytes: number
  /** Continues to serve, but returns 503 at /healthz and closes each connection after its next response. */
  drain(): void
  /**
   * Accepts no new connections, answers pending requests, then resolves.
   * @param idleMs how long idle connections stay open, since a request may be in transit
   */
  close(idleMs?: number): Promise<void>
  /** Uses another certificate for new connections. */
  renew(certificate: Certificate): void
}

/**
 * How long an idle connection stays open: the cloud's own value (wire-facts §1), which clients' pools expect.
 */
const keepAliveMs = 25_000

/** How long a request may be in transit on a connection that is being closed. */
const onItsWayMs = 100

/** The same for the first request of a new connection: a busy client connects first and sends later. */
const firstRequestMs = 1000
/** A shorter turn of the event loop has done almost no work, in milliseconds. */
const shortTurnMs = 0.25
/**
 * Maximum time for which connections are still accepted before the port is closed, as clients may connect
 * endlessly.
 */
const queueMaxMs = 5000

/** After this time, connections that reached their promised idle time (node adds a second) are closed. */
export const idleClosedMs = keepAliveMs + 2000

const isForWebSocket = ({ headers, url = '' }: IncomingMessage, webSockets: WebSockets | undefined) =>
  webSockets !== undefined &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  url.split('?', 1)[0] === webSockets.path

/** Node's error for bytes that are not a request. */
interface ParseError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

/**
 * Opens the port. One function, because every event of Node's server below needs the server and the same parts.
 * @throws Error if the address is in use or not this machine's
 */
export async function listen(service: Service, options: ListenerOptions): Promise<Listener> {
  const {
    clock,
    tls,
    requestTimeoutMs,
    trustedProxies: ranges = [],
    corsOrigins = [],
    hstsSeconds = 0,
  } = options
  const { requestsPerConnection = 0, failedCalls: limit = { perSecond: 0, loopback: false } } = options
  const memory = new Memory(options.memory)
  const large = new LargeRequests({ accepted: () => connections.taken, elapsed: () => clock.elapsed() })
  const connections = new Connections()
  const replies = new Replies(connections, large, cors(corsOrigins), { requestsPerConnection, hstsSeconds })
  const failedCalls = new FailedCalls(limit, clock)
  const trusted = trustedProxies(ranges)
  const healthy = health(() => service.healthy(), clock)
  const streams = new Set<AbortController>()
  const endStreams = () => {
    for (const stream of streams) stream.abort()
  }
  const parts = { service, memory, connections, replies, failedCalls, large, trusted, healthy, streams }
  const serverOptions = {
    // Node counts line and headers together; each has its own limit (check-head.ts, connections.ts).
    maxHeaderSize: options.requestLineBytesMax + options.headerBytesMax,
    // Checked with an error message of our own.
    requireHostHeader: false,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(5000, requestTimeoutMs),
    keepAliveTimeout: keepAliveMs,
    shouldUpgradeCallback: (message: IncomingMessage) => isForWebSocket(message, options.webSockets),
  }
  const onRequest = (message: IncomingMessage, response: ServerResponse, proceed = () => {}) => {
    response.once('close', connections.began(message))
    serve(parts, options, message, response, proceed).catch((error) => {
      service.unanswered(error)
      response.destroy()
    })
  }
  const server: Server =
    tls === undefined
      ? createServer(serverOptions, onRequest)
      : createTlsServer(
          { ...serverOptions, ...secureContext(tls), handshakeTimeout: requestTimeoutMs },
          onRequest,
        )
  // Node silently drops headers beyond a number (default 2,000); one more than allowed is kept, so that the
  // request is refused.
  server.maxHeadersCount = headersMax + 1
  const closeServer = ownClose(server)
  // The client waits for permission to send its body; if the call is refused, it need not send it.
  server.on('checkContinue', (message, response) =>
    onRequest(message, response, () => {
      // A body that was sent along needs no 100 (RFC 9110 §10.1.1); bytes read with the head have been parsed
      // by then.
      queueMicrotask(() => {
        if (!message.complete && !response.headersSent) response.writeContinue()
      })
    }),
  )
  // Other expectations may be ignored (RFC 9110 §10.1.1).
  server.on('checkExpectation', (message, response) => onRequest(message, response))
  server.on('connection', (socket: Socket) => connections.opened(socket))
  // Node.js before 24.9 can't serve other upgrades, such as h2c, as plain requests.
  if (options.webSockets !== undefined && 'shouldUpgradeCallback' in server)
    server.on('upgrade', (message: IncomingMessage, socket: Socket, head: Buffer) =>
      options.webSockets!.take(message, socket, head, {
        address: clientOf(message, trusted),
        port: socket.localPort ?? options.port,
        encrypted: tls !== undefined,
      }),
    )
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) =>
    connections.reading(socket, {
      headerBytesMax: options.headerBytesMax,
      headersTooLarge: (socket) => refuseBare(socket, headersTooLarge(options)),
    }),
  )
  server.on('clientError', (error: ParseError, socket: Socket) => refuseRaw(error, socket))

  /** Responds on the bare socket to bytes that node could not parse. */
  function refuseRaw(error: ParseError, socket: Socket): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      // After the response the parser may report errors for discarded bytes.
      if (!socket.writableEnded) socket.destroy()
      return
    }
    // The rest of a refused request does not matter; the parser reports an error for every chunk.
    if (connections.isRefused(socket)) return
    refuseBare(socket, problemOf(error, socket))
  }

  /** Responds to a request that node has not reported, and closes its connection. */
  function refuseBare(socket: Socket, problem: Problem): void {
    const peer = peerOf(socket)
    // Behind a proxy, only the headers would show which client sent it.
    const counts = problem.kind !== 'ServiceUnavailable' && !trusted.has(peer)
    const limited = counts ? tooManyFailedCalls(failedCalls, peer) : undefined
    if (limited !== undefined) service.limited(peer)
    else if (counts) failedCalls.charge(peer)
    replies.refuseBare(socket, service.refuse(limited ?? problem))
  }

  function problemOf({ code, message, rawPacket }: ParseError, socket: Socket): Problem {
    if (code === 'HPE_HEADER_OVERFLOW') {
      return connections.hasLine(socket, rawPacket ?? Buffer.alloc(0))
        ? headersTooLarge(options)
        : { kind: 'RequestLineTooLong', max: options.requestLineBytesMax }
    }
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { kind: 'RequestTimeout' }
    return { kind: 'MalformedRequest', reason: message.replace(/^Parse Error: /, '') }
  }

  /**
   * Closes the port once its queue is empty: the system resets established connections that have not been
   * accepted. A turn of the event loop accepts one connection, so after a short turn that accepted none the
   * queue was empty a moment ago. Connections that arrive within that moment are lost; there is no way to
   * refuse them first.
   * @param closed called when all connections have ended
   */
  function closePort(closed: () => void): void {
    const until = performance.now() + queueMaxMs
    let before = -1
    let begunAt = 0
    const turn = () => {
      const now = performance.now()
      const isEmpty = connections.taken === before && now - begunAt < shortTurnMs
      // Node's own close() would cut idle connections at once, and any request in transit on them.
      if (isEmpty || now > until) NetServer.prototype.close.call(server, closed)
      else setImmediate(turn)
      before = connections.taken
      begunAt = now
    }
    // From here a turn is complete, and checks for connections once.
    setImmediate(turn)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const unwatch = watchLines(connections, memory, (socket) => refuseBare(socket, noRoom))
  const { port, family, address } = server.address() as AddressInfo
  const shownHost = family === 'IPv6' ? `[${address}]` : address
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shownHost}:${port}`,
    get heldBytes() {
      return memory.heldBytes
    },
    drain: () => {
      replies.draining = true
      endStreams()
    },
    async close(idleMs = onItsWayMs) {
      replies.draining = true
      endStreams()
      await new Promise<void>((resolve) => {
        let silent: NodeJS.Timeout | undefined
        const idle = setTimeout(() => {
          server.closeIdleConnections()
          silent = setInterval(() => connections.cutSilent(firstRequestMs), onItsWayMs)
        }, idleMs)
        // A request that never ends must not delay the close for ever.
        const cut = setTimeout(() => connections.cutAll(), idleMs + requestTimeoutMs)
        closePort(() => {
          clearTimeout(idle)
          clearInterval(silent)
          clearTimeout(cut)
          closeServer()
          unwatch()
          resolve()
        })
      })
    },
    renew: (certificate) => (server as TlsServer).setSecureContext(secureContext(certificate)),
  }
}
