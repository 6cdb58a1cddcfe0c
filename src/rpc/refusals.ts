import { LongMessage } from './long-message.ts'

/**
 * The refusals of the gateway before any action runs, in the order of its checks (wire-facts §3). A code is a
 * promise to clients: never renamed, never reused. `{…}` is filled in from the refusal; a `{name}` in a
 * code is the parameter's name, as in MissingProductKey.
 */
export const refusals = {
  // Refusals of the listener. These codes are Rollcall's own: the cloud's front end has none documented.
  RequestLineTooLong: [
    431,
    'The request line exceeds {max} bytes. Send the list as a form body, or in smaller calls.',
  ],
  RequestHeadersTooLarge: [
    431,
    'The request headers exceed {max} {unit}. Send parameters in the query or as a form body.',
  ],
  RequestBodyTooLarge: [413, 'The request body exceeds {max} bytes. Send the list in smaller calls.'],
  RequestTimeout: [408, 'The request was not received in time.'],
  MalformedRequest: [400, 'The request is not well-formed HTTP: {reason}.'],
  TooManyFailedCalls: [
    429,
    'Too many calls from this address were malformed or not signed by a valid access key. Correct them, and retry later.',
  ],
  UnsupportedHTTPMethod: [400, 'This http method not supported.'],
  UnsupportedContentType: [
    415,
    'The content type {type} is not supported{reason}. Send application/x-www-form-urlencoded.',
  ],
  UnsupportedContentEncoding: [
    415,
    'The content encoding {encoding} is not supported. Send the body uncompressed, without Content-Encoding.',
  ],
  InvalidForm: [
    400,
    'The request body begins with {start}, which no form does. Send it with Content-Type: {type}, which V3 signs.',
  ],
  InvalidJson: [400, 'The request body is not a JSON object of parameters.'],
  InvalidMultipart: [400, 'The request body is not multipart/form-data of parameters: {reason}.'],
  StringToSignTooLong: [
    400,
    "The string to sign exceeds {max} bytes, twice the size of the request and 1 MiB. Percent-encode the parameters: write spaces as %20 instead of '+', and escape control characters and characters beyond ASCII. Or send smaller calls.",
  ],
  TooManyParameters: [400, 'The request has more than {max} parameters{where}.'],

  'InvalidParameter.Format': [400, 'Specified parameter format is not valid.'],
  MissingParameter: [400, '{name} is mandatory for this action.'],
  InvalidParameter: [400, 'Specified parameter {name} is not valid. {reason}'],
  'InvalidParameter.Unknown': [
    400,
    'Specified parameter {name} is not valid. {action} has no such parameter; it takes {taken}.',
  ],
  InvalidVersion: [400, 'Specified parameter Version is not valid. It must be one of {versions}.'],
  'InvalidAction.NotFound': [404, 'Specified api is not found, please check your url and method.'],

  InvalidSignatureType: [
    400,
    'Specified signature type is not supported: sign with an AccessKey pair, not with a bearer token.',
  ],
  'InvalidSecurityToken.MismatchWithAccessKey': [
    400,
    'Specified SecurityToken mismatches with the AccessKey: this AccessKey is not a temporary one.',
  ],
  InvalidSignatureMethod: [400, 'Specified signature method is not valid.'],
  InvalidSignatureVersion: [400, 'Specified signature version is not valid. It must be 1.0.'],
  IncompleteSignature: [400, 'The request signature does not conform to Aliyun standards. {reason}'],
  'InvalidTimeStamp.Format': [
    400,
    'Specified time stamp or date value is not well formatted. Write it in UTC as 2006-01-02T15:04:05Z.',
  ],
  'InvalidTimeStamp.Expired': [400, 'Specified time stamp or date value is expired. {reason}'],
  'InvalidAccessKeyId.NotFound': [404, 'Specified access key is not found.'],
  'InvalidAccessKeyId.Inactive': [400, 'Specified access key is disabled.'],
  // Older Java clients compare the text after the colon with their own string (wire-facts §3).
  SignatureDoesNotMatch: [
    400,
    'Specified signature is not matched with our calculation. server string to sign is:{stringToSign}',
  ],
  'SignatureDoesNotMatch.V3': [
    400,
    'Specified signature does not match our calculation. server StringToSign is [{stringToSign}] server CanonicalRequest is [{canonicalRequest}]',
  ],
  SignatureNonceUsed: [400, 'Specified signature nonce was used already.'],
  'Throttling.User': [400, 'Request was denied due to user flow control.'],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

type RefusalKey = keyof typeof refusals

/** The codes of rows whose key is not their code. */
const codes: Partial<Record<RefusalKey, (name: unknown) => string>> = {
  MissingParameter: (name) => `Missing${name}`,
  InvalidParameter: (name) => `Invalid${name}`,
  'InvalidParameter.Unknown': () => 'InvalidParameter',
  'SignatureDoesNotMatch.V3': () => 'SignatureDoesNotMatch',
}

/** The values of a message's placeholders. */
type Details = Readonly<Record<string, string | number | LongMessage>>

const placeholder = /\{(\w+)\}/g

function longMessageOf(message: string, details: Details): LongMessage | undefined {
  if (!Object.values(details).some((detail) => detail instanceof LongMessage)) return undefined
  // Texts and names of placeholders take turns.
  const parts = message.split(/\{(\w+)\}/).flatMap((part, i) => {
    const detail = i % 2 === 0 ? part : details[part]
    return detail instanceof LongMessage ? detail.parts : [String(detail ?? '')]
  })
  return new LongMessage(parts)
}

/** A refusal by the gateway. It ends the walk of a call and is rendered as an Error answer. */
export class Refusal extends Error {
  readonly status: number
  /** As the client sees it: Missing<Name> and Invalid<Name> carry the parameter's name. */
  readonly code: string
  /** How long a throttled client should wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /** The message where it has a long text, which `message` leaves out. */
  readonly longMessage: LongMessage | undefined

  constructor(key: RefusalKey, details: Details = {}, retryAfterMs?: number) {
    const [status, message] = refusals[key]
    // Nobody reads the stack, and capturing it costs a tenth of a refused call.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(message.replace(placeholder, (_, name: string) => String(details[name] ?? '')).trimEnd())
    Error.stackTraceLimit = stackTraceLimit
    this.status = status
    this.retryAfterMs = retryAfterMs
    this.longMessage = longMessageOf(message, details)
    this.code = codes[key]?.(details.name) ?? key
  }
}
