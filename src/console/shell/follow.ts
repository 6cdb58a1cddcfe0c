import { eventsIn, type FollowedMessage, followRetryMs, signedFollow } from '../../client/follow.ts'
import { type FailureAnswer, Refused, Unreachable } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { endpoint, randomId } from './connection.ts'
import { hashes } from './hashes.ts'

/** Receives the followed device's messages and the connection state. */
export interface Following {
  readonly message: (message: FollowedMessage) => void
  /** Called after each connect, and with the error after each disconnect. */
  readonly connected: (error?: Error) => void
}

/**
 * Follows device messages until the signal aborts. After a break it signs a new request and resumes after the
 * last message.
 * @param parameters ProductKey, and optionally DeviceName and IotInstanceId
 * @throws Refused if the server refuses the request
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
      for await (const { id, message } of eventsIn(textsOf(response.body!))) {
        lastId = id
        following.message(message)
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Refused && !error.isThrottling && !error.isOutcomeUnknown) throw error
      const cause = error as Error
      following.connected(error instanceof Refused ? error : new Unreachable(cause.message, false, error))
    }
    await new Promise((resolve) => setTimeout(resolve, followRetryMs))
  }
}

/** Sends a GET request signed with V3 and a new nonce. @throws Refused */
async function open(
  key: AccessKey,
  parameters: Readonly<Record<string, string>>,
  lastId: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const fresh = { nonce: randomId(), now: Date.now() }
  const request = signedFollow(new URL(endpoint).host, parameters, lastId, key, fresh, hashes)
  // fetch sets the host itself, equal to the signed one.
  const { host: _, ...headers } = request.headers
  const response = await fetch(`${endpoint}${request.target}`, {
    headers,
    credentials: 'omit',
    cache: 'no-store',
    signal,
  })
  if (response.status === 200 && response.body !== null) return response
  const text = await response.text()
  const header = (name: string) => response.headers.get(name) ?? undefined
  let answer: FailureAnswer | undefined
  try {
    answer = JSON.parse(text)
  } catch {}
  throw new Refused('sub', { status: response.status, header, text }, answer)
}

async function* textsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncIterable<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
