import { randomBytes } from 'node:crypto'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { rootCertificates } from 'node:tls'
import { eventsIn, type FollowedMessage, followRetryMs, signedFollow } from '../../client/follow.ts'
import { CliError } from '../cli-error.ts'
import { type EndpointOptions, endpointOf, keyOf } from '../endpoint/connect.ts'
import { hashes } from '../endpoint/send.ts'

/** The server sends data at least every 15 seconds. */
const silenceMs = 45_000

/**
 * Follows device messages until interrupted. After a break it signs a new request and resumes after the last
 * message.
 * @throws CliError if the server refuses, or is unreachable at the start
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
      for await (const { id, message } of eventsIn(response.setEncoding('utf8'))) {
        lastId = id
        yield message
      }
    } catch (error) {
      if (error instanceof CliError) throw error
      if (isFirst)
        throw new CliError('unreachable', `could not reach ${options.endpoint}: ${(error as Error).message}`)
    }
    await delay(followRetryMs)
  }
}

function open(
  options: EndpointOptions,
  parameters: Readonly<Record<string, string>>,
  lastId: string | undefined,
): Promise<IncomingMessage> {
  const origin = endpointOf(options.endpoint)
  const fresh = { nonce: randomBytes(16).toString('hex'), now: Date.now() }
  const { host } = new URL(origin)
  const { target, headers } = signedFollow(host, parameters, lastId, keyOf(options), fresh, hashes)
  const trusted = options.ownServer?.certificate
  return new Promise((resolve, reject) => {
    const send = origin.startsWith('https:') ? requestHttps : requestHttp
    const outgoing = send(
      `${origin}${target}`,
      { headers, ...(trusted && { ca: [...rootCertificates, trusted] }) },
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
