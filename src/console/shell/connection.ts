import catalogue from '../../../docs/reference/catalogue.json'
import { type Client, type ClientOptions, createClient } from '../../client/client.ts'
import type { Operation } from '../../client/operations.ts'
import type { AccessKey } from '../../client/sign.ts'
import { hashes } from './hashes.ts'
import { fetchSender } from './sending.ts'

/** Every declared operation. */
export const operations: readonly Operation[] = catalogue

/** The API of the server that delivered the console. */
export const endpoint: string = location.origin

/** Interval at which a page retries an unreachable server, in milliseconds. */
export const unreachableEveryMs = 5000

/** Returns a random unique name. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Creates a client for a page, or for a worker that has received the key. */
export function connect(
  accessKey: AccessKey,
  more: Partial<
    Pick<ClientOptions, 'tries' | 'patienceMs' | 'onThrottled' | 'send' | 'signature' | 'wait'>
  > = {},
): Client {
  return createClient({
    endpoint,
    accessKey,
    signature: 'v3',
    operations,
    send: fetchSender(),
    hashes,
    clock: { now: Date.now },
    nonce: randomId,
    random: Math.random,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    ...more,
  })
}
