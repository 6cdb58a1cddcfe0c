import type { Answer, Request } from '../lib/http-message.ts'
import type { MetricsPage } from './metrics.ts'

/** What the listener is handed: it knows nothing of what it serves. */
export interface Service {
  /**
   * Asked of a request whose large body is still to come: the answer, where it is a no already.
   * @param beginning the request without its body, of a long query the first parameters only
   */
  precheck(beginning: Request): Promise<Answer | undefined>
  /**
   * @param verified is called when the signature of the call has been verified, before the call runs
   * @param release is called when the request's bytes are needed no longer, if that is well before the answer
   */
  answer(request: Request, verified: () => void, release: () => void): Promise<Answer>
  /**
   * Serves a request for /messages: with what happens from then on as server-sent events, or with an answer that says
   * why not.
   * @param signal ends the events
   */
  follow(request: Request, verified: () => void, signal: AbortSignal): Promise<Answer | AsyncIterable<string>>
  /** The answer to a request that could not be received; what is known of it, where anything is. */
  refuse(problem: Problem, beginning?: Request): Answer
  /** Told of a call that is refused unread, since too many calls from its address failed. */
  limited(address: string): void
  /** Told of a bug that left a request without an answer. */
  unanswered(error: unknown): void
  /** Resolves when the server can serve, rejects when it can't. */
  healthy(): Promise<void>
  metrics(): Promise<MetricsPage>
}

export type Problem =
  | { readonly kind: 'RequestLineTooLong' | 'RequestBodyTooLarge'; readonly max: number }
  | { readonly kind: 'RequestHeadersTooLarge'; readonly max: number; readonly unit: 'bytes' | 'lines' }
  | { readonly kind: 'RequestTimeout' }
  | { readonly kind: 'MalformedRequest'; readonly reason: string }
  /** There is no memory for it, or its address is limited; the client may retry after so many milliseconds. */
  | { readonly kind: 'ServiceUnavailable' | 'TooManyFailedCalls'; readonly retryAfterMs: number }
