import catalogue from '../../../docs/reference/catalogue.json'
import { type Client, type ClientOptions, makeClient, type Send } from '../../client/client.ts'
import type { Operation } from '../../client/operations.ts'
import { Unreachable } from '../../client/outcome.ts'
import type { AccessKey } from '../../client/sign.ts'
import { hashes } from './hashes.ts'

/** Every declared operation. */
export const operations: readonly Operation[] = catalogue

/** The API of the server that the console came from. */
export const endpoint: string = location.origin

/**
 * Sends by fetch.
 * @param hurry ends a call at once
 */
export function fetchSender(hurry?: AbortSignal): Send {
  return async ({ url, headers, body }) => {
    // fetch sets these two itself, and the first of them is signed as it will be.
    const { host: _, ...sendable } = headers
    let response: Response
    let text: string
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: sendable,
        body: body as Uint8Array<ArrayBuffer>,
        credentials: 'omit',
        cache: 'no-store',
        ...(hurry && { signal: hurry }),
      })
      text = await response.text()
    } catch (error) {
      if (hurry?.aborted) throw error
      // A browser does not tell whether a byte of the request has left.
      throw new Unreachable(`${new URL(url).host}: ${(error as Error).message}`, true, error)
    }
    return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, text }
  }
}

/** Sends for a session. Whoever waits for an answer when it ends waits for ever: it is nobody's business any more. */
export function sendUntil(ended: AbortSignal): Send {
  const send = fetchSender()
  const ifGoing = () => (ended.aborted ? new Promise<never>(() => {}) : undefined)
  return async (request) => {
    await ifGoing()
    try {
      return await send(request)
    } finally {
      await ifGoing()
    }
  }
}

/** A name that was never drawn before. */
export function drawNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A client for a page, or for a worker that was given the key. */
export function connect(
  accessKey: AccessKey,
  more: Partial<
    Pick<ClientOptions, 'tries' | 'patienceMs' | 'onThrottled' | 'send' | 'signature' | 'wait'>
  > = {},
): Client {
  return makeClient({
    endpoint,
    accessKey,
    signature: 'v3',
    operations,
    send: fetchSender(),
    hashes,
    clock: { now: Date.now },
    nonce: drawNonce,
    random: Math.random,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    ...more,
  })
}
