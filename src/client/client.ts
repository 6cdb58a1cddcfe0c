import type { Clock } from '../lib/clock.ts'
import type { ListParameter } from './list.ts'
import type { Operation } from './operations.ts'
import { type Answered, type AnswerOf, Refused, readAnswer, Unreachable } from './outcome.ts'
import { type AccessKey, type Hashes, type SignatureVersion, type Signed, sign } from './sign.ts'

/** Sends a request by POST. @throws Unreachable */
export type Send = (request: {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}) => Promise<Answered>

export interface ClientOptions {
  /** http://host:port or https://host; nothing follows it. */
  readonly endpoint: string
  readonly accessKey: AccessKey
  readonly signature: SignatureVersion
  readonly operations: readonly Operation[]
  readonly send: Send
  readonly hashes: Hashes
  readonly clock: Pick<Clock, 'now'>
  /** Returns a new random nonce. */
  readonly nonce: () => string
  /** A number from 0 to below 1. */
  readonly random: () => number
  /** Resolves after the given milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>
  /** Tries of a call that may be repeated, when the endpoint can't be reached. */
  readonly tries?: number
  /** The time in milliseconds for which a throttled call is retried. */
  readonly patienceMs?: number
  /** Called before each try is sent. */
  readonly onSigned?: (signed: Signed) => void
  /** Called when the server throttles, with the number of times that it has throttled this call. */
  readonly onThrottled?: (times: number) => void
}

export interface Client {
  /**
   * Calls an operation. The client repeats a call that the server throttled; it repeats a call whose outcome is
   * unknown only if the operation's effect is `read`.
   * @throws Refused if the server rejects the call or the operation fails
   * @throws Unreachable with `maybeDone` if the outcome is unknown
   */
  call<const Name extends string>(
    action: Name,
    parameters: Readonly<Record<string, string>>,
    list?: ListParameter,
  ): Promise<AnswerOf<Name>>
}

const firstBackoffMs = 200
const backoffMsMax = 10_000

/** A client of the API, of any endpoint that speaks it. Every try has its own nonce and Timestamp. */
export function createClient(options: ClientOptions): Client {
  const { endpoint, operations, send, random, wait, tries = 6, patienceMs = 300_000 } = options
  const { host } = new URL(endpoint)

  const operationOf = (action: string) => operations.find(({ name }) => name === action)

  function once(action: string, parameters: Readonly<Record<string, string>>, list?: ListParameter) {
    const version = operationOf(action)?.version ?? '2018-01-20'
    const fresh = { nonce: options.nonce(), now: options.clock.now() }
    const call = { action, version, parameters, list }
    const signed = sign(options.signature, host, call, options.accessKey, fresh, options.hashes)
    options.onSigned?.(signed)
    return send({ url: `${endpoint}/${signed.query}`, headers: signed.headers, body: signed.body })
  }

  /** Grows with each try; half of it is random, so that many clients don't retry at once. */
  const backoff = (attempt: number) =>
    Math.min(backoffMsMax, firstBackoffMs * 2 ** (attempt - 1)) * (0.5 + random() / 2)

  return {
    async call(action, parameters, list) {
      const mayRepeat = operationOf(action)?.effect === 'read'
      let waited = 0
      for (let attempt = 1, throttled = 0; ; ) {
        let error: unknown
        try {
          return readAnswer(action, await once(action, parameters, list))
        } catch (thrown) {
          error = thrown
        }
        let pause: number
        if (error instanceof Refused && error.isThrottling) {
          options.onThrottled?.(++throttled)
          // Later than the server asked, never sooner.
          pause = (error.retryAfterMs ?? backoff(throttled)) + random() * firstBackoffMs
          waited += pause
          if (waited > patienceMs) throw error
        } else if (error instanceof Refused && error.isOutcomeUnknown && mayRepeat && attempt < tries) {
          pause = backoff(attempt++)
        } else if (error instanceof Unreachable && (mayRepeat || !error.maybeDone) && attempt < tries) {
          pause = backoff(attempt++)
        } else throw error
        await wait(pause)
      }
    },
  }
}
