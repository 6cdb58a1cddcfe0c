import { canonicalQuery } from '../signature/percent.ts'
import { authorizationV3 } from '../signature/v3.ts'
import { type AccessKey, type Fresh, type Hashes, timestamp } from './sign.ts'

/** A message of a device, or a step of a message to a device, as the server sends it. */
export interface FollowedMessage {
  readonly messageId: number
  readonly productKey: string
  readonly deviceName: string
  readonly topic: string
  readonly qos: number
  /** Milliseconds since 1970 UTC. */
  readonly generateTime: number
  /** In base64. */
  readonly payload: string
  /**
   * The delivery state of a message to a device. The first step has the topic and the payload, later ones have none,
   * except that `answered` has the payload of the answer.
   */
  readonly state?: string
}

/** How long a client waits before it connects again, in milliseconds. */
export const followRetryMs = 1000

const path = '/messages'

/** A GET request that follows the messages of devices. */
export interface FollowRequest {
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Signs a request for the messages of devices by V3. Each connect needs a new one.
 * @param host as the Host header has it
 * @param parameters ProductKey, and DeviceName, IotInstanceId and Direction if wanted
 * @param lastId the id of the last message that arrived; undefined: messages from now on
 */
export function signedFollow(
  host: string,
  parameters: Readonly<Record<string, string>>,
  lastId: string | undefined,
  key: AccessKey,
  fresh: Fresh,
  hashes: Hashes,
): FollowRequest {
  const query = Object.entries(parameters)
  const headers: Record<string, string> = {
    host,
    'x-acs-action': 'sub',
    'x-acs-content-sha256': hashes.sha256(''),
    'x-acs-date': timestamp(fresh.now),
    'x-acs-signature-nonce': fresh.nonce,
    'x-acs-version': '2018-01-20',
    ...(lastId !== undefined && { 'last-event-id': lastId }),
  }
  const request = {
    method: 'GET',
    path,
    query,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    signedHeaders: Object.keys(headers).sort(),
    payloadHash: headers['x-acs-content-sha256']!,
  }
  const sha256 = { hash: hashes.sha256, hmac: hashes.hmacSha256 }
  const authorization = authorizationV3(request, key.id, key.secret, sha256)
  return {
    target: `${path}?${canonicalQuery(query)}`,
    headers: { ...headers, accept: 'application/json', authorization },
  }
}

/** Reads server-sent events with an id from pieces of a response; comments are skipped. */
export async function* eventsIn(
  pieces: AsyncIterable<string>,
): AsyncIterable<{ readonly id: string; readonly message: FollowedMessage }> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? []
      if (id !== undefined) yield { id, message: JSON.parse(data!) }
    }
  }
}
