import { type Step, stepsV1, stepsV3 } from '../signature/steps.ts'
import {
  type AccessKey,
  type Fresh,
  type Hashes,
  laidOutV3,
  parametersV1,
  type SignatureVersion,
  type Unsigned,
} from './sign.ts'

/**
 * Explains the signature of a call step by step, for the same request that `sign` creates.
 * @param call its list, if any, among the parameters
 */
export function explain(
  version: SignatureVersion,
  host: string,
  call: Omit<Unsigned, 'list'>,
  key: AccessKey,
  fresh: Fresh,
  hashes: Hashes,
): readonly Step[] {
  if (version === 'v1') {
    const utf8 = new TextEncoder()
    const hmac = (secret: string, text: string) => hashes.hmacSha1(secret, utf8.encode(text))
    return stepsV1('POST', parametersV1(call, key.id, fresh), key.secret, hmac)
  }
  const { request, body } = laidOutV3(host, call, fresh, hashes)
  const payload = new TextDecoder().decode(body)
  return stepsV3(request, payload, key.id, key.secret, { hash: hashes.sha256, hmac: hashes.hmacSha256 })
}
