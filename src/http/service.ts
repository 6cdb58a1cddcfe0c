import type { Answer, Request } from '../lib/http-message.ts'
import type { MetricsPage } from './metrics.ts'

/** The service that the listener serves, without knowing its content. */
export interface Service {
  /**
   * Checks a request before its large body arrives; returns a response if it is already refused.
   * @param beginning the request without its body; of a long query, only the first parameters
   */
  precheck(beginning: Request): Promise<Answer | undefined>
  /**
   * @param verified called once the call's signature is verified, before the call runs
   * @param release called when the request's bytes are no longer needed, if well before the response
   */
  answer(request: Request, verified: () => void, release: () => void): Promise<Answer>
  /**
   * Serves a request for /messages with server-sent events from now on, or with a response that says why not.
   * @param signal ends the events
   */
  follow(request: Request, verified: () => void, signal: AbortSignal): Promise<Answer | AsyncIterable<string>>
  /** Returns the response to a request that could not be received, with as much of it as is known. */
  refuse(problem: Problem, beginning?: Request): Answer
  /** Called for a call refused because too many calls from its address failed. */
  limited(address: string): void
  /** Called for a bug that left a request without a response. */
  unanswered(error: unknown): void
  /** Resolves if the server can serve, otherwise rejects. */
  healthy(): Promise<void>
  metrics(): Promise<MetricsPage>
}

export type Problem =
  | { readonly kind: 'RequestLineTooLong' | 'RequestBodyTooLarge'; readonly max: number }
  | { readonly kind: 'RequestHeadersTooLarge'; readonly max: number; readonly unit: 'bytes' | 'lines' }
  | { readonly kind: 'RequestTimeout' }
  | { readonly kind: 'MalformedRequest'; readonly reason: string }
  /** There is no memory, or the address is limited; the client may retry after `retryAfterMs`. */
  | { readonly kind: 'ServiceUnavailable' | 'TooManyFailedCalls'; readonly retryAfterMs: number }
