import { connect, type Socket } from 'node:net'

/** The bytes received on a connection, and how it ended. */
export interface Received {
  readonly text: string
  /** The code of the error that ended the connection; undefined where it was closed in order. */
  readonly error: string | undefined
}

const open = new Set<Connection>()

/**
 * A bare connection, for requests that no HTTP client would send. Nothing is read before `everything`
 * or `until` is asked for, as with clients that first write and then read.
 */
export class Connection {
  readonly socket: Socket
  #text = ''
  #error: string | undefined
  readonly #closed: Promise<void>

  private constructor(socket: Socket) {
    this.socket = socket
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()))
    open.add(this)
    socket.once('close', () => open.delete(this))
    socket.on('error', (error: Error & { code?: string }) => (this.#error = error.code))
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    const connection = new Connection(socket)
    await new Promise((resolve) => socket.once('connect', resolve))
    return connection
  }

  /** Writes as fast as the other side takes it; gives up when the connection is gone. */
  async write(...parts: readonly (string | Buffer)[]): Promise<void> {
    for (const part of parts) {
      if (this.socket.destroyed) return
      if (this.socket.write(part)) continue
      const drained = Promise.withResolvers<void>()
      this.socket.once('drain', drained.resolve)
      await Promise.race([drained.promise, this.#closed])
      this.socket.off('drain', drained.resolve)
    }
  }

  /** Reads until the other side closes. */
  async everything(): Promise<Received> {
    this.#read()
    await this.#within(this.#closed, 'the end of the connection')
    return { text: this.#text, error: this.#error }
  }

  /** Reads until what was received has `pattern`; gives all of it and begins anew. */
  async until(pattern: RegExp): Promise<string> {
    this.#read()
    const found = new Promise<void>((resolve) => {
      const look = () => pattern.test(this.#text) && resolve()
      this.socket.on('data', look)
      this.socket.once('close', () => resolve())
      look()
    })
    await this.#within(found, String(pattern))
    const text = this.#text
    this.#text = ''
    if (!pattern.test(text)) throw new Error(`the connection ended before ${pattern}: ${text}`)
    return text
  }

  /** Ends the connection at once, with a reset: what a client does that is killed. */
  reset(): Promise<void> {
    // A connection that is being shut down can't be reset, and would never report that it has closed.
    if (this.socket.writableEnded) this.socket.destroy()
    else this.socket.resetAndDestroy()
    return this.#closed
  }

  #read(): void {
    if (this.socket.listenerCount('data') === 0) {
      this.socket.setEncoding('latin1').on('data', (text: string) => (this.#text += text))
    }
  }

  async #within<T>(promise: Promise<T>, what: string): Promise<T> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(new Error(`waited 15 s for ${what}, got: ${this.#text}`)),
      15_000,
    )
    try {
      return await Promise.race([promise, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Resets every connection that a test left open, so that none outlives it. */
export async function resetAll(): Promise<void> {
  await Promise.all([...open].map((connection) => connection.reset()))
}

/** An answer as it stands on the wire. */
export function parseAnswer(text: string) {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const code = /(?:"Code":"|<Code>)([^"<]*)/.exec(body)?.[1]
  return { status: Number(head.split(' ')[1]), head, body, code }
}
