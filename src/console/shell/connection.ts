import catalogue from '../../../docs/reference/catalogue.json'
import { type Client, type ClientOptions, createClient } from '../../client/client.ts'
import type { Operation } from '../../client/operations.ts'
import type { AccessKey } from '../../client/sign.ts'
import { hashes } from './hashes.ts'
import { fetchSender } from './sending.ts'

/** Every declared operation. */
export const operations: readonly Operation[] = catalogue

/** The API of the server that the console came from. */
export const endpoint: string = location.origin

/** How often a page asks a server that it can't reach, in milliseconds. */
export const unreachableEveryMs = 5000

/** A name that was never drawn before. */
export function randomId(): string {
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
