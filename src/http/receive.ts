import type { IncomingMessage } from 'node:http'
import { type Request, withRoom } from '../lib/http-message.ts'
import type { Head } from './head.ts'
import type { LargeRequest } from './large-requests.ts'
import type { MemoryLease } from './memory-lease.ts'
import type { Problem } from './service.ts'

/** A request was refused before it was completely received; the rest is unread. */
export class NotReceived extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.kind)
    this.problem = problem
  }
}
/** The client disconnected before its request was complete. */
export class ClientGone extends Error {}

/** Initial size of a body's buffer: announcing 16 MB costs a client nothing. */
const firstBytes = 64 * 1024
/** Request lines and headers up to this size are not counted, as a connection costs node about as much. */
const uncountedBytes = 64 * 1024
/** Retry delay for a client that is refused for lack of memory, in milliseconds. */
const retryAfterMs = 1000

/**
 * Checks by its head whether a request may be received.
 * @throws NotReceived if the announced body is too large, or there is no room for what node holds of the
 * request
 */
export function admitHead(
  { announced = 0, heldBytes }: Head,
  share: MemoryLease,
  bodyBytesMax: number,
): void {
  if (announced > bodyBytesMax) throw new NotReceived({ kind: 'RequestBodyTooLarge', max: bodyBytesMax })
  if (heldBytes > uncountedBytes && !share.count(heldBytes)) throw new NotReceived(noRoom)
}

/** There is no memory for the request. */
export const noRoom: Problem = { kind: 'ServiceUnavailable', retryAfterMs }

/**
 * Receives a request into one buffer, first the query and then the body as it arrives. If there is no room for
 * more, it pauses reading and waits. The caller releases the lease that holds the buffer. One function, because the
 * events of the message share the state of one request.
 * @param large gives the turns in which a large body is read; a small one is read as it arrives
 * @throws NotReceived if the body is too large, there was no room, or the sender stalls while other requests
 * wait
 * @throws ClientGone
 */
export function receive(
  message: IncomingMessage,
  head: Head,
  share: MemoryLease,
  bodyBytesMax: number,
  large?: LargeRequest,
): Promise<Request> {
  const { method, path, headers, query, announced } = head
  const queryEnd = query.length
  // There is no body to wait for.
  if (announced === 0 && share.grow(withRoom(queryEnd), 0)) {
    message.resume()
    const end = share.bytes.write(query, 'latin1')
    return Promise.resolve({ method, path, headers, bytes: share.bytes, queryEnd, end, room: share.room })
  }
  const { promise, resolve, reject } = Promise.withResolvers<Request>()
  let end = 0
  /** The buffer may be filled up to here; -1 if there is none yet. */
  let limit = -1
  let waiting = false
  let whole = false
  let done = false

  function stop(error: Error): void {
    if (done) return
    done = true
    message.off('data', take)
    large?.end()
    share.end()
    reject(error)
  }

  /**
   * Grows in steps, so that a client pays for its buffer with bytes; 1.4 MB are copied once, the first 64 KB
   * twice.
   */
  function limitFor(bodyBytes: number): number {
    const expected = announced ?? firstBytes
    if (bodyBytes <= firstBytes) return queryEnd + Math.max(bodyBytes, Math.min(expected, firstBytes))
    return queryEnd + (bodyBytes <= expected ? expected : Math.min(bodyBytesMax, 2 * bodyBytes))
  }

  /** Makes room for `bodyBytes` bytes or more of the body, then calls `go`. */
  function roomFor(bodyBytes: number, go: () => void): void {
    const next = limitFor(bodyBytes)
    const grown = () => {
      if (limit < 0) end = share.bytes.write(query, 'latin1')
      limit = next
      go()
    }
    if (share.grow(withRoom(next), end)) grown()
    else waitForRoom(withRoom(next), grown)
  }

  function waitForRoom(bytes: number, grown: () => void): void {
    message.pause()
    waiting = true
    share.growLater(bytes, end, (room) => {
      waiting = false
      if (!room) {
        stop(new NotReceived(noRoom))
        return
      }
      grown()
      if (whole) finish()
      else message.resume()
    })
  }

  function take(chunk: Buffer): void {
    const bodyBytes = Math.max(0, end - queryEnd) + chunk.length
    if (bodyBytes > bodyBytesMax) {
      stop(new NotReceived({ kind: 'RequestBodyTooLarge', max: bodyBytesMax }))
      return
    }
    share.arrived(chunk.length)
    if (queryEnd + bodyBytes <= limit) append(chunk)
    else roomFor(bodyBytes, () => append(chunk))
    if (!waiting && bodyBytes !== announced) waitForTurn(chunk.length)
  }

  function waitForTurn(read: number): void {
    const resume = () => {
      share.isUnread = false
      message.resume()
    }
    if (large === undefined || large.read(read, resume)) return
    share.isUnread = true
    message.pause()
  }

  function append(chunk: Buffer): void {
    chunk.copy(share.bytes, end)
    end += chunk.length
  }

  /** May be called while the last bytes wait for room. */
  function ended(): void {
    // After its end, a `close` is no disconnect.
    message.off('close', gone)
    whole = true
    if (!waiting) finish()
  }

  function finish(): void {
    if (done) return
    if (limit < 0) {
      // There was no body.
      roomFor(0, finish)
      return
    }
    done = true
    share.end()
    resolve({ method, path, headers, bytes: share.bytes, queryEnd, end, room: share.room })
  }

  const gone = () => stop(new ClientGone())
  if (message.destroyed) gone()
  else {
    share.begin((problem) => stop(new NotReceived(problem)))
    message.on('data', take)
    message.on('end', ended)
    message.on('close', gone)
    message.on('error', gone)
  }
  return promise
}
