import { createHash, randomUUID } from 'node:crypto'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { signV1 } from '../../src/signature/v1.ts'
import { authorizationV3 } from '../../src/signature/v3.ts'
import { hmacSha1, sha256 } from './hashes.ts'
import { credentials } from './server.ts'

/** Parameters of one call, flat: DeviceList.1.DeviceName and so on. */
export type Parameters = Readonly<Record<string, string>>

export interface Signing {
  readonly id?: string
  readonly secret?: string
  readonly nonce?: string
  readonly method?: 'GET' | 'POST'
}

export const form = (parameters: Iterable<Parameter>) =>
  [...parameters].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')

/** The parameters of a V1 call with everything that its signature needs, and the signature. */
export function signedV1(parameters: Parameters, signing: Signing = {}): Parameters {
  const { id = credentials.accessKeyId, secret = credentials.accessKeySecret } = signing
  const all = {
    Version: '2018-01-20',
    Format: 'JSON',
    AccessKeyId: id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: signing.nonce ?? randomUUID(),
    Timestamp: now(),
    ...parameters,
  }
  return { ...all, Signature: signV1(signing.method ?? 'POST', Object.entries(all), secret, hmacSha1) }
}

/** The headers that sign a V3 call. The body may be any bytes: only its hash is signed. */
export function signedV3(
  url: string,
  action: string,
  call: { query?: Parameters; body?: string | Buffer; contentType?: string; path?: string } & Signing = {},
): Record<string, string> {
  const { query = {}, body = '', contentType = 'application/x-www-form-urlencoded' } = call
  const { id = credentials.accessKeyId, secret = credentials.accessKeySecret } = call
  const { method = 'POST', path = '/', nonce = randomUUID() } = call
  const payloadHash = createHash('sha256').update(body).digest('hex')
  const headers: Record<string, string> = {
    host: new URL(url).host,
    'content-type': contentType,
    'x-acs-action': action,
    'x-acs-content-sha256': payloadHash,
    'x-acs-date': now(),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': '2018-01-20',
  }
  const Authorization = authorizationV3(
    {
      method,
      path,
      query: Object.entries(query),
      headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
      signedHeaders: Object.keys(headers).sort(),
      payloadHash,
    },
    id,
    secret,
    sha256,
  )
  return { ...headers, Authorization }
}

const now = () => `${new Date().toISOString().slice(0, 19)}Z`

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The text as JSON; undefined where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever was answered.
  readonly body: any
}

export interface Sent {
  readonly method?: string
  /** With the query. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** The certificate to trust, PEM. */
  readonly ca?: string
}

/** Sends one request on a connection of its own. */
export function send(url: string, sent: Sent = {}): Promise<Reply> {
  const { method = 'POST', path = '/', headers = {}, body, ca } = sent
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, path, headers, agent: false, ...(ca && { ca }) })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: incoming.statusCode!, headers: incoming.headers, text, body: parsed(text) })
      })
    })
    outgoing.end(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Calls an action as V1 clients do, its parameters in a form body. */
export function call(
  url: string,
  action: string,
  parameters: Parameters,
  signing: Signing & Pick<Sent, 'ca'> = {},
): Promise<Reply> {
  return send(url, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form(Object.entries(signedV1({ Action: action, ...parameters }, signing))),
    ...(signing.ca && { ca: signing.ca }),
  })
}

/** DeviceList parameters of devices that are all good: light-0001 and so on. */
export function goodDevices(count: number, prefix = 'light'): Parameters {
  const parameters: Record<string, string> = {}
  for (let n = 1; n <= count; n++) {
    parameters[`DeviceList.${n}.DeviceName`] = `${prefix}-${String(n).padStart(5, '0')}`
    parameters[`DeviceList.${n}.DeviceSecret`] = `secret-${n}`
  }
  return parameters
}
