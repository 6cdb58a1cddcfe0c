import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { HeadSize } from './head-size.ts'
import type { MemoryLease } from './memory-lease.ts'
import { watchReads } from './reads.ts'

/** How long a refused client may go on sending before its connection is cut, in milliseconds. */
export const drainMs = 2000

interface State {
  /** Requests that are not answered yet; the last of them may still be arriving. */
  readonly unanswered: Set<IncomingMessage>
  requests: number
  /** The line and headers of a request that is not there yet. */
  readonly head: HeadSize
  /** The last request that came, and where its body is received into. */
  newest: IncomingMessage | undefined
  share: MemoryLease | undefined
  /** Bytes read before the newest request, and all of them; the read in which it came is not among the former. */
  bytesBefore: number
  bytesRead: number
  refused: boolean
  /** What is still to be written and done once they are answered. */
  last: (() => void) | undefined
}

/** Limits of what node would hold of a request beyond what it reports. */
export interface ReadLimits {
  /** Bytes of headers behind the request line. */
  readonly headerBytesMax: number
  /** Called when the headers of a request that is not there yet exceed that. */
  headersTooLarge(socket: Socket): void
}

/**
 * What the chunks of a body may add to it: sizes, extensions and trailers. So a chunk has 40 bytes on average, and a
 * client can't make each byte of a body a call of ours.
 */
const framingBytesMax = (bodyBytes: number) => 256 * 1024 + bodyBytes / 8

/** The open connections, and what must be known of each to end it without losing an answer. */
export class Connections {
  /** Each with the time at which it was accepted, by performance.now(). */
  readonly #open = new Map<Socket, number>()
  /** Those that requests are read from; under HTTPS each stands on another. */
  readonly #read = new Set<Socket>()
  readonly #states = new WeakMap<Socket, State>()
  /** How many there have been. */
  taken = 0

  opened(socket: Socket): void {
    this.taken++
    this.#open.set(socket, performance.now())
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Requests will be read from this socket; node's parser is attached to it. */
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

  /** The body of a connection's newest request is received into this share. */
  receiving({ socket }: IncomingMessage, share: MemoryLease): void {
    this.#state(socket).share = share
  }

  /** Notes a request; the function that is given back notes that it has been answered. */
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

  /** What was read on each connection of a request that is not there yet: of its line and headers. */
  lines(): { readonly socket: Socket; readonly bytes: number }[] {
    return [...this.#read].map((socket) => {
      const { head, refused } = this.#state(socket)
      return { socket, bytes: refused ? 0 : head.bytes }
    })
  }

  /** Whether the request that arrives has its line, given the bytes that node could not take. */
  hasLine(socket: Socket, next: Buffer): boolean {
    return this.#state(socket).head.hasLine(next)
  }

  /** Notes that the last request of a connection is being refused while it arrives: nothing more is to be said. */
  refusing(socket: Socket): void {
    this.#state(socket).refused = true
  }

  /** Whether a request of this connection was refused while it arrived. */
  isRefused(socket: Socket): boolean {
    return this.#state(socket).refused
  }

  /** Whether no other request has come on its connection since. */
  isNewest(message: IncomingMessage): boolean {
    return this.#state(message.socket).newest === message
  }

  /** How many requests have come on a connection. */
  requestsOn(socket: Socket): number {
    return this.#state(socket).requests
  }

  /**
   * Ends a connection on which no further request can be read: `text` is written behind the answers that are
   * under way.
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
   * Cuts connections on which nothing was ever sent, as load balancers open them.
   * @param ageMs only those that are this old
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

/** Refuses the newest request when its chunks carry too little of its body. */
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

/** Whether a request was received whole and is not answered yet; one that was cut short never will be. */
const awaitsAnswer = ({ unanswered }: State) => [...unanswered].some(({ complete }) => complete)

/**
 * Reads and drops what a refused client still sends: closing with unread bytes resets the connection, and the
 * client would see that instead of its answer.
 */
function drain(socket: Socket): void {
  // Takes the socket away from node's parser, which would go on gathering what is to be dropped.
  socket.on('data', () => {})
  socket.removeAllListeners('data')
  socket.resume()
  const cut = setTimeout(() => socket.destroy(), drainMs)
  cut.unref()
  socket.once('close', () => clearTimeout(cut))
}
