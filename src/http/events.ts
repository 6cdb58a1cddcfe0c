import type { IncomingMessage, ServerResponse } from 'node:http'
import { headOf } from './head.ts'
import { MemoryLease } from './memory-lease.ts'
import { admitHead, ClientGone, NotReceived, receive } from './receive.ts'
import { type Parts, type RouteOptions, tooManyFailedCalls } from './routes.ts'
import type { Problem } from './service.ts'
import { clientOf } from './source.ts'

/** Maximum number of concurrent event streams of one process. */
const streamsMax = 256
/** Interval of comments that keep the connection alive for proxies and clients. */
const aliveMs = 15_000
const noStream: Problem = { kind: 'ServiceUnavailable', retryAfterMs: 5000 }

/** Sends server-sent events until the client disconnects or the server stops. */
export async function serveEvents(
  { service, memory, connections, replies, failedCalls, trusted, streams }: Parts,
  { bodyBytesMax }: RouteOptions,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const client = clientOf(message, trusted)
  const limited =
    tooManyFailedCalls(failedCalls, client) ?? (streams.size >= streamsMax ? noStream : undefined)
  if (limited !== undefined) return replies.refuseUnread(message, response, service.refuse(limited))
  const share = new MemoryLease(memory, true)
  connections.receiving(message, share)
  const stream = new AbortController()
  streams.add(stream)
  response.once('close', () => stream.abort())
  try {
    const head = headOf(message)
    admitHead(head, share, bodyBytesMax)
    const request = await receive(message, head, share, bodyBytesMax)
    const charge = failedCalls.charge(client)
    const events = await service.follow(request, charge.cancel, stream.signal)
    share.release()
    if ('status' in events) return replies.sendCall(message, response, events)
    replies.prepareCall(message, response)
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    await write(events, response)
  } catch (error) {
    if (error instanceof ClientGone) return
    if (!(error instanceof NotReceived)) throw error
    replies.refuseUnread(message, response, service.refuse(error.problem))
  } finally {
    share.release()
    stream.abort()
    streams.delete(stream)
  }
}

/** Writes each event after the client has read the previous ones. */
async function write(events: AsyncIterable<string>, response: ServerResponse): Promise<void> {
  // Lets the client see at once that it is connected.
  response.write(': connected\n\n')
  const alive = setInterval(() => response.write(': alive\n\n'), aliveMs)
  try {
    for await (const event of events) {
      if (response.destroyed) break
      if (!response.write(event)) await drained(response)
    }
  } finally {
    clearInterval(alive)
    response.end()
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
