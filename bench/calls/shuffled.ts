/** Checks as no client of ours sends them: all parameters in disorder, an escape in every value. */
import { type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { seededRandom, shuffled } from '../random.ts'
import type { Device } from '../workload.ts'
import { type Call, posted } from './call.ts'
import { isAllGood } from './expected.ts'
import { commonParameters, type Fresh, listParameters, productParameters, signer } from './v1.ts'

/** Signed checks without end, the lists taking turns. */
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
  // Even places have what all calls share, odd ones the names of what is new.
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

/** Percent-encoded with one escape at least, though none may be needed. */
export function escaped(value: string): string {
  const encoded = percentEncode(value)
  if (encoded.includes('%')) return encoded
  const at = Math.max(0, value.indexOf('_'))
  const code = value.charCodeAt(at).toString(16).toUpperCase().padStart(2, '0')
  return `${value.slice(0, at)}%${code}${value.slice(at + 1)}`
}
