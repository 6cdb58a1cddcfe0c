import type { IncomingMessage } from 'node:http'
import { type Request, withRoom } from '../lib/http-message.ts'
import type { Head } from './head.ts'
import type { MemoryLease } from './memory-lease.ts'
import type { Problem } from './service.ts'

/** A request was not taken in; what was still to come of it has not been read. */
export class NotReceived extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.kind)
    this.problem = problem
  }
}
/** The client went away before its request was whole: there is nobody to answer. */
export class ClientGone extends Error {}

/** A body holds no more than that until so much of it has come: to announce 16 MB costs a client nothing. */
const firstBytes = 64 * 1024
/** A request line and headers up to here are not counted: a connection costs node about as much. */
const uncountedBytes = 64 * 1024
/** When a client that was refused for want of room should come again, in milliseconds. */
const retryAfterMs = 1000

/**
 * Sees to it that a request may be received, by what is known of it before its body.
 * @throws NotReceived for a body that is announced too large, or no room for what node holds of the request
 */
export function admitHead(
  { announced = 0, heldBytes }: Head,
  share: MemoryLease,
  bodyBytesMax: number,
): void {
  if (announced > bodyBytesMax) throw new NotReceived({ kind: 'RequestBodyTooLarge', max: bodyBytesMax })
  if (heldBytes > uncountedBytes && !share.count(heldBytes)) throw new NotReceived(noRoom)
}

/** There is no memory for a request. */
export const noRoom: Problem = { kind: 'ServiceUnavailable', retryAfterMs }

/**
 * Receives a request into one buffer, its query and then its body as the bytes arrive. Where there is no room for
 * more of them it stops reading, and waits. The buffer is the share's: whoever called gives it back.
 * @throws NotReceived where the body is too large, there was no room, or the sender stalls while others wait
 * @throws ClientGone
 */
export function receive(
  message: IncomingMessage,
  head: Head,
  share: MemoryLease,
  bodyBytesMax: number,
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
  /** So far the buffer may be filled; -1 before there is one. */
  let limit = -1
  let waiting = false
  let whole = false
  let done = false

  function stop(error: Error): void {
    if (done) return
    done = true
    message.off('data', take)
    share.end()
    reject(error)
  }

  /** In steps, so that a client pays for its buffer with bytes; 1.4 MB are copied once, the first 64 KB twice. */
  function limitFor(bodyBytes: number): number {
    const expected = announced ?? firstBytes
    if (bodyBytes <= firstBytes) return queryEnd + Math.max(bodyBytes, Math.min(expected, firstBytes))
    return queryEnd + (bodyBytes <= expected ? expected : Math.min(bodyBytesMax, 2 * bodyBytes))
  }

  /** Makes room for so many bytes of the body and more, and goes on when there is. */
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
  }

  function append(chunk: Buffer): void {
    chunk.copy(share.bytes, end)
    end += chunk.length
  }

  /** May be told while the last bytes wait for room. */
  function ended(): void {
    // Its own end is no parting.
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
