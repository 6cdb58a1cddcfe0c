import { Failure } from '../api/failures.ts'
import type { Answer, Request } from '../lib/http-message.ts'
import { type Random, uuid } from '../lib/random.ts'
import type { Calls } from '../registry/calls.ts'
import { Unavailable } from '../registry/registry.ts'
import { guessedFormat } from './format.ts'
import { broken, type FailureStatus, failed, type Outcome, refused } from './outcome.ts'
import { Refusal } from './refusals.ts'
import { contentTypes, type Format, render } from './render.ts'
import { type Scheme, schemeOf } from './scheme.ts'
import { type Facts, type Gained, precheck, type WalkedRegistry, type WalkServer, walk } from './walk.ts'

/** The parts of the registry that answering a call uses. */
type Callers = WalkedRegistry & { readonly calls: Pick<Calls, 'note'> }

/** A server that answers calls. */
export interface ApiServer<R extends Callers> extends WalkServer<R> {
  readonly random: Random
  readonly failureStatus: FailureStatus
  /** Receives the record of each answered call, for log and metrics. A record never has a secret. */
  readonly observe: (call: CallRecord) => void
}

/** The record of an answered call. */
export interface CallRecord extends Facts {
  readonly format: Format
  readonly requestId: string
  readonly result: Outcome['result']
  readonly code: string
  readonly status: number
  readonly milliseconds: number
  /** The error that was thrown, if it was a bug or the store was unavailable. */
  readonly error?: unknown
}

/**
 * Answers a call.
 * @param verified is called when the signature has been verified, before the call runs
 * @param release is called when the bytes of the request are no longer needed, if the call may wait for a device
 */
export async function answer<R extends Callers>(
  server: ApiServer<R>,
  request: Request,
  verified: () => void = () => {},
  release: () => void = () => {},
): Promise<Answer> {
  const call = begin(server, request)
  const walked = await follow(server, call, (gained) =>
    walk(server, request, call.scheme, (facts) => {
      gained(facts)
      if (facts.verified) verified()
      if (facts.waits) release()
    }),
  )
  return end(server, call, walked)
}

/**
 * The answer to a request whose body is still to come, if its beginning already leads to a refusal; undefined otherwise.
 */
export async function earlyRefusal<R extends Callers>(
  server: ApiServer<R>,
  beginning: Request,
): Promise<Answer | undefined> {
  const call = begin(server, beginning)
  const { outcome, ...walked } = await follow(server, call, (gained) =>
    precheck(server, beginning, call.scheme, gained),
  )
  return outcome && end(server, call, { ...walked, outcome })
}

interface Begun {
  readonly request: Request
  readonly scheme: Scheme
  readonly startedAt: number
  readonly requestId: string
}

const begin = ({ clock, random }: Pick<ApiServer<Callers>, 'clock' | 'random'>, request: Request): Begun => ({
  request,
  scheme: schemeOf(request),
  startedAt: clock.now(),
  requestId: uuid(random),
})

type KnownFacts = Facts & Pick<CallRecord, 'format' | 'error'>

/** The end of a walk, with the facts that it gained. */
interface Walked<O> {
  readonly outcome: O
  readonly facts: KnownFacts
}

/** Follows a walk to its end and collects the facts that it gains. */
async function follow<R extends Callers, O>(
  server: ApiServer<R>,
  call: Begun,
  walked: (gained: Gained) => Promise<O>,
): Promise<Walked<O | Outcome>> {
  let facts: KnownFacts = { format: guessedFormat(call.request, call.scheme) }
  try {
    const outcome = await walked((more) => {
      facts = { ...facts, ...more }
    })
    return { outcome, facts }
  } catch (error) {
    const outcome = outcomeOf(error, server, call, facts)
    return {
      outcome,
      facts: outcome.result === 'broken' || error instanceof Unavailable ? { ...facts, error } : facts,
    }
  }
}

/** The wait, in milliseconds, that a server with an unavailable store asks its clients for. */
const unavailableRetryMs = 1000
const unavailable = new Refusal('ServiceUnavailable', {}, unavailableRetryMs)

/** The outcome of a call in which something was thrown. */
function outcomeOf<R extends Callers>(
  error: unknown,
  { actions, failureStatus }: ApiServer<R>,
  { request, requestId }: Begun,
  { action: name }: Facts,
): Outcome {
  const action = name === undefined ? undefined : actions.get(name)
  if (error instanceof Failure && action !== undefined) return failed(action, error, failureStatus)
  if (error instanceof Refusal) return refused(error, requestId, request)
  if (error instanceof Unavailable) return refused(unavailable, requestId, request)
  return broken(name)
}

function end<R extends Callers>(
  server: ApiServer<R>,
  { startedAt, requestId }: Begun,
  walked: Walked<Outcome>,
): Answer {
  const { outcome, facts, answer } = written(walked, requestId)
  const { result, code, status } = outcome
  const milliseconds = server.clock.now() - startedAt
  const record: CallRecord = { ...facts, requestId, result, code, status, milliseconds }
  note(server, record, startedAt)
  server.observe(record)
  return answer
}

/** Writes the answer of a call. A call whose answer cannot be written is a bug, and is answered and recorded as one. */
function written(walked: Walked<Outcome>, requestId: string): Walked<Outcome> & { readonly answer: Answer } {
  try {
    return { ...walked, answer: answerOf(walked.outcome, requestId, walked.facts) }
  } catch (error) {
    const facts = { ...walked.facts, error }
    const outcome = broken(facts.action)
    return { outcome, facts, answer: answerOf(outcome, requestId, facts) }
  }
}

/** Adds a call to the recent ones of its account, if its account is known. */
function note<R extends Callers>(server: ApiServer<R>, call: CallRecord, time: number): void {
  const { account, action, result, code, status, milliseconds, requestId, entries = 0, devices = 0 } = call
  if (account === undefined || action === undefined) return
  const listed = server.actions.get(action)?.unlisted !== true
  server.registry.calls.note(
    { account, time, action, result, code, status, milliseconds, requestId, entries, devices },
    listed,
  )
}

/** The answer to a request that was not received as a whole: too large, too slow, not HTTP. */
export function refuse(random: Random, refusal: Refusal, request?: Request): Answer {
  const requestId = uuid(random)
  const format = request === undefined ? 'JSON' : guessedFormat(request, schemeOf(request))
  return answerOf(refused(refusal, requestId, request), requestId, { format })
}

function answerOf({ status, root, body, headers }: Outcome, requestId: string, facts: KnownFacts): Answer {
  return {
    status,
    headers: {
      'Content-Type': contentTypes[facts.format],
      'x-acs-request-id': requestId,
      ...(facts.discarded ? { 'x-rollcall-discarded': String(facts.discarded) } : {}),
      ...(facts.unknownParameters && {
        'x-rollcall-unknown-parameters': facts.unknownParameters.join(', '),
      }),
      ...headers,
    },
    body: render(facts.format, root, { RequestId: requestId, ...body }),
  }
}
