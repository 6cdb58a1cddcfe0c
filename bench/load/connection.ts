import { connect, type Socket } from 'node:net'
import type { Call } from '../calls/call.ts'
import { AnswerReader } from './answer.ts'

/** Shared by all connections: bytes are processed as soon as they are read. */
const readRoom = Buffer.alloc(256 * 1024)
/** Servers close idle connections; Node's default, the shortest, is five seconds. */
const idleMsMax = 4000

/**
 * A keep-alive connection with one call at a time. Uses bare sockets, because an HTTP client costs as much as
 * the server.
 */
class Connection {
  readonly #socket: Socket
  readonly #answer = new AnswerReader()
  #call: Call | undefined
  #answered = Promise.withResolvers<void>()
  #usedAt = performance.now()

  constructor(port: number, host: string) {
    this.#socket = connect({
      port,
      host,
      noDelay: true,
      onread: {
        buffer: readRoom,
        callback: (length, room) => {
          this.#take(room.subarray(0, length))
          return true
        },
      },
    })
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('the server closed a connection with a call on it')))
  }

  /** Whether the next call may use it. */
  get isOpen(): boolean {
    return this.#socket.writable && performance.now() - this.#usedAt < idleMsMax
  }

  /** Resolves once the call got the expected answer. */
  send(call: Call): Promise<void> {
    this.#call = call
    this.#answered = Promise.withResolvers()
    // Corked, so that the kernel gets all chunks at once.
    this.#socket.cork()
    for (const piece of call.pieces) this.#socket.write(piece)
    this.#socket.uncork()
    return this.#answered.promise
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Uint8Array): void {
    try {
      if (!this.#answer.take(chunk)) return
    } catch (error) {
      this.#fail(error as Error)
      return
    }
    const { status, body, closes } = this.#answer
    const call = this.#call
    this.#call = undefined
    this.#usedAt = performance.now()
    if (closes) this.#socket.destroy()
    if (call?.isGood(status, body)) this.#answered.resolve()
    else this.#answered.reject(new Error(`answered ${status} ${body.toString('utf8', 0, 500)}`))
  }

  #fail(error: Error): void {
    this.#socket.destroy()
    if (this.#call !== undefined) this.#answered.reject(error)
    this.#call = undefined
  }
}

/** Connections to one server, as many as concurrent calls; they live as long as one load. */
export class Connections {
  readonly #port: number
  readonly #host: string
  #idle: Connection[] = []

  /** @param url of the server */
  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.#host = hostname
    this.#port = Number(port)
  }

  /** @throws Error if the answer is not the expected one */
  async send(call: Call): Promise<void> {
    const connection = this.#take() ?? new Connection(this.#port, this.#host)
    try {
      await connection.send(call)
    } catch (error) {
      throw new Error(`http://${this.#host}:${this.#port} ${(error as Error).message}`)
    }
    this.#idle.push(connection)
  }

  close(): void {
    for (const connection of this.#idle) connection.close()
    this.#idle = []
  }

  #take(): Connection | undefined {
    // Connections take turns, as with many clients, so that all workers share the calls.
    for (let connection = this.#idle.shift(); connection !== undefined; connection = this.#idle.shift()) {
      if (connection.isOpen) return connection
      connection.close()
    }
    return undefined
  }
}
