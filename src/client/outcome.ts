import type { Answers } from './answers.ts'

/** A response of the server, with its body as text. */
export interface Answered {
  readonly status: number
  /** The value of a header; undefined if the response has no such header. */
  header(name: string): string | undefined
  readonly text: string
}

/** The answer of an operation, typed by its declaration; a name that is not known at compile time has the members of every answer. */
export type AnswerOf<Name extends string> = Name extends keyof Answers ? Success & Answers[Name] : Success

/** The members that every answer has. */
export interface Success {
  readonly RequestId: string
  readonly Success: true
}

/** A failure of an operation or a rejection by the gateway, as JSON has it. */
export interface FailureAnswer {
  readonly RequestId?: string
  readonly Code?: string
  readonly ErrorMessage?: string
  readonly Message?: string
  /** The report of a failed import. */
  readonly Data?: Partial<Answers['BatchImportDevice']['Data']>
}

/** Returns true if the code means that a quota refused the call. */
export const isThrottlingCode = (code: string): boolean =>
  code.startsWith('Throttling') || code === 'iot.common.TooManyRequest'

/** A rejection by the gateway (HTTP 4xx, 5xx) or a failure of the operation (Success=false). */
export class Refused extends Error {
  readonly status: number
  /** Such as Throttling.User or iot.prod.NotExistedProduct; empty if the answer has none. */
  readonly code: string
  /** The whole answer if it was JSON: it lists the bad devices of a failed import. */
  readonly answer: FailureAnswer | undefined
  /** The retry delay that the server asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(action: string, answered: Answered, answer: FailureAnswer | undefined) {
    const code = String(answer?.Code ?? '')
    super(
      code === ''
        ? `${action}: the endpoint answered HTTP ${answered.status} and no JSON of this API; is it an IoT endpoint?`
        : `${action}: ${code}: ${withoutSigned(String(answer?.ErrorMessage ?? answer?.Message ?? 'no message'))}` +
            (answer?.RequestId ? ` (RequestId ${answer.RequestId})` : ''),
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

  /** True if the caller is unknown, not authenticated, or not permitted. */
  get isAuthentication(): boolean {
    return authentication.test(this.code)
  }

  /** True if the server could not determine the outcome. */
  get isOutcomeUnknown(): boolean {
    return this.status >= 500 || this.code === 'iot.system.SystemException'
  }

  /** True if the request was too large; a smaller one may pass. */
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

/** A message without the string that the server signed: it contains all that was sent, including secrets of devices. */
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
  /** True if the server may have received the request, so that the outcome is unknown. */
  readonly maybeDone: boolean

  constructor(message: string, maybeDone: boolean, cause?: unknown) {
    super(message, { cause })
    this.maybeDone = maybeDone
  }
}

/** Reads an answer. @throws Refused unless it is a success */
export function readAnswer<Name extends string>(action: Name, answered: Answered): AnswerOf<Name> {
  let answer: { readonly Success?: boolean; readonly RequestId?: string } | undefined
  try {
    answer = JSON.parse(answered.text)
  } catch {
    answer = undefined
  }
  if (answered.status === 200 && answer?.Success !== false && answer?.RequestId !== undefined)
    return answer as AnswerOf<Name>
  throw new Refused(action, answered, answer)
}
