import * as openApi from '@alicloud/openapi-client'
import * as openApiCore from '@alicloud/openapi-core'
import PopCore from '@alicloud/pop-core'
import * as rpc from '@alicloud/rpc-client'
import { RuntimeOptions } from '@alicloud/tea-util'
import type { Access } from './sdk-target.ts'
import { configOf, timeouts, typedClient } from './sdk-typed.ts'

type Parameters = Readonly<Record<string, unknown>>

/** An answer as the SDK read it from JSON, before any model drops what it doesn't know. */
type Body = Readonly<Record<string, unknown>>

type Call = (action: string, parameters: Parameters) => Promise<Body>

/** One way in which an official SDK puts a call on the wire; the SDK is as published, but for the endpoint. */
interface OfficialClient {
  readonly name: string
  connect(access: Access): Call
  /** The error that the SDK raises for a code with an HTTP status of 400 or more. */
  raised(code: string, status: number): object
  /** Whether a code answered with status 200 is raised too. */
  readonly raisesFailures: boolean
}

const version = '2018-01-20'

/** The arguments that every operation of the generated SDK passes to its core. */
const operation = (action: string, itsVersion = version) => ({
  action,
  version: itsVersion,
  protocol: 'HTTPS',
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
})

const flat = (parameters: object) => openApiCore.OpenApiUtil.query(parameters)

/** The part of a request in which an SDK sends the parameters of a call. */
type Placing = (parameters: Parameters) => { query: object; body?: object }

/** Parameters as the newer generated SDKs place them: the list in the form body, the rest in the query string. */
const split: Placing = ({ DeviceList, ...query }) => {
  return { query: flat(query), ...(DeviceList !== undefined && { body: flat({ DeviceList }) }) }
}

const inQuery: Placing = (parameters) => ({ query: flat(parameters) })

function openApiClient(name: string, place: Placing, signatureAlgorithm?: 'v2'): OfficialClient {
  return {
    name,
    connect(access) {
      const client = typedClient(access, signatureAlgorithm)
      return async (action, parameters) => {
        const request = new openApi.OpenApiRequest(place(parameters))
        const { body } = await client.callApi(
          new openApi.Params(operation(action)),
          request,
          new RuntimeOptions({}),
        )
        return body
      }
    },
    raised: (code, statusCode) => ({ code, statusCode, message: startOf(`${code}: code: ${statusCode}, `) }),
    raisesFailures: false,
  }
}

function popCore(method: 'GET' | 'POST'): OfficialClient {
  return {
    name: `pop-core, ${method}`,
    connect({ endpoint, accessKeyId, accessKeySecret }) {
      const client = new PopCore({
        endpoint: endpoint.origin,
        apiVersion: version,
        accessKeyId,
        accessKeySecret,
        opts: { timeout: timeouts.readTimeout },
      })
      // The parsed objects have no prototype; those of the clone have one, as with every other client.
      return async (action, parameters) =>
        structuredClone(await client.request<Body>(action, parameters, { method }))
    },
    raised: (code) => ({ code, name: `${code}Error` }),
    // It looks at the code in the body and never at the status.
    raisesFailures: true,
  }
}

function rpcClient(name: string, place: (parameters: Parameters) => Parameters[]): OfficialClient {
  return {
    name,
    connect(access) {
      const config = configOf(access)
      const client = new rpc.default.default(new rpc.Config(config))
      const runtime = new RuntimeOptions({})
      return (action, parameters) => {
        const [query = {}, body] = place(parameters)
        // Its declaration wants a body; calls without one are made with undefined, as its own code allows.
        const sent = body as Parameters
        return client.doRequest(action, config.protocol, 'POST', version, 'AK', query, sent, runtime)
      }
    },
    raised: (code, status) => ({ code: `${code}Error`, message: startOf(`${code}Error: code: ${status}, `) }),
    raisesFailures: false,
  }
}

function coreClient(name: string, place: Placing): OfficialClient {
  return {
    name,
    connect: (access) => openApiCoreCall(access, place),
    raised: (code, statusCode) => ({
      code,
      statusCode,
      name: code.startsWith('Throttling') ? 'ThrottlingError' : 'ClientError',
    }),
    raisesFailures: false,
  }
}

/**
 * @param config what openapi-core is to know beside endpoint and key
 * @param itsVersion of the operations that are called
 */
export function openApiCoreCall(
  access: Access,
  place: Placing = inQuery,
  config: object = {},
  itsVersion = version,
): Call {
  const { $OpenApiUtil, default: module } = openApiCore
  const client = new module.default(new $OpenApiUtil.Config({ ...configOf(access), ...config }))
  return async (action, parameters) => {
    const request = new $OpenApiUtil.OpenApiRequest(place(parameters))
    const { body } = await client.callApi(
      new $OpenApiUtil.Params(operation(action, itsVersion)),
      request,
      {} as never,
    )
    return body
  }
}

export const clients: readonly OfficialClient[] = [
  openApiClient('iot20180120, the list in the query string, ACS3-HMAC-SHA256', inQuery),
  openApiClient('iot20180120, the list in the query string, signature V1', inQuery, 'v2'),
  openApiClient('iot20180120, the list in the form body, ACS3-HMAC-SHA256', split),
  openApiClient('iot20180120, the list in the form body, signature V1', split, 'v2'),
  popCore('GET'),
  popCore('POST'),
  rpcClient('rpc-client, everything in the query string', (parameters) => [parameters]),
  rpcClient('rpc-client, everything in the form body', (parameters) => [{}, parameters]),
  coreClient('openapi-core, everything in the query string', inQuery),
  coreClient('openapi-core, the list in the form body', split),
]

const startOf = (text: string) => new RegExp(`^${text.replaceAll('.', '\\.')}`)
