import { header, type Request } from '../lib/http-message.ts'
import { trimOws } from '../signature/v3.ts'
import { boundaryOf } from './parameters/multipart-body.ts'
import { Refusal } from './refusals.ts'
import type { Scheme } from './scheme.ts'

/** How the parameters of a body are written. */
export type BodyKind = 'form' | 'json' | { readonly boundary: string }

/** Types that mean a form: HTTP libraries without a type send none, text/plain (fetch) or octet-stream. */
const formTypes = ['', 'application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream']

/**
 * The kind of body that a request announces. V1 signs parameters, so it accepts forms and multipart forms. V3
 * signs the bytes of the body, so a type that gives them another meaning than a form's must be signed too.
 * @throws Refusal UnsupportedContentType, UnsupportedContentEncoding, or IncompleteSignature for an unsigned type
 */
export function bodyKindOf(request: Request, scheme: Scheme): BodyKind {
  refuseEncoding(request)
  const given = header(request, 'content-type') ?? ''
  const type = trimOws(given.split(';', 1)[0]!).toLowerCase()
  if (formTypes.includes(type)) return 'form'
  if (type !== 'application/json' && type !== 'multipart/form-data')
    throw new Refusal('UnsupportedContentType', { type: given.slice(0, 100) })
  if (scheme.version === 'v3') {
    const reason = `The header content-type is not among the signed headers, which a body of ${type} requires.`
    if (!scheme.authorization?.signedHeaders.includes('content-type'))
      throw new Refusal('IncompleteSignature', { reason })
  } else if (type === 'application/json') {
    const reason = ' under signature V1, which does not sign it'
    throw new Refusal('UnsupportedContentType', { type, reason })
  }
  return type === 'application/json' ? 'json' : { boundary: boundaryOf(given) }
}

function refuseEncoding({ headers }: Request): void {
  const values = headers.get('content-encoding')?.map((value) => trimOws(value)) ?? []
  const encoding = values.find((value) => !['', 'identity'].includes(value.toLowerCase()))
  if (encoding !== undefined)
    throw new Refusal('UnsupportedContentEncoding', { encoding: encoding.slice(0, 100) })
}

/** The maximum white space before the first letter of a form, in bytes. */
const spaceMax = 1024

/**
 * Refuses a form that begins as JSON or a multipart body does: with another content type the same bytes would be other
 * parameters.
 * @throws Refusal InvalidForm
 */
export function refuseDisguised(body: Buffer): void {
  const start = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0
  let at = start
  while (at - start <= spaceMax && isJsonSpace(body[at])) at++
  const first = String.fromCharCode(body[at] ?? 0)
  if (first === '{' || first === '[' || at - start > spaceMax)
    throw new Refusal('InvalidForm', { start: first.trim() || 'white space', type: 'application/json' })
  if (first === '-' && body[at + 1] === 0x2d)
    throw new Refusal('InvalidForm', { start: '--', type: 'multipart/form-data' })
}

const isJsonSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
