import { parentPort, workerData } from 'node:worker_threads'
import { cacheOf, openFile } from './files.ts'
import { statementsOn } from './statements.ts'
import { writesOn } from './subjects.ts'
import type { WriteReply, WriteRequest } from './writer.ts'

// The thread of threadWriter: one message for each write, undefined to end.
const database = openFile((workerData as { path: string }).path, cacheOf.writer)
let now = 0
const write = writesOn(statementsOn(database, () => now))
const port = parentPort!

port.on('message', (request: WriteRequest | undefined) => {
  if (request === undefined) {
    database.close()
    port.close()
    return
  }
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
