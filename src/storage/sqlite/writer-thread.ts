import { parentPort, workerData } from 'node:worker_threads'
import { cacheOf, openFile } from './files.ts'
import { statementsOn } from './statements.ts'
import type { WriteReply, WriteRequest } from './writer.ts'
import { writesOn } from './writes.ts'

// The thread of threadWriter: one message a write, an undefined one to end.
const database = openFile((workerData as { path: string }).path, cacheOf.writer)
const writes = writesOn(statementsOn(database)) as Record<string, (...values: unknown[]) => unknown>
const port = parentPort!

port.on('message', (request: WriteRequest | undefined) => {
  if (request === undefined) {
    database.close()
    port.close()
    return
  }
  let reply: WriteReply
  try {
    reply = { id: request.id, result: writes[request.name]!(...request.values) }
  } catch (error) {
    const { message } = error as Error
    reply = { id: request.id, error: { name: (error as Error).constructor.name, message } }
  }
  port.postMessage(reply)
})
