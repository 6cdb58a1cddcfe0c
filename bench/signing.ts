/** Calls of BatchCheckImportDevice, each with a nonce, a Timestamp and a V1 signature of its own. */
import { createHash, createHmac, type Hash } from 'node:crypto'
import { type Parameter, percentEncode } from '../src/signature/percent.ts'
import { keyV1, stringToSignV1 } from '../src/signature/v1.ts'
import { caller, type Device } from './workload.ts'

/** A form body in two parts: a few new bytes, and the list that all calls with it share. */
export interface SignedBody {
  readonly head: Buffer
  readonly list: Buffer
}

/** Nonces of this run; a later run on the same store must not repeat them. */
let nonces = 0
const run = `${process.pid}-${Date.now()}`
const nextNonce = () => `${run}-${String(++nonces).padStart(8, '0')}`

/** A small call, signed as it is sent. */
export function signedCall(action: string, parameters: Readonly<Record<string, string>>): SignedBody {
  const signed: Parameter[] = Object.entries({
    ...parameters,
    AccessKeyId: caller.accessKeyId,
    Action: action,
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: nextNonce(),
    SignatureVersion: '1.0',
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    Version: '2018-01-20',
  })
  const key = keyV1(caller.accessKeySecret)
  const signature = createHmac('sha1', key).update(stringToSignV1('POST', signed)).digest('base64')
  return { head: Buffer.from(form([...signed, ['Signature', signature]])), list: Buffer.alloc(0) }
}

/** A call with a list, signed as it is sent. */
export function signedList(action: string, devices: readonly Device[]): SignedBody {
  return listSigner(action, devices)(nextNonce())
}

/** Signed bodies without end, the lists taking turns. */
export function signedBodies(lists: readonly (readonly Device[])[]): () => SignedBody {
  const signers = lists.map((devices) => listSigner('BatchCheckImportDevice', devices))
  let calls = 0
  return () => signers[calls++ % signers.length]!(nextNonce())
}

/**
 * Signs calls with one list. All that sorts before SignatureNonce, the list above all, is hashed once; from
 * there a copy of the hash signs each call for a few bytes of work, so that the generator stays light.
 */
function listSigner(action: string, devices: readonly Device[]): (nonce: string) => SignedBody {
  const constant: Parameter[] = [
    ['AccessKeyId', caller.accessKeyId],
    ['Action', action],
    ['Format', 'JSON'],
    ['ProductKey', caller.productKey],
    ['RegionId', 'cn-shanghai'],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['Version', '2018-01-20'],
  ]
  const list = devices.flatMap((device, i): Parameter[] =>
    Object.entries(device).map(([member, value]) => [`DeviceList.${i + 1}.${member}`, value]),
  )
  const listForm = Buffer.from(form(list), 'latin1')

  const signed: Parameter[] = [...constant, ...list, ['SignatureNonce', '{nonce}'], ['Timestamp', '{time}']]
  const toSign = stringToSignV1('POST', signed)
  const [before, between, after] = toSign.split(/%257Bnonce%257D|%257Btime%257D/) as [string, string, string]
  const hmac = hmacFrom(keyV1(caller.accessKeySecret), before)

  return (nonce) => {
    const time = `${new Date().toISOString().slice(0, 19)}Z`
    const twice = (text: string) => percentEncode(percentEncode(text))
    const signature = hmac(twice(nonce) + between + twice(time) + after)
    const fresh: Parameter[] = [
      ['SignatureNonce', nonce],
      ['Timestamp', time],
      ['Signature', signature],
    ]
    return { head: Buffer.from(`${form([...constant, ...fresh])}&`, 'latin1'), list: listForm }
  }
}

const form = (parameters: readonly Parameter[]) =>
  parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')

/**
 * HMAC-SHA1 (RFC 2104) of texts that begin alike. node:crypto copies the state of a Hash but not of an Hmac,
 * hence by hand.
 */
function hmacFrom(key: string, beginning: string): (rest: string) => string {
  const block = Buffer.alloc(64)
  block.write(key, 'latin1')
  const keyed = (mask: number): Hash => createHash('sha1').update(block.map((byte) => byte ^ mask))
  const inner = keyed(0x36).update(beginning)
  const outer = keyed(0x5c)
  return (rest) => outer.copy().update(inner.copy().update(rest).digest()).digest('base64')
}
