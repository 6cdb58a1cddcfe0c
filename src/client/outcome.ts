/** What a server answered, in bytes. */
export interface Answered {
  readonly status: number
  /** A header's value; undefined where it was not sent. */
  header(name: string): string | undefined
  readonly text: string
}

/** An answer's members; which ones, the declaration of the operation tells. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes are the wire's, one for each operation.
export type Answer = any

/** Whether a code is of a call that a quota refused. */
export const isThrottlingCode = (code: string): boolean =>
  code.startsWith('Throttling') || code === 'iot.common.TooManyRequest'

/** The server's no: the gateway's (HTTP 4xx, 5xx) or the operation's (Success=false). */
export class Refused extends Error {
  readonly status: number
  /** Such as Throttling.User or iot.prod.NotExistedProduct; empty where the answer has none. */
  readonly code: string
  /** The whole answer where it was JSON: an import that failed tells the bad devices in it. */
  readonly answer: Answer
  /** How long to wait, in milliseconds, where the server said so. */
  readonly retryAfterMs: number | undefined

  constructor(action: string, answered: Answered, answer: Answer) {
    const code = String(answer?.Code ?? '')
    super(
      code === ''
        ? `${action}: the endpoint answered HTTP ${answered.status} and no JSON of this API; is it an IoT endpoint?`
        : `${action}: ${code}: ${withoutSigned(String(answer.ErrorMessage ?? answer.Message ?? 'no message'))}` +
            (answer.RequestId ? ` (RequestId ${answer.RequestId})` : ''),
    )
    this.status = answered.status
    this.code = code
    this.answer = answer
    const retryAfter = Number(answered.header('x-acs-retry-after'))
    this.retryAfterMs = retryAfter > 0 ? Math.min(retryAfter, retryAfterMsMax) : undefined
  }

  get isThrottling(): boolean {
    return isThrottlingCode(this.code) || this.status === 429
  }

  /** Whether who calls is not known, or not believed, or may not do this. */
  get isAuthentication(): boolean {
    return authentication.test(this.code)
  }

  /** Whether the server could not say whether it has done it. */
  get isOutcomeUnknown(): boolean {
    return this.status >= 500 || this.code === 'iot.system.SystemException'
  }

  /** Whether the request was too large; a smaller one may pass. */
  get isTooLarge(): boolean {
    return (
      this.status === 413 ||
      this.status === 414 ||
      this.status === 431 ||
      this.code === 'TooManyParameters' ||
      this.code === 'iot.device.TooManyDeviceNamesPerRequest'
    )
  }
}

/** A message without the string that the server signed: it holds all that was sent, devices' secrets too. */
function withoutSigned(message: string): string {
  const [before] = message.split(/ server (?:string to sign|StringToSign) is/)
  return before!.length > 500 ? `${before!.slice(0, 500)}…` : before!
}

/** As the official clients cap it (wire-facts §3). */
const retryAfterMsMax = 120_000

const authentication =
  /^(InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|InvalidSignature|InvalidTimeStamp|MissingAccessKeyId|InvalidSecurityToken|MissingSecurityToken|Forbidden|NoPermission|iot\.common\.(Ram|Auth)ActionPermissionDeny)/

/** The endpoint could not be reached, or ended the connection, or took too long. */
export class Unreachable extends Error {
  /** Whether the server may have taken the request: then nobody knows whether it was done. */
  readonly maybeDone: boolean

  constructor(message: string, maybeDone: boolean, cause?: unknown) {
    super(message, { cause })
    this.maybeDone = maybeDone
  }
}

/** Reads an answer. @throws Refused unless it is a success */
export function readAnswer(action: string, answered: Answered): Answer {
  let answer: Answer
  try {
    answer = JSON.parse(answered.text)
  } catch {
    answer = undefined
  }
  if (answered.status === 200 && answer?.Success !== false && answer?.RequestId !== undefined) return answer
  throw new Refused(action, answered, answer)
}
