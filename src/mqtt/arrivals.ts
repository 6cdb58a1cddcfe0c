import type { Socket } from 'node:net'

/** Connections that are read for the first time in one turn of the event loop that accepted none. */
const perQuietTurn = 32
/** Turns that accept a connection, for one that is read for the first time. */
const turnsForOne = 4

/**
 * Connections that are accepted and not read yet. When many devices come at once, accepting goes first: it takes a
 * tenth of what a sign-in does, and the system refuses what does not fit into its queue of 4096, so that a device
 * tries again after 1, 3, 7, 15 and 31 seconds. Reading a few at a time also keeps the turns of the event loop short.
 */
export class Arrivals {
  readonly #read: (socket: Socket) => void
  #waiting: Socket[] = []
  /** The first of `#waiting` that is not read yet. */
  #next = 0
  /** Connections accepted in this turn. */
  #accepted = 0
  /** Turns since a connection was read while others were accepted. */
  #turns = 0
  #isScheduled = false
  #isClosed = false

  /** @param read begins to read a connection */
  constructor(read: (socket: Socket) => void) {
    this.#read = read
  }

  /** @param socket paused since it was accepted */
  add(socket: Socket): void {
    if (this.#isClosed) {
      socket.destroy()
      return
    }
    this.#accepted++
    if (this.#isScheduled) this.#waiting.push(socket)
    else {
      this.#read(socket)
      this.#schedule()
    }
  }

  /** Ends the connections that wait. */
  close(): void {
    this.#isClosed = true
    for (const socket of this.#waiting.splice(this.#next)) socket.destroy()
  }

  #schedule(): void {
    this.#isScheduled = true
    setImmediate(this.#turn)
  }

  readonly #turn = (): void => {
    this.#isScheduled = false
    const isBusy = this.#accepted > 0
    let count = perQuietTurn
    if (isBusy) {
      this.#turns = (this.#turns + 1) % turnsForOne
      count = this.#turns === 0 ? 1 : 0
    }
    this.#accepted = 0
    for (; count > 0 && this.#next < this.#waiting.length; count--) this.#read(this.#waiting[this.#next++]!)
    if (this.#next === this.#waiting.length) {
      this.#waiting = []
      this.#next = 0
      // The system accepts one connection a turn: the next turn shows whether more are coming.
      if (isBusy) this.#schedule()
    } else this.#schedule()
  }
}
