import { actions } from '../../src/actions/index.ts'
import type { Answer, Request } from '../../src/lib/http-message.ts'
import { openStore } from '../../src/main.ts'
import { withoutDevices } from '../../src/messaging/without-devices.ts'
import { firstStart } from '../../src/registry/first-start.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { type ApiServer, answer, type CallRecord, earlyRefusal } from '../../src/rpc/answer.ts'
import type { Parameter } from '../../src/signature/percent.ts'
import { canonicalQuery } from '../../src/signature/percent.ts'
import { signV1 } from '../../src/signature/v1.ts'
import { authorizationV3, type RequestV3 } from '../../src/signature/v3.ts'
import { repeatableRandom, TestClock } from './deterministic.ts'
import { hmacSha1, sha256 } from './hashes.ts'
import { credentials } from './server.ts'
import { received } from './slots.ts'

/** The walk of a call without a socket: a store in memory, and a clock that tests set. */
export async function openApiServer(settings: Partial<ApiServer<Registry>> = {}) {
  const clock = new TestClock()
  const random = repeatableRandom()
  const store = await openStore({ folder: undefined, masterKey: undefined }, { clock, random })
  await firstStart(store.registry, credentials, random, () => {})
  const records: CallRecord[] = []
  const server: ApiServer<Registry> = {
    actions: new Map(actions.map((action) => [action.name, action])),
    registry: store.registry,
    messaging: withoutDevices,
    clock,
    random,
    clockSkewMs: 15 * 60_000,
    quota: true,
    fixedQuotas: false,
    listOverflow: 'documented',
    failureStatus: 'documented',
    observe: (call) => records.push(call),
    ...settings,
  }
  return {
    server,
    clock,
    records,
    ...store,
    ask: async (request: Request) => inText(await answer(server, received(request))),
    /** Checks the head before the body is read. */
    precheck: (request: Request) => earlyRefusal(server, { ...received(request), end: request.queryEnd }),
  }
}

/** An answer with its body as text. */
export interface TextAnswer extends Answer {
  readonly body: string
}

export const inText = (answered: Answer): TextAnswer => ({ ...answered, body: String(answered.body) })

/** Builds a request like the listener's, except for the placement of its bytes. */
export function requestOf(
  method: string,
  query: string,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): Request {
  const bytes = Buffer.concat([Buffer.from(query, 'latin1'), Buffer.from(body)])
  const named = Object.entries({ host: 'localhost', ...headers }).map(
    ([name, value]) => [name, [value]] as const,
  )
  return { method, path: '/', headers: new Map(named), bytes, queryEnd: query.length, end: bytes.length }
}

let nonces = 0

/** The common parameters of a V1 call at the test clock's time, with a new nonce. */
export const commonV1 = (action: string): Record<string, string> => ({
  Action: action,
  Version: '2018-01-20',
  Format: 'JSON',
  AccessKeyId: credentials.accessKeyId,
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  SignatureNonce: `nonce-${++nonces}`,
  Timestamp: '2024-01-02T03:04:05Z',
})

/** A signed V1 call, its parameters in a form body or in the query. */
export function signedV1(
  parameters: Readonly<Record<string, string>>,
  { method = 'POST', secret = credentials.accessKeySecret as string } = {},
): Request {
  const pairs: Parameter[] = Object.entries(parameters)
  const signed = canonicalQuery([...pairs, ['Signature', signV1(method, pairs, secret, hmacSha1)]])
  return method === 'POST' ? requestOf(method, '', signed) : requestOf(method, signed)
}

/** A signed V3 call, with its parameters in the query and `body` unchanged. */
export function signedV3(
  action: string,
  parameters: Readonly<Record<string, string>>,
  { body = '', headers = {} as Record<string, string>, secret = credentials.accessKeySecret as string } = {},
): Request {
  const payloadHash = sha256.hash(body)
  const query: Parameter[] = Object.entries(parameters)
  const sent: Record<string, string> = {
    host: 'localhost',
    'x-acs-action': action,
    'x-acs-version': '2018-01-20',
    'x-acs-date': '2024-01-02T03:04:05Z',
    'x-acs-signature-nonce': `nonce-${++nonces}`,
    'x-acs-content-sha256': payloadHash,
    ...headers,
  }
  const request: RequestV3 = {
    method: 'POST',
    path: '/',
    query,
    headers: new Map(Object.entries(sent).map(([name, value]) => [name, [value]])),
    signedHeaders: Object.keys(sent).sort(),
    payloadHash,
  }
  const authorization = authorizationV3(request, credentials.accessKeyId, secret, sha256)
  return requestOf('POST', canonicalQuery(query), body, { ...sent, authorization })
}
