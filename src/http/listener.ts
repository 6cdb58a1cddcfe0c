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
  /** For all requests at once. */
  readonly memory: MemoryOptions
  readonly requestTimeoutMs: number
  readonly clock: Pick<Clock, 'elapsed'>
  /** Limits failed calls by their address; none when not given. */
  readonly failedCalls?: FailedCallsOptions
  /** Addresses and CIDR ranges of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[]
  /** Origins of web pages that may call the API. */
  readonly corsOrigins?: readonly string[]
  readonly hstsSeconds?: number
  /** Takes requests for a WebSocket at its path. */
  readonly webSockets?: WebSockets
  /** After so many requests a connection is ended in order; 0 sets no limit. */
  readonly requestsPerConnection?: number
}

/** What is served over WebSockets; the listener knows nothing of it. */
export interface WebSockets {
  readonly path: string
  /** Answers the handshake; from then on the socket is no concern of the listener's. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, from: WebSocketOrigin): void
}

export interface WebSocketOrigin {
  /** The client's IP address, behind trusted proxies too. */
  readonly address: string
  readonly port: number
  readonly encrypted: boolean
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

/** How long an idle connection stays open: the cloud's own value (wire-facts §1), which clients' pools know. */
const keepAliveMs = 25_000

/** How long a request may be on its way in a connection that is being closed. */
const onItsWayMs = 100

/** How long the first request of a new connection may be on its way then: a busy client connects, and sends later. */
const firstRequestMs = 1000
/** A turn of the event loop that takes less has computed next to nothing, in milliseconds. */
const shortTurnMs = 0.25
/** How long connections are accepted before the port is closed at the most: clients may come without end. */
const queueMaxMs = 5000

/** A connection that idled as long as it was promised (node adds a second) has been closed by then. */
export const idleClosedMs = keepAliveMs + 2000

const isForWebSocket = ({ headers, url = '' }: IncomingMessage, webSockets: WebSockets | undefined) =>
  webSockets !== undefined &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  url.split('?', 1)[0] === webSockets.path

/** What node says of bytes that are no request. */
interface ParseError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

/** @throws Error when the address is in use or is not this machine's */
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
  const connections = new Connections()
  const replies = new Replies(connections, cors(corsOrigins), { requestsPerConnection, hstsSeconds })
  const failedCalls = new FailedCalls(limit, clock)
  const trusted = trustedProxies(ranges)
  const healthy = health(() => service.healthy(), clock)
  const streams = new Set<AbortController>()
  const endStreams = () => {
    for (const stream of streams) stream.abort()
  }
  const parts = { service, memory, connections, replies, failedCalls, trusted, healthy, streams }
  const serverOptions = {
    // Node counts line and headers together; each has a limit of its own (check-head.ts, connections.ts).
    maxHeaderSize: options.requestLineBytesMax + options.headerBytesMax,
    // Judged with an answer that says what is wrong.
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
  // Node drops headers beyond a number, 2,000 if it is not told. One more than are served, so that they are refused.
  server.maxHeadersCount = headersMax + 1
  const closeServer = ownClose(server)
  // The client sends its body when it is told to: one that is refused need not send it.
  server.on('checkContinue', (message, response) =>
    onRequest(message, response, () => {
      // A body that was sent along needs no 100 (RFC 9110 §10.1.1); what was read with the head has been parsed then.
      queueMicrotask(() => {
        if (!message.complete && !response.headersSent) response.writeContinue()
      })
    }),
  )
  // Other expectations may be ignored (RFC 9110 §10.1.1).
  server.on('checkExpectation', (message, response) => onRequest(message, response))
  server.on('connection', (socket: Socket) => connections.opened(socket))
  // An older Node.js (below 24.9) can't leave other upgrades, such as h2c, to be served as plain requests.
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

  /** Answers what node could not read as a request, on the bare socket. */
  function refuseRaw(error: ParseError, socket: Socket): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      // After an answer the parser may go on complaining of what is drained.
      if (!socket.writableEnded) socket.destroy()
      return
    }
    // Nor does what is broken of a request matter that was refused; the parser tells it for every piece that arrives.
    if (connections.isRefused(socket)) return
    refuseBare(socket, problemOf(error, socket))
  }

  /** Answers a request that node has not shown yet, and ends its connection. */
  function refuseBare(socket: Socket, problem: Problem): void {
    const peer = peerOf(socket)
    // Which client of a proxy's sent it, only headers would say.
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
   * Closes the port once its queue is empty: the system resets connections that it has made and that were not accepted
   * yet. A turn of the event loop accepts one of them, so the queue was empty a moment ago after a turn that has
   * accepted none and was short. Those that come within that moment are lost: there is no way to refuse them first.
   *
   * @param closed called when all connections have ended
   */
  function closePort(closed: () => void): void {
    const until = performance.now() + queueMaxMs
    let before = -1
    let begunAt = 0
    const turn = () => {
      const now = performance.now()
      const isEmpty = connections.taken === before && now - begunAt < shortTurnMs
      // Not its own close(), which cuts idle connections at once and whatever request is on its way there.
      if (isEmpty || now > until) NetServer.prototype.close.call(server, closed)
      else setImmediate(turn)
      before = connections.taken
      begunAt = now
    }
    // From its end on a turn is a whole one, which asks for connections once.
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
        // A request that never ends must not hold it up for ever.
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
