import { Refused, Unreachable } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { canonicalQuery } from '../../signature/percent.ts'
import { authorizationV3 } from '../../signature/v3.ts'
import { endpoint, randomId } from './connection.ts'
import { hashes } from './hashes.ts'

/** A message of a device, as the server sends it. */
export interface FollowedMessage {
  readonly messageId: number
  readonly topic: string
  readonly qos: number
  /** Milliseconds since 1970 UTC. */
  readonly generateTime: number
  /** In base64. */
  readonly payload: string
}

const path = '/messages'
const retryMs = 1000

/** Whom to tell what. */
export interface Following {
  readonly message: (message: FollowedMessage) => void
  /** Called after each connect, and with the error after each break. */
  readonly connected: (error?: Error) => void
}

/**
 * Follows the messages of devices until the signal aborts. After a break it signs a new request and resumes after the
 * last message.
 * @param parameters ProductKey, and DeviceName and IotInstanceId if wanted
 * @throws Refused when the server refuses the request
 */
export async function followMessages(
  accessKey: AccessKey,
  parameters: Readonly<Record<string, string>>,
  following: Following,
  signal: AbortSignal,
): Promise<void> {
  let lastId: string | undefined
  while (!signal.aborted) {
    try {
      const response = await open(accessKey, parameters, lastId, signal)
      following.connected()
      for await (const { id, data } of eventsOf(response.body!)) {
        lastId = id
        following.message(JSON.parse(data))
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Refused && !error.isThrottling && !error.isOutcomeUnknown) throw error
      const cause = error as Error
      following.connected(error instanceof Refused ? error : new Unreachable(cause.message, false, error))
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

/** A GET request signed by V3, with a nonce of its own. @throws Refused */
async function open(
  key: AccessKey,
  parameters: Readonly<Record<string, string>>,
  lastId: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const query = Object.entries(parameters)
  const sent: Record<string, string> = {
    'x-acs-action': 'sub',
    'x-acs-content-sha256': hashes.sha256(''),
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomId(),
    'x-acs-version': '2018-01-20',
    ...(lastId !== undefined && { 'last-event-id': lastId }),
  }
  // fetch sets the host itself, as it is signed here.
  const signed = { host: new URL(endpoint).host, ...sent }
  const request = {
    method: 'GET',
    path,
    query,
    headers: new Map(Object.entries(signed).map(([name, value]) => [name, [value]])),
    signedHeaders: Object.keys(signed).sort(),
    payloadHash: sent['x-acs-content-sha256']!,
  }
  const sha256 = { hash: hashes.sha256, hmac: hashes.hmacSha256 }
  const authorization = authorizationV3(request, key.id, key.secret, sha256)
  const response = await fetch(`${endpoint}${path}?${canonicalQuery(query)}`, {
    headers: { ...sent, accept: 'application/json', authorization },
    credentials: 'omit',
    cache: 'no-store',
    signal,
  })
  if (response.status === 200 && response.body !== null) return response
  const text = await response.text()
  const header = (name: string) => response.headers.get(name) ?? undefined
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {}
  throw new Refused('sub', { status: response.status, header, text }, answer)
}

/** Server-sent events with an id; comments are skipped. */
async function* eventsOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncIterable<{ readonly id: string; readonly data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += value
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? []
      if (id !== undefined) yield { id, data: data! }
    }
  }
}
