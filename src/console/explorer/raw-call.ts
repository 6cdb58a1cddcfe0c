import type { Operation } from '../../client/operations.ts'
import {
  type AccessKey,
  type AnswerFormat,
  type Fresh,
  type SignatureVersion,
  sign,
} from '../../client/sign.ts'
import { endpoint } from '../shell/connection.ts'
import { hashes } from '../shell/hashes.ts'
import { fetchSender } from '../shell/sending.ts'

export interface RawCall {
  readonly operation: Operation
  readonly parameters: Readonly<Record<string, string>>
  readonly signature: SignatureVersion
  readonly format: AnswerFormat
}

/** An answer as received. */
export interface RawAnswer {
  readonly action: string
  readonly status: number
  readonly text: string
  readonly bytes: number
  /** From sending to the last byte. */
  readonly milliseconds: number
}

/**
 * Makes a call once without retries, so that the user sees errors such as throttling.
 * @throws Unreachable; the abort reason of `signal`
 */
export async function callRaw(
  call: RawCall,
  key: AccessKey,
  fresh: Fresh,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const { operation, parameters, signature, format } = call
  const { name: action, version } = operation
  const signed = sign(
    signature,
    new URL(endpoint).host,
    { action, version, parameters, format },
    key,
    fresh,
    hashes,
  )
  const begun = performance.now()
  const { status, text } = await fetchSender(signal)({
    url: `${endpoint}/${signed.query}`,
    headers: signed.headers,
    body: signed.body,
  })
  const milliseconds = performance.now() - begun
  return { action, status, text, bytes: new Blob([text]).size, milliseconds }
}
