/** Checks in an unusual form: all parameters shuffled, an escape in every value. */
import { type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { seededRandom, shuffled } from '../random.ts'
import type { Device } from '../workload.ts'
import { type Call, posted } from './call.ts'
import { isAllGood } from './expected.ts'
import { commonParameters, type Fresh, listParameters, productParameters, signer } from './v1.ts'

/** An endless sequence of signed checks, alternating between the lists. */
export function shuffledChecks(lists: readonly (readonly Device[])[]): () => Call {
  const random = seededRandom(lists.length)
  const signers = lists.map((devices) => shuffledSigner(devices, random))
  let calls = 0
  return () => signers[calls++ % signers.length]!()
}

function shuffledSigner(devices: readonly Device[], random: () => number): () => Call {
  const parameters: Parameter[] = [
    ...commonParameters('BatchCheckImportDevice'),
    ...productParameters,
    ...listParameters(devices),
  ]
  const sign = signer(parameters)
  const body = shuffled(
    [
      ...parameters.map(([name, value]) => `${name}=${escaped(value)}`),
      'SignatureNonce={nonce}',
      'Timestamp={time}',
      'Signature={signature}',
    ],
    random,
  ).join('&')
  // Even elements have the parts that all calls share, odd ones the names of new values.
  const parts = body.split(/\{(nonce|time|signature)\}/)
  const shared = parts.map((part) => Buffer.from(part, 'latin1'))
  return () => {
    const fresh = sign()
    const pieces = shared.map((piece, i) =>
      i % 2 === 0 ? piece : Buffer.from(escaped(fresh[parts[i] as keyof Fresh]), 'latin1'),
    )
    return posted(pieces, isAllGood)
  }
}

/** Percent-encodes a value with at least one escape, even if none is required. */
export function escaped(value: string): string {
  const encoded = percentEncode(value)
  if (encoded.includes('%')) return encoded
  const at = Math.max(0, value.indexOf('_'))
  const code = value.charCodeAt(at).toString(16).toUpperCase().padStart(2, '0')
  return `${value.slice(0, at)}%${code}${value.slice(at + 1)}`
}
