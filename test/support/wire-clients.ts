import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import iotModule from '@alicloud/iot20180120'
import openApiModule from '@alicloud/openapi-client'
import coreModule from '@alicloud/openapi-core'
import PopCore from '@alicloud/pop-core'
import rpcModule from '@alicloud/rpc-client'
import { RuntimeOptions } from '@alicloud/tea-util'
import type { TextAnswer } from './api-server.ts'
import { testKey, version } from './wire-call.ts'

/** A server that gives every caller the same answer, whatever the question. */
export interface Replay {
  readonly endpoint: string
  /** The answer to every request from now on. */
  answer: TextAnswer
  close(): Promise<void>
}

export async function openReplay(): Promise<Replay> {
  const replay = { endpoint: '', answer: { status: 500, headers: {}, body: '' } as TextAnswer, close }
  const server = createServer((request, response) => {
    const { status, headers, body } = replay.answer
    request.resume().on('end', () => {
      response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  replay.endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return replay

  function close() {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    return closed
  }
}

const access = { accessKeyId: testKey.id, accessKeySecret: testKey.secret }

/** The ways in which the typed client signs; none for an action that it has no model of, or that is ours. */
export const typedSignatures = (action: string): readonly (undefined | 'v2')[] =>
  `${action}Request` in iotModule ? [undefined, 'v2'] : []

/** The typed client, by one of the two ways in which it signs; they read answers differently. */
export async function callTyped(endpoint: string, action: string, signatureAlgorithm?: 'v2') {
  const config = { ...access, endpoint, protocol: 'http', ...(signatureAlgorithm && { signatureAlgorithm }) }
  const client = new iotModule.default(new openApiModule.Config(config)) as unknown as Record<
    string,
    (request: unknown, runtime: unknown) => Promise<{ body: Record<string, unknown> }>
  >
  const models = iotModule as unknown as Record<string, new (members: object) => object>
  const method = `${action[0]!.toLowerCase()}${action.slice(1)}WithOptions`
  return client[method]!(new models[`${action}Request`]!({}), new RuntimeOptions({}))
}

export function callPopCore(endpoint: string, action: string): Promise<Record<string, unknown>> {
  // An agent of the call's own: the client's keeps its connection for the next.
  const opts = { method: 'POST', headers: { connection: 'close' } }
  return new PopCore({ ...access, endpoint: `http://${endpoint}`, apiVersion: version }).request(
    action,
    {},
    opts,
  )
}

export function callRpcClient(endpoint: string, action: string): Promise<Record<string, unknown>> {
  const config = new rpcModule.Config({ ...access, endpoint, protocol: 'http' })
  const client = new rpcModule.default(config)
  return client.doRequest(action, 'HTTP', 'POST', version, 'AK', {}, {}, new RuntimeOptions({}))
}

export async function callCore(endpoint: string, action: string): Promise<Record<string, unknown>> {
  const client = new coreModule.default(
    new coreModule.$OpenApiUtil.Config({ ...access, endpoint, protocol: 'http' }),
  )
  const parameters = {
    action,
    version,
    protocol: 'HTTP',
    method: 'POST',
    pathname: '/',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  }
  return client.callApi(
    new coreModule.$OpenApiUtil.Params(parameters),
    new coreModule.$OpenApiUtil.OpenApiRequest({}),
    new RuntimeOptions({}) as never,
  )
}
