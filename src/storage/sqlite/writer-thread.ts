import { parentPort, workerData } from 'node:worker_threads'
import { cacheOf, openFile } from './files.ts'
import { extendLease } from './nodes.ts'
import { statementsOn } from './statements.ts'
import { writesOn } from './subjects.ts'
import type { KeptLease, ThreadMessage, WriteReply } from './writer.ts'

/** How often a lease is renewed, in milliseconds; as often as the node itself does. */
const renewEveryMs = 3000

// The thread of threadWriter: one message for each write, or a lease to renew; undefined to end.
const database = openFile((workerData as { path: string }).path, cacheOf.writer)
let now = 0
const statements = statementsOn(database, () => now)
const write = writesOn(statements)
const port = parentPort!

/**
 * A node that handles a hundred thousand connections in one turn of its event loop can't renew its lease meanwhile.
 * Time is counted from the node's own, since a test's clock is not the system's.
 */
function keepLease({ node, until, leaseMs }: KeptLease): void {
  const begun = performance.now()
  const timer = setInterval(() => {
    const passed = Math.round(performance.now() - begun)
    try {
      if (!extendLease(statements, node, until + passed, until - leaseMs + passed)) clearInterval(timer)
    } catch {
      // The file is locked or away; it is tried again.
    }
  }, renewEveryMs).unref()
}

port.on('message', (request: ThreadMessage) => {
  if (request === undefined) {
    database.close()
    port.close()
    return
  }
  if ('leaseMs' in request) return keepLease(request)
  let reply: WriteReply
  try {
    now = request.now
    reply = { id: request.id, result: write(request.subject, request.method, request.values) }
  } catch (error) {
    const { message } = error as Error
    reply = { id: request.id, error: { name: (error as Error).constructor.name, message } }
  }
  port.postMessage(reply)
})
