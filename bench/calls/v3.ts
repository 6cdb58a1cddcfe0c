/** Checks as a request line: the list in the query, signed with V3 in headers. */
import { createHash, createHmac } from 'node:crypto'
import { type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { algorithmV3, canonicalRequestV3, stringToSignV3 } from '../../src/signature/v3.ts'
import { caller, type Device } from '../workload.ts'
import { type Call, host } from './call.ts'
import { isAllGood } from './expected.ts'
import { freshNonce, timestamp } from './fresh.ts'
import { listParameters, productParameters } from './v1.ts'

const emptyHash = createHash('sha256').digest('hex')

/** An endless sequence of signed checks, alternating between the lists. */
export function queryChecks(lists: readonly (readonly Device[])[]): () => Call {
  const signers = lists.map(querySigner)
  let calls = 0
  return () => signers[calls++ % signers.length]!()
}

/** The nonce follows the query in the hashed text, so a copy of the hash signs each call, as for V1. */
function querySigner(devices: readonly Device[]): () => Call {
  const parameters = [...listParameters(devices), ...productParameters]
  const headers = {
    host,
    'x-acs-action': 'BatchCheckImportDevice',
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': '{time}',
    'x-acs-signature-nonce': '{nonce}',
    'x-acs-version': '2018-01-20',
  }
  const signedHeaders = Object.keys(headers)
  const canonical = canonicalRequestV3({
    method: 'GET',
    path: '/',
    query: parameters,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    signedHeaders,
    payloadHash: emptyHash,
  })
  const [before, between, after] = canonical.split(/\{time\}|\{nonce\}/) as [string, string, string]
  const beginning = createHash('sha256').update(before)

  const requestLine = Buffer.from(`GET /?${query(parameters)}`, 'latin1')
  const credential = `${algorithmV3} Credential=${caller.accessKeyId},SignedHeaders=${signedHeaders.join(';')}`
  return () => {
    const [time, nonce] = [timestamp(), freshNonce()]
    const hash = beginning.copy().update(`${time}${between}${nonce}${after}`).digest('hex')
    const signature = createHmac('sha256', caller.accessKeySecret).update(stringToSignV3(hash)).digest('hex')
    const lines = Object.entries({
      ...headers,
      'x-acs-date': time,
      'x-acs-signature-nonce': nonce,
      Accept: 'application/json',
      Authorization: `${credential},Signature=${signature}`,
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    const rest = Buffer.from(` HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
    return { pieces: [requestLine, rest], isGood: isAllGood }
  }
}

const query = (parameters: readonly Parameter[]) =>
  parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')
