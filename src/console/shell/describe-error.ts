import { isThrottlingCode, Refused, Unreachable } from '../../client/outcome.ts'
import { en } from '../texts/en/shell-problem.ts'
import { zh } from '../texts/zh/shell-problem.ts'
import type { Texts } from './language.tsx'

/** Returns true if a code means that the key does not have the permission. */
export const isDenial = (code: string): boolean => /PermissionDeny|^Forbidden|^NoPermission/.test(code)

type Words = typeof en

export const texts: Texts<typeof en> = { en, zh }

/** An error of a call in words, with the server's own message. */
export interface DescribedError {
  readonly title: string
  /** The code, the server's own message and the RequestId. */
  readonly detail?: string
}

/**
 * Describes an error of a call.
 * @param failures texts by code, for answers whose own message does not say it best
 */
export function describeError(
  error: unknown,
  words: Words,
  failures: { readonly [code: string]: string },
): DescribedError {
  if (error instanceof Unreachable) {
    return { title: words.unreachable, ...(error.maybeDone && { detail: error.message }) }
  }
  if (error instanceof Refused) {
    const detail = error.message
    const { code } = error
    if (code === '') return { title: words.notApi, detail }
    const gateways = describeRejection(code, words)
    if (gateways !== undefined) return { title: gateways, detail }
    if (error.isThrottling) return { title: words.throttled, detail }
    if (error.isOutcomeUnknown) return { title: words.unclear, detail }
    // The operation's own no says best what is wrong.
    const { ErrorMessage, Message, RequestId } = error.answer ?? {}
    const own = String(ErrorMessage ?? Message ?? code)
    const title = failures[code]
    return {
      title: title ?? own,
      detail: [title && own, code, RequestId && `RequestId ${RequestId}`].filter(Boolean).join(' · '),
    }
  }
  return { title: `${words.unexpected} ${error instanceof Error ? error.message : String(error)}` }
}

/** The meaning of a code by which the server rejects a call before an operation begins. */
export function describeRejection(code: string, words: Words): string | undefined {
  if (/^InvalidAccessKeyId/.test(code)) return words.wrongKey
  if (code === 'SignatureDoesNotMatch') return words.wrongSecret
  if (/^InvalidTimeStamp/.test(code)) return words.clock
  if (isDenial(code)) return words.denied
  if (isThrottlingCode(code)) return words.throttled
  return undefined
}
