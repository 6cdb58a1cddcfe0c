import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { HeadSize } from './head-size.ts'
import type { MemoryLease } from './memory-lease.ts'
import { watchReads } from './reads.ts'

/** How long a refused client may continue to send before its connection is closed, in milliseconds. */
export const drainMs = 2000

interface State {
  /** Unanswered requests; the last may still be arriving. */
  readonly unanswered: Set<IncomingMessage>
  requests: number
  /** The line and headers of an incomplete request. */
  readonly head: HeadSize
  /** The newest request, and the lease that receives its body. */
  newest: IncomingMessage | undefined
  share: MemoryLease | undefined
  /** Bytes read before the newest request, excluding the read in which it arrived, and all bytes read. */
  bytesBefore: number
  bytesRead: number
  refused: boolean
  /** Written and run after all requests are answered. */
  last: (() => void) | undefined
}

/** Limits for the parts of a request that node buffers before reporting them. */
export interface ReadLimits {
  /** Bytes of headers after the request line. */
  readonly headerBytesMax: number
  /** Called if the headers of an incomplete request exceed that. */
  headersTooLarge(socket: Socket): void
}

/**
 * Overhead allowed for a body's chunks: sizes, extensions and trailers. Chunks must have 40 bytes on average,
 * so a client can't cause one callback per byte.
 */
const framingBytesMax = (bodyBytes: number) => 256 * 1024 + bodyBytes / 8

/** The open connections, with what is needed to end each without losing a response. */
export class Connections {
  /** By socket: the time of acceptance by performance.now(). */
  readonly #open = new Map<Socket, number>()
  /** The sockets that requests are read from; with HTTPS, each is on top of another. */
  readonly #read = new Set<Socket>()
  readonly #states = new WeakMap<Socket, State>()
  /** The number of connections accepted so far. */
  taken = 0

  opened(socket: Socket): void {
    this.taken++
    this.#open.set(socket, performance.now())
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Registers a socket from which requests are read; node's parser is attached to it. */
  reading(socket: Socket, limits: ReadLimits): void {
    this.#read.add(socket)
    socket.once('close', () => this.#read.delete(socket))
    const state = this.#state(socket)
    let newest: IncomingMessage | undefined
    let inBody = false
    watchReads(socket, {
      headBegan: () => state.head.began(),
      read: (bytes, content) => {
        if (state.refused) return
        state.bytesRead += bytes
        const behindBody = inBody || (state.newest !== newest && hasBody(state.newest))
        newest = state.newest
        inBody = newest?.complete === false
        state.head.read(bytes, behindBody, content)
        if (state.head.headerBytes > limits.headerBytesMax) limits.headersTooLarge(socket)
        else if (inBody) refuseFraming(state)
      },
    })
  }

  /** Sets the lease that receives the body of a connection's newest request. */
  receiving({ socket }: IncomingMessage, share: MemoryLease): void {
    this.#state(socket).share = share
  }

  /** Records a request; the returned function records that it has been answered. */
  began(request: IncomingMessage): () => void {
    const state = this.#state(request.socket)
    state.unanswered.add(request)
    state.requests++
    state.head.ended()
    state.newest = request
    state.share = undefined
    state.bytesBefore = state.bytesRead
    return () => {
      state.unanswered.delete(request)
      if (!awaitsAnswer(state)) state.last?.()
    }
  }

  /** Returns the number of bytes read of each incomplete line and headers. */
  lines(): { readonly socket: Socket; readonly bytes: number }[] {
    return [...this.#read].map((socket) => {
      const { head, refused } = this.#state(socket)
      return { socket, bytes: refused ? 0 : head.bytes }
    })
  }

  /** Reports whether the arriving request's line is complete, given the bytes that node could not process. */
  hasLine(socket: Socket, next: Buffer): boolean {
    return this.#state(socket).head.hasLine(next)
  }

  /**
   * Records that the last request of a connection is being refused while it arrives, so that nothing more is
   * written.
   */
  refusing(socket: Socket): void {
    this.#state(socket).refused = true
  }

  /** Whether a request of this connection was refused while it arrived. */
  isRefused(socket: Socket): boolean {
    return this.#state(socket).refused
  }

  /** Whether the request is the last that arrived on its connection. */
  isNewest(message: IncomingMessage): boolean {
    return this.#state(message.socket).newest === message
  }

  /** The number of requests that arrived on a connection. */
  requestsOn(socket: Socket): number {
    return this.#state(socket).requests
  }

  /**
   * Ends a connection on which no further request can be read, writing `text` after the responses in progress.
   */
  refuse(socket: Socket, text: string): void {
    const state = this.#state(socket)
    state.refused = true
    const end = () => {
      socket.end(text)
      drain(socket)
    }
    if (awaitsAnswer(state)) state.last = end
    else end()
  }

  /**
   * Closes connections that never sent anything, as load balancers open them.
   * @param ageMs minimum age
   */
  cutSilent(ageMs: number): void {
    const latest = performance.now() - ageMs
    for (const [socket, openedAt] of this.#open)
      if (socket.bytesRead === 0 && openedAt <= latest) socket.destroy()
  }

  cutAll(): void {
    for (const socket of this.#open.keys()) socket.destroy()
  }

  #state(socket: Socket): State {
    let state = this.#states.get(socket)
    if (state === undefined) {
      state = {
        unanswered: new Set(),
        requests: 0,
        head: new HeadSize(),
        newest: undefined,
        share: undefined,
        bytesBefore: 0,
        bytesRead: 0,
        refused: false,
        last: undefined,
      }
      this.#states.set(socket, state)
    }
    return state
  }
}

/** Refuses the newest request if its chunks have too much overhead. */
function refuseFraming({ newest, share, bytesRead, bytesBefore }: State): void {
  if (share === undefined || newest?.headers['transfer-encoding'] === undefined) return
  const bodyBytes = share.bodyBytes + newest.readableLength
  if (bytesRead - bytesBefore - bodyBytes <= framingBytesMax(bodyBytes)) return
  share.refuse({
    kind: 'MalformedRequest',
    reason: 'its chunks are smaller than 40 bytes, or have extensions',
  })
}

export const hasBody = (message: IncomingMessage | undefined): boolean =>
  message !== undefined &&
  (message.headers['transfer-encoding'] !== undefined || Number(message.headers['content-length'] ?? 0) > 0)

/** Reports whether a complete request is unanswered; a truncated one will never be answered. */
const awaitsAnswer = ({ unanswered }: State) => [...unanswered].some(({ complete }) => complete)

/**
 * Reads and discards what a refused client still sends: closing with unread bytes resets the connection, and
 * the client would see the reset instead of the response.
 */
function drain(socket: Socket): void {
  // Detaches node's parser, which would buffer what is to be discarded.
  socket.on('data', () => {})
  socket.removeAllListeners('data')
  socket.resume()
  const cut = setTimeout(() => socket.destroy(), drainMs)
  cut.unref()
  socket.once('close', () => clearTimeout(cut))
}
