import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** How long a refused client may go on sending before its connection is cut, in milliseconds. */
export const drainMs = 2000

interface State {
  /** Requests that are not answered yet; the last of them may still be arriving. */
  readonly unanswered: Set<IncomingMessage>
  requests: number
  /** How much had been read when the last answer was given. */
  bytesBefore: number
  refused: boolean
  /** What is still to be written and done once they are answered. */
  last: (() => void) | undefined
}

/** The open connections, and what must be known of each to end it without losing an answer. */
export class Connections {
  readonly #open = new Set<Socket>()
  /** Those that requests are read from; under HTTPS each stands on another. */
  readonly #read = new Set<Socket>()
  readonly #states = new WeakMap<Socket, State>()
  /** How many there have been. */
  taken = 0

  opened(socket: Socket): void {
    this.taken++
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
  }

  /** Requests will be read from this socket. */
  reading(socket: Socket): void {
    this.#read.add(socket)
    socket.once('close', () => this.#read.delete(socket))
  }

  /** Notes a request; the function that is given back notes that it has been answered. */
  began(request: IncomingMessage): () => void {
    const state = this.#state(request.socket)
    state.unanswered.add(request)
    state.requests++
    return () => {
      state.unanswered.delete(request)
      state.bytesBefore = request.socket.bytesRead
      if (!awaitsAnswer(state)) state.last?.()
    }
  }

  /** What was read on each connection of a request that is not there yet: of its line and headers. */
  lines(): { readonly socket: Socket; readonly bytes: number }[] {
    return [...this.#read].map((socket) => {
      const { unanswered, refused, bytesBefore } = this.#state(socket)
      return { socket, bytes: unanswered.size > 0 || refused ? 0 : socket.bytesRead - bytesBefore }
    })
  }

  /** Notes that the last request of a connection is being refused while it arrives: nothing more is to be said. */
  refusing(socket: Socket): void {
    this.#state(socket).refused = true
  }

  /** Whether a request of this connection was refused while it arrived. */
  isRefused(socket: Socket): boolean {
    return this.#state(socket).refused
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

  /** Cuts connections on which nothing was ever sent, as load balancers open them. */
  cutSilent(): void {
    for (const socket of this.#open) if (socket.bytesRead === 0) socket.destroy()
  }

  cutAll(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #state(socket: Socket): State {
    let state = this.#states.get(socket)
    if (state === undefined) {
      state = { unanswered: new Set(), requests: 0, bytesBefore: 0, refused: false, last: undefined }
      this.#states.set(socket, state)
    }
    return state
  }
}

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
