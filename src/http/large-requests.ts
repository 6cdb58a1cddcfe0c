import type { Readable } from 'node:stream'
import { FairQueue } from './fair-queue.ts'

/**
 * A request of more bytes is large: its body is read and answered in its turns, and the service is asked for an early refusal
 * before its body is read. A smaller one is not worth these steps.
 */
export const largeBytes = 64 * 1024
/**
 * The bytes of large requests that one turn of the event loop reads or answers: about 2 ms of work. The last piece may
 * exceed it, because a request is answered as a whole.
 */
const bytesPerTurn = 1024 * 1024
/** Bytes of a body that are read before its request has to wait for another turn; Node.js reads 64 KiB at a time. */
const bytesPerRead = 256 * 1024
/** The time that large requests leave to clients that connect, as a multiple of the time that they took. */
const yieldTimes = 2

/** A step of the work on a large request. */
interface Step {
  readonly client: string
  readonly order: number
  readonly bytes: number
  readonly go: () => void
}

export interface LargeRequestsOptions {
  /** The number of connections that have been accepted so far. */
  readonly accepted: () => number
  /** Milliseconds that have passed since some moment. */
  readonly elapsed: () => number
  /** Calls a function when the present turn of the event loop has read what had arrived. */
  readonly afterReads?: (turn: () => void) => void
}

/**
 * Spreads the work on large requests over turns of the event loop, so that small requests are answered between.
 *
 * Node.js reads up to 2 MB of each connection in one turn and accepts one connection in each: with 500 clients that
 * post 4 MB a turn took up to 2 seconds, and a new connection waited for 500 turns. Here a turn works on about 1 MB of large
 * requests, those of different clients by turns and each client's oldest first, so that few of them hold memory; and
 * while connections are accepted, large requests get a third of the time.
 */
export class LargeRequests {
  readonly #options: Required<LargeRequestsOptions>
  readonly #steps = new FairQueue<Step>()
  #begun = 0
  /** Bytes left in this turn. */
  #left = bytesPerTurn
  #isScheduled = false
  #accepted = 0
  /** When the turn began that worked on large requests; undefined if the last one did not. */
  #workedSince: number | undefined
  #yieldUntil = 0

  constructor(options: LargeRequestsOptions) {
    this.#options = { afterReads: setImmediate, ...options }
  }

  /**
   * Enters a request.
   * @param isLarge whether it is known to be large; otherwise its first 64 KiB wait for nothing
   */
  begin(client: string, isLarge: boolean): LargeRequest {
    return new LargeRequest(this, client, this.#begun++, isLarge ? 0 : largeBytes)
  }

  /** Takes bytes of this turn if no step waits for them; returns false if the caller must wait. */
  take(bytes: number): boolean {
    if (this.#steps.size > 0 || this.#left <= 0) return false
    this.#left -= bytes
    this.#workedSince ??= this.#options.elapsed()
    this.#schedule()
    return true
  }

  /** @returns leaves the queue */
  wait(step: Step): () => void {
    this.#steps.add(step)
    this.#schedule()
    return () => this.#steps.remove(step)
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#options.afterReads(this.#turn)
  }

  readonly #turn = (): void => {
    this.#isScheduled = false
    const now = this.#options.elapsed()
    if (this.#workedSince !== undefined) this.#yieldUntil = now + yieldTimes * (now - this.#workedSince)
    this.#workedSince = undefined
    const accepted = this.#options.accepted()
    const someConnect = accepted !== this.#accepted
    this.#accepted = accepted
    this.#left = bytesPerTurn
    if (!someConnect || now >= this.#yieldUntil) this.#work(now)
    if (this.#steps.size > 0) this.#schedule()
  }

  #work(now: number): void {
    while (this.#left > 0) {
      const step = this.#steps.take()
      if (step === undefined) return
      this.#left -= step.bytes
      // The work that it starts ends with the next turn.
      this.#workedSince = now
      this.#schedule()
      step.go()
    }
  }
}

/** The place of one request among the large ones. */
export class LargeRequest {
  readonly #all: LargeRequests
  readonly #client: string
  readonly #order: number
  /** Bytes that may still be read. */
  #readable: number
  #leave: (() => void) | undefined

  constructor(all: LargeRequests, client: string, order: number, readable: number) {
    this.#all = all
    this.#client = client
    this.#order = order
    this.#readable = readable
  }

  /**
   * Counts bytes that were read.
   * @param resume called when more may be read, if the result is false
   * @returns whether more may be read now
   */
  read(bytes: number, resume: () => void): boolean {
    this.#readable -= bytes
    // TLS hands over what it has decrypted even when it is paused.
    if (this.#leave !== undefined) return false
    if (this.#readable > 0) return true
    const granted = () => {
      this.#readable = bytesPerRead
    }
    if (this.#all.take(bytesPerRead)) granted()
    else
      this.#wait(bytesPerRead, () => {
        granted()
        resume()
      })
    return this.#leave === undefined
  }

  /** Resolves when a request of this many bytes may be answered. */
  async answer(bytes: number): Promise<void> {
    if (bytes <= largeBytes || this.#all.take(bytes)) return
    await new Promise<void>((resolve) => this.#wait(bytes, resolve))
  }

  /** Waits for nothing more. */
  end(): void {
    this.#leave?.()
    this.#leave = undefined
  }

  #wait(bytes: number, go: () => void): void {
    this.#leave = this.#all.wait({
      client: this.#client,
      order: this.#order,
      bytes,
      go: () => {
        this.#leave = undefined
        go()
      },
    })
  }
}

/** Reads and drops what a client sends, in the turns of a large request. */
export function discard(stream: Readable, turns: LargeRequest): void {
  stream.on('data', (chunk: Buffer) => {
    if (!turns.read(chunk.length, () => stream.resume())) stream.pause()
  })
  stream.once('close', () => turns.end())
  stream.resume()
}
