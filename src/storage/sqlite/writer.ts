import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../../lib/clock.ts'
import { Conflict, Duplicate, NotFound, StaleMasterKey, Unavailable } from '../storage.ts'
import type { Statements } from './statements.ts'
import { type RunWrite, type SubjectName, writesOn } from './subjects.ts'

/** Runs writes of roll.db one after the other. */
export interface Writer {
  run(...write: Parameters<RunWrite>): Promise<unknown>
  /** Renews a node's lease from now on, also while the thread that calls this is busy; until the lease is ended. */
  keepLease(lease: KeptLease): void
  close(): Promise<void>
}

/** Writes on the caller's own connection, for a store in memory that no second connection can open. */
export function inlineWriter(statements: Statements): Writer {
  const write = writesOn(statements)
  return {
    run: async (...values) => write(...values),
    // The node itself renews it; there is no other thread.
    keepLease: () => {},
    close: async () => {},
  }
}

/** A lease that the writing thread renews. */
export interface KeptLease {
  readonly node: number
  /** By the clock of the thread that joined, in milliseconds since 1970 UTC. */
  readonly until: number
  readonly leaseMs: number
}

export type ThreadMessage = WriteRequest | KeptLease | undefined

export interface WriteRequest {
  readonly id: number
  readonly subject: SubjectName
  readonly method: string
  readonly values: readonly unknown[]
  /** The time of the write: the thread has no clock of its own, so that tests can pass theirs. */
  readonly now: number
}
export type WriteReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } }

/** An import's 40,000 texts live as long as it does, which the small heap for answers has no room for. */
const maxYoungGenerationSizeMb = 48

/**
 * Writes on a thread of their own: an import of 10,000 devices takes 20 to 400 ms, for which no other call waits. If
 * the thread ends unexpectedly, the next write starts another.
 */
export function threadWriter(path: string, clock: Clock): Writer {
  // The thread's file ends as this one does: .ts in a clone, .js in the published package.
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
  const file = fileURLToPath(new URL(`writer-thread${extension}`, import.meta.url))
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let thread: Worker | undefined
  let closed = false

  function begin(): Worker {
    const begun = new Worker(file, { workerData: { path }, resourceLimits: { maxYoungGenerationSizeMb } })
    begun.on('message', (reply: WriteReply) => {
      const { resolve, reject } = waiting.get(reply.id)!
      waiting.delete(reply.id)
      if ('error' in reply) reject(revived(reply.error))
      else resolve(reply.result)
      if (waiting.size === 0) begun.unref()
    })
    const end = (error?: Error) => {
      if (thread !== begun) return
      thread = undefined
      const reason = error === undefined ? '' : `: ${error.message}`
      const ended = new Unavailable(`the writing thread ended${reason}`)
      for (const { reject } of waiting.values()) reject(ended)
      waiting.clear()
    }
    begun.on('error', end)
    begun.on('exit', () => end())
    begun.unref()
    return begun
  }

  return {
    run: (subject, method, values) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Unavailable('the store is closed'))
        thread ??= begin()
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        thread.ref()
        thread.postMessage({ id, subject, method, values, now: clock.now() } satisfies WriteRequest)
      }),
    keepLease: (lease) => thread?.postMessage(lease satisfies ThreadMessage),
    close: async () => {
      closed = true
      if (thread === undefined) return
      const exited = new Promise((resolve) => thread!.once('exit', resolve))
      thread.ref()
      thread.postMessage(undefined)
      await exited
    },
  }
}

/** Errors lose their class between threads; the port's own get it back. */
function revived({ name, message }: { name: string; message: string }): Error {
  const known = [Duplicate, NotFound, Conflict, Unavailable, StaleMasterKey].find(
    (error) => error.name === name,
  )
  return new (known ?? Error)(message)
}
