/** Form bodies, each with a new nonce, Timestamp and V1 signature. */
import { createHash, createHmac, type Hash } from 'node:crypto'
import { type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { keyV1, stringToSignV1 } from '../../src/signature/v1.ts'
import { caller, type Device } from '../workload.ts'
import { freshNonce, timestamp } from './fresh.ts'

/** A form body in two parts: a few new characters, and the list shared by all calls with it. */
export interface SignedBody {
  readonly head: string
  readonly list: Buffer
}

/** The decoded new values of a call. */
export interface Fresh {
  readonly nonce: string
  readonly time: string
  readonly signature: string
}

/** A small call, signed when it is sent. */
export function signedCall(action: string, parameters: Readonly<Record<string, string>>): SignedBody {
  const signed: Parameter[] = [
    ...Object.entries(parameters),
    ...commonParameters(action),
    ['SignatureNonce', freshNonce()],
    ['Timestamp', timestamp()],
  ]
  const key = keyV1(caller.accessKeySecret)
  const signature = createHmac('sha1', key).update(stringToSignV1('POST', signed)).digest('base64')
  return { head: form([...signed, ['Signature', signature]]), list: Buffer.alloc(0) }
}

/** A call with a list, signed when it is sent. */
export const signedList = (action: string, devices: readonly Device[]): SignedBody =>
  listSigner(action, devices)()

/** An endless sequence of signed checks, alternating between the lists. */
export function signedChecks(lists: readonly (readonly Device[])[]): () => SignedBody {
  const signers = lists.map((devices) => listSigner('BatchCheckImportDevice', devices))
  let calls = 0
  return () => signers[calls++ % signers.length]!()
}

function listSigner(action: string, devices: readonly Device[]): () => SignedBody {
  const constant: Parameter[] = [...commonParameters(action), ...productParameters]
  const list = listParameters(devices)
  const sign = signer([...constant, ...list])
  const [shared, before] = [Buffer.from(form(list), 'latin1'), form(constant)]
  return () => {
    const { nonce, time, signature } = sign()
    const fresh = `SignatureNonce=${nonce}&Timestamp=${percentEncode(time)}&Signature=${percentEncode(signature)}`
    return { head: `${before}&${fresh}&`, list: shared }
  }
}

export const commonParameters = (action: string): readonly Parameter[] => [
  ['AccessKeyId', caller.accessKeyId],
  ['Action', action],
  ['Format', 'JSON'],
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureVersion', '1.0'],
  ['Version', '2018-01-20'],
]

export const productParameters: readonly Parameter[] = [
  ['ProductKey', caller.productKey],
  ['RegionId', 'cn-shanghai'],
]

export const listParameters = (devices: readonly Device[]): Parameter[] =>
  devices.flatMap((device, i) =>
    Object.entries(device).map(([member, value]): Parameter => [`DeviceList.${i + 1}.${member}`, value]),
  )

/**
 * Signs calls that differ in nonce and Timestamp. Everything that sorts before SignatureNonce, most of all the
 * list, is hashed once; each call is signed with a copy of that hash.
 */
export function signer(parameters: readonly Parameter[]): () => Fresh {
  const toSign = stringToSignV1('POST', [
    ...parameters,
    ['SignatureNonce', '{nonce}'],
    ['Timestamp', '{time}'],
  ])
  const [before, between, after] = toSign.split(/%257Bnonce%257D|%257Btime%257D/) as [string, string, string]
  const hmac = hmacFrom(keyV1(caller.accessKeySecret), before)
  return () => {
    const [nonce, time] = [freshNonce(), timestamp()]
    const twice = (text: string) => percentEncode(percentEncode(text))
    return { nonce, time, signature: hmac(twice(nonce) + between + twice(time) + after) }
  }
}

const form = (parameters: readonly Parameter[]) =>
  parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')

/**
 * HMAC-SHA1 (RFC 2104) of texts with a common prefix. Implemented here because node:crypto copies the state of
 * a Hash but not of an Hmac.
 */
function hmacFrom(key: string, beginning: string): (rest: string) => string {
  const block = Buffer.alloc(64)
  block.write(key, 'latin1')
  const keyed = (mask: number): Hash => createHash('sha1').update(block.map((byte) => byte ^ mask))
  const inner = keyed(0x36).update(beginning)
  const outer = keyed(0x5c)
  return (rest) => outer.copy().update(inner.copy().update(rest).digest()).digest('base64')
}
