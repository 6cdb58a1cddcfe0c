import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { actions } from '../../src/actions/index.ts'
import type { Action } from '../../src/api/action.ts'
import { headOf } from '../../src/http/head.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { answer } from '../../src/rpc/answer.ts'
import { canonicalQuery, type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { signV1 } from '../../src/signature/v1.ts'
import { authorizationV3 } from '../../src/signature/v3.ts'
import { openApiServer } from './api-server.ts'
import { hmacSha1, sha256 } from './hashes.ts'
import { credentials } from './server.ts'
import { multipart } from './wire-call.ts'

/** A request as an attacker in transit sees it and may resend it. Texts are bytes as Latin-1. */
export interface Captured {
  readonly method: string
  readonly path: string
  /** The parts of the query between '&'. */
  readonly query: readonly string[]
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export type BodyForm = 'query' | 'form' | 'json' | 'multipart'

const parameters: readonly Parameter[] = [
  ['ProductKey', credentials.productKey],
  ['DeviceName', 'lamp 1+,%'],
]
export const action = 'QueryDeviceDetail'
const timestamp = '2024-01-02T03:04:05Z'
const formType = 'application/x-www-form-urlencoded'
const host = 'localhost'

const pieces = (given: Iterable<Parameter>) =>
  [...given].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)

/** A call under V1, with its parameters in the query, in a form, or in a multipart form. */
export function capturedV1(nonce: string, where: Exclude<BodyForm, 'json'>, method = 'POST'): Captured {
  const all: Parameter[] = [
    ['Action', action],
    ['Version', '2018-01-20'],
    ['Format', 'JSON'],
    ['AccessKeyId', credentials.accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', nonce],
    ['Timestamp', timestamp],
    ...parameters,
  ]
  const signed: Parameter[] = [
    ...all,
    ['Signature', signV1(method, all, credentials.accessKeySecret, hmacSha1)],
  ]
  const type = where === 'multipart' ? 'multipart/form-data; boundary=b' : formType
  return {
    method,
    path: '/',
    query: where === 'query' ? pieces(signed) : [],
    headers: [['host', host], ...(where === 'query' ? [] : [['content-type', type] as const])],
    body: where === 'query' ? '' : where === 'form' ? pieces(signed).join('&') : multipart('b', signed),
  }
}

interface HowV3 {
  /** Additional headers, which are signed too. */
  readonly headers?: readonly (readonly [string, string])[]
  /** Whether the content type is signed, as by official clients. */
  readonly signsType?: boolean
  /** Replaces the parameters' own body. */
  readonly body?: string
}

/** A V3 call, with its parameters in the query or in any kind of body. */
export function capturedV3(nonce: string, where: BodyForm, how: HowV3 = {}): Captured {
  const query = where === 'query' ? parameters : parameters.slice(0, 1)
  const inBody = where === 'query' ? [] : parameters.slice(1)
  const [type, ownBody] = {
    query: [undefined, ''],
    form: [formType, canonicalQuery(inBody)],
    json: ['application/json', JSON.stringify(Object.fromEntries(inBody))],
    multipart: ['multipart/form-data; boundary=b', multipart('b', inBody)],
  }[where] as [string | undefined, string]
  const typeHeader = type === undefined ? [] : [['content-type', type] as const]
  const { body = ownBody } = how
  const payloadHash = createHash('sha256').update(body, 'latin1').digest('hex')
  const signed: (readonly [string, string])[] = [
    ['host', host],
    ['x-acs-action', action],
    ['x-acs-version', '2018-01-20'],
    ['x-acs-date', timestamp],
    ['x-acs-signature-nonce', nonce],
    ['x-acs-content-sha256', payloadHash],
    ...(how.signsType === false ? [] : typeHeader),
    ...(how.headers ?? []),
  ]
  const authorization = authorizationV3(
    {
      method: 'POST',
      path: '/',
      query,
      headers: new Map(signed.map(([name, value]) => [name, [value]])),
      signedHeaders: signed.map(([name]) => name).sort(),
      payloadHash,
    },
    credentials.accessKeyId,
    credentials.accessKeySecret,
    sha256,
  )
  const unsigned = how.signsType === false ? typeHeader : []
  return {
    method: 'POST',
    path: '/',
    query: pieces(query),
    headers: [...signed, ...unsigned, ['accept', 'application/json'], ['authorization', authorization]],
    body,
  }
}

/** The bytes of a request as they go over a connection. */
export function bytesOf({ method, path, query, headers, body }: Captured): Buffer {
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`
  const length = body === '' ? [] : [['content-length', String(body.length)] as const]
  const lines = [...headers, ...length, ['connection', 'close'] as const].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`, 'latin1')
}

/** The outcome of a request: the operations that ran with their parameters, and the code of a refusal. */
export interface Outcome {
  readonly ran: readonly string[]
  readonly code: string
}

/** The walk of a call behind node's parser. Operations are recorded instead of run. */
export async function openRecorder() {
  let ran: string[] = []
  const recording = actions.map((declared) => {
    const run = async (parameters: unknown) => {
      ran.push(`${declared.name} ${JSON.stringify(parameters)}`)
      throw new Error('noted, not run')
    }
    return [declared.name, { ...declared, run } as unknown as Action<Registry>] as const
  })
  const walk = await openApiServer({ actions: new Map(recording), quota: false })
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const { method, path, headers, query } = headOf(message)
    const chunks: Buffer[] = [Buffer.from(query, 'latin1')]
    for await (const chunk of message) chunks.push(chunk)
    const all = Buffer.concat(chunks)
    const bytes = Buffer.concat([all, Buffer.alloc(Math.ceil(all.length / 4) + 16)])
    const request = { method, path, headers, bytes, queryEnd: query.length, end: all.length }
    const { status, body } = await answer(walk.server, request)
    response.writeHead(status).end(body)
  }
  const server = createServer({ maxHeaderSize: 1 << 20 }, (message, response) => {
    // A truncated body is not a request.
    serve(message, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    /** Sends bytes, and nothing after them, on a new connection. */
    async send(bytes: Buffer): Promise<Outcome> {
      ran = []
      const chunks: Buffer[] = []
      await new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
        socket.on('data', (chunk: Buffer) => chunks.push(chunk))
        socket.on('error', () => {})
        socket.on('close', resolve)
      })
      const text = Buffer.concat(chunks).toString('latin1')
      const [, json, xml] = /"Code":"([^"]*)|<Code>([^<]*)/.exec(text) ?? []
      return { ran, code: json ?? xml ?? '' }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await walk.close()
    },
  }
}
