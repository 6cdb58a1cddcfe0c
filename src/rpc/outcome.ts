import type { Action } from '../api/action.ts'
import { type Failure, failures } from '../api/failures.ts'
import { header, type Request } from '../lib/http-message.ts'
import type { Refusal } from './refusals.ts'
import { type Body, inDeclaredOrder } from './render.ts'

/** The outcome of a call, before it is written as JSON or XML. */
export interface Outcome {
  readonly result: 'answered' | 'failed' | 'refused' | 'broken'
  /** The Code of the answer; empty for a success. */
  readonly code: string
  readonly status: number
  /** The XML root. */
  readonly root: string
  /** The members beside RequestId. */
  readonly body: Body
  readonly headers: Readonly<Record<string, string>>
}

/** When a failure has the HTTP status that its operation's page lists, and when 200 (design §6). */
export type FailureStatus = 'documented' | '200' | '400'

export function answered<R>(action: Action<R>, value: Readonly<Record<string, unknown>>): Outcome {
  const body = { Success: true, ...inDeclaredOrder(action.answer, value) }
  return { result: 'answered', code: '', status: 200, root: `${action.name}Response`, body, headers: {} }
}

/**
 * The outcome of a failure. Existing programs read status 200 with Success=false (wire-facts §4), so only actions
 * that say so answer the status that their page lists. The text is in Message, too: clients such as pop-core read it
 * there, whatever the status.
 */
export function failed<R>(action: Action<R>, failure: Failure, failureStatus: FailureStatus): Outcome {
  const listed = action.failures[failure.code] ?? 200
  const asListed =
    failureStatus === '400' || (failureStatus === 'documented' && action.answersListedStatus === true)
  const status = asListed ? listed : 200
  const body = {
    Success: false,
    Code: failure.code,
    ErrorMessage: failure.message,
    Message: failure.message,
    ...inDeclaredOrder(action.answer, failure.answer),
  }
  // Clients look for an Error wherever the status is one (wire-facts §1).
  const root = status >= 400 ? 'Error' : `${action.name}Response`
  return { result: 'failed', code: failure.code, status, root, body, headers: {} }
}

/** The outcome of a refusal by the gateway (wire-facts §3). */
export function refused(refusal: Refusal, requestId: string, request: Request | undefined): Outcome {
  const { code, status, message, longMessage, retryAfterMs } = refusal
  const body = {
    Message: longMessage ?? message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${code}&product=Iot&requestId=${requestId}`,
    HostId: (request && header(request, 'host')) ?? 'rollcall',
    Code: code,
  }
  // Both the code and the header: older clients read one, newer ones the other (wire-facts §3).
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(retryAfterMs) }
  // Clients that don't know the API read this header of a 429 or 503, in seconds (RFC 9110 §10.2.3).
  if (retryAfterMs !== undefined && (status === 429 || status === 503))
    headers['Retry-After'] = String(Math.ceil(retryAfterMs / 1000))
  return { result: 'refused', code, status, root: 'Error', body, headers }
}

/** The outcome of a bug: the client gets no details, the log has them. */
export function broken(action: string | undefined): Outcome {
  const code = 'iot.system.SystemException'
  const body = { Success: false, Code: code, ErrorMessage: failures[code], Message: failures[code] }
  const common = { result: 'broken', code, headers: {}, body } as const
  if (action !== undefined) return { ...common, status: 200, root: `${action}Response` }
  return { ...common, status: 500, root: 'Error' }
}
