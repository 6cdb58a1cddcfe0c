import { randomBytes } from 'node:crypto'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { canonicalQuery } from '../../signature/percent.ts'
import { authorizationV3 } from '../../signature/v3.ts'
import { CliError } from '../cli-error.ts'
import { type EndpointOptions, endpointOf, keyOf } from '../endpoint/connect.ts'
import { hashes } from '../endpoint/send.ts'

/** A message of a device, as the server sends it. */
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
}

const path = '/messages'
const retryMs = 1000
/** The server sends something every 15 seconds. */
const silenceMs = 45_000

/**
 * Follows the messages of devices until it is interrupted. After a break it signs anew and goes on where it was.
 * @throws CliError when the server refuses it, or can't be reached at first
 */
export async function* followMessages(
  options: EndpointOptions,
  parameters: Readonly<Record<string, string>>,
  connected: () => void = () => {},
): AsyncIterable<FollowedMessage> {
  let lastId: string | undefined
  let isFirst = true
  for (;;) {
    try {
      const response = await open(options, parameters, lastId)
      if (!isStream(response)) throw new CliError('usage', await refusalOf(response))
      isFirst = false
      connected()
      for await (const { id, data } of eventsOf(response)) {
        lastId = id
        yield JSON.parse(data)
      }
    } catch (error) {
      if (error instanceof CliError) throw error
      if (isFirst)
        throw new CliError('unreachable', `could not reach ${options.endpoint}: ${(error as Error).message}`)
    }
    await delay(retryMs)
  }
}

/** A request signed by V3, with a nonce of its own. */
function open(
  options: EndpointOptions,
  parameters: Readonly<Record<string, string>>,
  lastId: string | undefined,
): Promise<IncomingMessage> {
  const origin = endpointOf(options.endpoint)
  const query = Object.entries(parameters)
  const key = keyOf(options)
  const headers: Record<string, string> = {
    host: new URL(origin).host,
    'x-acs-action': 'sub',
    'x-acs-content-sha256': hashes.sha256(''),
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomBytes(16).toString('hex'),
    'x-acs-version': '2018-01-20',
    ...(lastId !== undefined && { 'last-event-id': lastId }),
  }
  const signed = {
    method: 'GET',
    path,
    query,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    signedHeaders: Object.keys(headers).sort(),
    payloadHash: headers['x-acs-content-sha256']!,
  }
  const authorization = authorizationV3(signed, key.id, key.secret, {
    hash: hashes.sha256,
    hmac: hashes.hmacSha256,
  })
  const trusted = options.ownServer?.certificate
  return new Promise((resolve, reject) => {
    const send = origin.startsWith('https:') ? requestHttps : requestHttp
    const outgoing = send(
      `${origin}${path}?${canonicalQuery(query)}`,
      { headers: { ...headers, authorization }, ...(trusted && { ca: [...rootCertificates, trusted] }) },
      resolve,
    )
    outgoing.setTimeout(silenceMs, () => outgoing.destroy(new Error('the server is silent')))
    outgoing.on('error', reject)
    outgoing.end()
  })
}

const isStream = ({ statusCode, headers }: IncomingMessage) =>
  statusCode === 200 && headers['content-type']?.startsWith('text/event-stream') === true

async function refusalOf(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  try {
    const { Code, Message } = JSON.parse(text)
    return `${Code}: ${Message}`
  } catch {
    return `HTTP status ${response.statusCode}; it may be no Rollcall, or an older one`
  }
}

/** Server-sent events with an id; comments are skipped. */
async function* eventsOf(
  response: IncomingMessage,
): AsyncIterable<{ readonly id: string; readonly data: string }> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? []
      if (id !== undefined) yield { id, data: data! }
    }
  }
}
