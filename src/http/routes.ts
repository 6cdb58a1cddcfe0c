import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkHead } from './check-head.ts'
import { type Connections, hasBody } from './connections.ts'
import { serveEvents } from './events.ts'
import { countedForSize, type FailedCalls } from './failed-calls.ts'
import type { Site } from './files.ts'
import { beginningOf, headOf } from './head.ts'
import { type LargeRequests, largeBytes } from './large-requests.ts'
import type { Memory } from './memory.ts'
import { MemoryLease } from './memory-lease.ts'
import { isLocalHost } from './metrics-access.ts'
import { admitHead, ClientGone, NotReceived, receive } from './receive.ts'
import type { Replies } from './replies.ts'
import type { Problem, Service } from './service.ts'
import { clientOf, isLoopback, type TrustedProxies } from './source.ts'

export interface RouteOptions {
  /** The configured listen address. */
  readonly host: string
  readonly requestLineBytesMax: number
  readonly headerBytesMax: number
  readonly bodyBytesMax: number
  readonly metricsForAnyone: boolean
  /** Whether the port serves only health and metrics, no calls. */
  readonly withoutCalls?: boolean
  /** Web pages served besides the service; browsers that open the root are redirected there. */
  readonly site?: Site
}

/** The parts that serve a request. */
export interface Parts {
  readonly service: Service
  readonly memory: Memory
  readonly connections: Connections
  readonly replies: Replies
  readonly failedCalls: FailedCalls
  readonly large: LargeRequests
  readonly trusted: TrustedProxies
  readonly healthy: () => Promise<boolean>
  /** Open event streams; aborted when the server stops. */
  readonly streams: Set<AbortController>
}

/** Bytes of the query examined for a call that is not read. */
const glanceBytes = 4096

const plainText = { 'Content-Type': 'text/plain' }

/**
 * Serves one request: health, metrics, web pages, preflights, and calls.
 * @param proceed sends 100 Continue to a waiting client
 */
export async function serve(
  parts: Parts,
  options: RouteOptions,
  message: IncomingMessage,
  response: ServerResponse,
  proceed: () => void,
): Promise<void> {
  const { replies, connections } = parts
  // Nothing follows the refusal that ends a connection, although more requests may have been read with the
  // refused one.
  if (connections.isRefused(message.socket)) return
  const problem = checkHead(message, options)
  if (problem !== undefined) return refuseHead(parts, message, response, problem)
  if (hasBody(message)) return serveCall(parts, options, message, response, proceed)
  if (message.method === 'OPTIONS') return replies.sendOptions(message, response)
  if (message.method === 'GET' || message.method === 'HEAD') {
    const { url = '/', headers } = message
    if (url === '/healthz') return serveHealth(parts, response)
    if (url === '/metrics') return serveMetrics(parts, options, message, response)
    const { site } = options
    if (site?.has(url)) return serveSite(parts, site, message, response)
    if (/^\/messages(?:\?|$)/.test(url)) return serveEvents(parts, options, message, response)
    if (site !== undefined && url === '/' && headers.accept?.includes('text/html'))
      return replies.send(response, { status: 302, headers: { Location: site.prefix }, body: '' })
  }
  return serveCall(parts, options, message, response, proceed)
}

const noCalls = {
  status: 404,
  headers: plainText,
  body: 'This node serves no API calls: it was started with --api off.\n',
}

async function serveCall(
  { service, memory, connections, replies, failedCalls, large, trusted }: Parts,
  { bodyBytesMax, withoutCalls = false }: RouteOptions,
  message: IncomingMessage,
  response: ServerResponse,
  proceed: () => void,
): Promise<void> {
  if (withoutCalls) return replies.refuseUnread(message, response, noCalls)
  const client = clientOf(message, trusted)
  const limited = tooManyFailedCalls(failedCalls, client)
  if (limited !== undefined) return refuse(limited)
  const head = headOf(message)
  const { announced = Number.POSITIVE_INFINITY, query } = head
  const isSmall = announced + query.length <= largeBytes
  const share = new MemoryLease(memory, isSmall)
  const turns = isSmall ? undefined : large.begin(client, head.announced !== undefined)
  connections.receiving(message, share)
  try {
    admitHead(head, share, bodyBytesMax)
    if (announced > largeBytes) {
      const charge = failedCalls.charge(client)
      const no = await service.precheck(beginningOf(head))
      if (no === undefined || no.status >= 500) charge.cancel()
      if (no !== undefined) return replies.refuseUnread(message, response, no)
    }
    proceed()
    const request = await receive(message, head, share, bodyBytesMax, turns)
    await turns?.answer(request.end)
    // Other calls of the client may have failed while this one arrived.
    const late = tooManyFailedCalls(failedCalls, client)
    if (late !== undefined) return refuse(late)
    const charge = failedCalls.charge(client)
    let isVerified = false
    const onVerified = () => {
      isVerified = true
      charge.cancel()
    }
    const answer = await service.answer(request, onVerified, () => share.release())
    if (answer.status >= 500) charge.cancel()
    // Charged only here, so that large, correctly signed calls of one client don't block each other.
    else if (!isVerified) failedCalls.charge(client, countedForSize(request.end))
    replies.sendCall(message, response, answer)
  } catch (error) {
    if (error instanceof ClientGone) return
    if (!(error instanceof NotReceived)) throw error
    if (error.problem.kind !== 'ServiceUnavailable') failedCalls.charge(client)
    refuse(error.problem)
  } finally {
    turns?.end()
    share.release()
  }

  function refuse(problem: Problem): void {
    if (problem.kind === 'TooManyFailedCalls') service.limited(client)
    replies.refuseUnread(
      message,
      response,
      service.refuse(problem, beginningOf(headOf(message), glanceBytes)),
    )
  }
}

/** Returns the refusal of a call whose client has too many failed calls; undefined if it may be read. */
export function tooManyFailedCalls(failedCalls: FailedCalls, client: string): Problem | undefined {
  const waitMs = failedCalls.waitMs(client)
  return waitMs > 0 ? { kind: 'TooManyFailedCalls', retryAfterMs: Math.ceil(waitMs) } : undefined
}

/** Refuses malformed requests, whatever they ask for. */
function refuseHead(
  { service, replies, failedCalls, trusted }: Parts,
  message: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
): void {
  const client = clientOf(message, trusted)
  const limited = tooManyFailedCalls(failedCalls, client)
  if (limited === undefined) failedCalls.charge(client)
  else service.limited(client)
  const beginning = beginningOf(headOf(message), glanceBytes)
  replies.refuseUnread(message, response, service.refuse(limited ?? problem, beginning))
}

async function serveHealth({ replies, healthy }: Parts, response: ServerResponse): Promise<void> {
  const able = await healthy()
  const { draining } = replies
  const body = draining ? 'draining\n' : able ? 'ok\n' : 'not able to serve\n'
  replies.send(response, { status: able && !draining ? 200 : 503, headers: plainText, body })
}

async function serveMetrics(
  { service, replies, trusted }: Parts,
  { host, metricsForAnyone }: RouteOptions,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const mayRead =
    metricsForAnyone || (isLoopback(clientOf(message, trusted)) && isLocalHost(message.headers.host, host))
  if (!mayRead) {
    const body = 'metrics are served to this machine only, as localhost or its address; see --metrics\n'
    return replies.send(response, { status: 403, headers: plainText, body })
  }
  const { contentType, text } = await service.metrics()
  replies.send(response, { status: 200, headers: { 'Content-Type': contentType }, body: text })
}

async function serveSite(
  { replies }: Parts,
  site: Site,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  replies.prepare(response)
  try {
    await site.serve(message, response)
  } catch (error) {
    // Browsers disconnect in the middle of a file; that is no bug.
    if (!message.socket.destroyed) throw error
  }
}
