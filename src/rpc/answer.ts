import { type Action, fail } from '../api/action.ts'
import { Failure } from '../api/failures.ts'
import type { Clock } from '../lib/clock.ts'
import type { Columns } from '../lib/columns.ts'
import type { Answer, Request } from '../lib/http-message.ts'
import { mayRun } from '../lib/permissions.ts'
import { type Random, uuid } from '../lib/random.ts'
import type { Messaging } from '../messaging/messaging.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import type { Calls } from '../registry/calls.ts'
import { type AdmissionStore, Unavailable } from '../registry/registry.ts'
import type { Target } from '../registry/target.ts'
import { type Admitted, admit } from './admit.ts'
import { authenticate } from './authenticate.ts'
import { formatAtFirstSight, formatOf } from './format.ts'
import { answered, broken, type FailureStatus, failed, type Outcome, refused } from './outcome.ts'
import { CanonicalWriter } from './parameters/canonical.ts'
import { listPrefixesOf } from './parameters/limits.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { precheck } from './precheck.ts'
import { type ListOverflow, readParameters } from './read.ts'
import { Refusal } from './refusals.ts'
import { contentTypes, type Format, render } from './render.ts'
import { findAction, parametersOf, UnknownAction } from './request.ts'
import { hasKey, readSignedRequest } from './signed-request.ts'
import { refuseUnknown, unknownParameters } from './unknown-parameters.ts'

/** What the walk needs of the registry; actions may need more. */
interface Callers {
  readonly accessKeys: AccessKeys
  readonly admission: AdmissionStore
  readonly calls: Pick<Calls, 'note'>
}

/** What the walk of a call needs to know. */
export interface ApiServer<R extends Callers> {
  readonly actions: ReadonlyMap<string, Action<R, Target>>
  readonly registry: R
  readonly messaging: Messaging
  /** The path that calls come on; / if it is absent. */
  readonly path?: string
  readonly clock: Clock
  readonly random: Random
  readonly clockSkewMs: number
  /** False leaves quotas aside, for load tests. */
  readonly quota: boolean
  readonly listOverflow: ListOverflow
  readonly failureStatus: FailureStatus
  /** Whether accounts may not set their quotas. */
  readonly fixedQuotas: boolean
  /** Told of every call once it is answered, for log and metrics. It is never given a secret. */
  readonly observe: (call: CallRecord) => void
}

/** What became of a call. */
export interface CallRecord extends Notes {
  readonly requestId: string
  readonly result: Outcome['result']
  readonly code: string
  readonly status: number
  readonly milliseconds: number
}

/** Facts gathered on the way, for the answer's form and the record; no step of the walk reads them. */
interface Notes {
  format: Format
  action?: string
  /** The name called, where Rollcall has no such operation: any text of the caller's. */
  unknownAction?: string
  /** Whether the signature was verified. */
  verified?: boolean
  account?: number
  /** Entries of the lists that the call carried, and how many of them were left out. */
  entries?: number
  discarded?: number
  /** Parameters that the action doesn't have, the first ten. */
  unknownParameters?: readonly string[]
  /** Devices judged or imported. */
  devices?: number
  /** What was thrown, where it was a bug or the store's trouble. */
  error?: unknown
}

/**
 * The walk of a call, top to bottom: each line of `walk` gains a fact or throws. Refusals (the gateway's no)
 * and failures (an action's no) end it early; anything else that is thrown is a bug.
 * @param verified is called when the signature has been verified
 * @param release is called when the bytes of the request are needed no longer, if the action may wait for a device
 */
export async function answer<R extends Callers>(
  server: ApiServer<R>,
  request: Request,
  verified: () => void = () => {},
  release: () => void = () => {},
): Promise<Answer> {
  const call = begun(server, request)
  const outcome = await walk(server, request, call.notes, verified, release).catch((error) =>
    stopped(error, call, request),
  )
  return ended(server, call, outcome)
}

/**
 * The answer to a request whose body is still to come, where its beginning says already that it will be refused.
 * What the walk would find later it finds then.
 */
export async function earlyRefusal<R extends Callers>(
  server: ApiServer<R>,
  beginning: Request,
): Promise<Answer | undefined> {
  const call = begun(server, beginning)
  const no = await precheck(server, beginning, call.notes).then(
    () => undefined,
    (error) => stopped(error, call, beginning),
  )
  return no && ended(server, call, no)
}

interface Begun {
  readonly startedAt: number
  readonly requestId: string
  readonly notes: Notes
}

const begun = ({ clock, random }: Pick<ApiServer<Callers>, 'clock' | 'random'>, request: Request): Begun => ({
  startedAt: clock.now(),
  requestId: uuid(random),
  notes: { format: formatAtFirstSight(request) },
})

/** Clients that wait so long, in milliseconds, find a store that was merely busy. */
const unavailableRetryMs = 1000
const unavailable = new Refusal('ServiceUnavailable', {}, unavailableRetryMs)

/** How a call ends that something was thrown in. */
function stopped(error: unknown, { requestId, notes }: Begun, request: Request): Outcome {
  if (!(error instanceof Refusal)) notes.error = error
  if (error instanceof UnknownAction) notes.unknownAction = error.action
  if (error instanceof Refusal) return refused(error, requestId, request)
  if (error instanceof Unavailable) return refused(unavailable, requestId, request)
  return broken(notes.action)
}

function ended<R extends Callers>(server: ApiServer<R>, call: Begun, outcome: Outcome): Answer {
  const { startedAt, requestId, notes } = call
  let told = outcome
  let answer: Answer
  try {
    answer = written(told, requestId, notes)
  } catch (error) {
    // A bug like any other: it is told and counted as one.
    notes.error = error
    told = broken(notes.action)
    answer = written(told, requestId, notes)
  }
  const { result, code, status } = told
  const milliseconds = server.clock.now() - startedAt
  const record: CallRecord = { ...notes, requestId, result, code, status, milliseconds }
  note(server, record, startedAt)
  server.observe(record)
  return answer
}

/** Lets the account see the call among its recent ones; of a call that is nobody’s nobody is told. */
function note<R extends Callers>(server: ApiServer<R>, call: CallRecord, time: number): void {
  const { account, action, result, code, status, milliseconds, requestId, entries = 0, devices = 0 } = call
  if (account === undefined || action === undefined) return
  const listed = server.actions.get(action)?.unlisted !== true
  server.registry.calls.note(
    { account, time, action, result, code, status, milliseconds, requestId, entries, devices },
    listed,
  )
}

/** The answer to a request that never became a call: too large, too slow, not HTTP. */
export function refuse(random: Random, refusal: Refusal, request?: Request): Answer {
  const requestId = uuid(random)
  const format = request === undefined ? 'JSON' : formatAtFirstSight(request)
  return written(refused(refusal, requestId, request), requestId, { format })
}

const canonicalWriter = new CanonicalWriter()

async function walk<R extends Callers>(
  server: ApiServer<R>,
  request: Request,
  notes: Notes,
  verified: () => void,
  release: () => void,
): Promise<Outcome> {
  const parameters = parametersOf(request, server.path)
  const { common } = parameters
  notes.format = formatOf(request, common)
  const identify = async (lists: ReturnType<typeof listPrefixesOf>) => {
    const signed = readSignedRequest(request, common, () => parameters.signed(lists), canonicalWriter)
    const caller = await authenticate(signed, server.registry.accessKeys, server.clock, server.clockSkewMs)
    notes.verified = true
    verified()
    return caller
  }
  let action: Action<R, Target>
  try {
    action = findAction(request, (name) => textParameter(common, name), server.actions)
  } catch (error) {
    // A client with a key may call what Rollcall does not have, and is told so; a stranger's names count for nothing.
    if (error instanceof UnknownAction && hasKey(request, common))
      await identify(listPrefixesOf({})).catch(() => {})
    throw error
  }
  notes.action = action.name
  const lists = listPrefixesOf(action.parameters)
  const caller = await identify(lists)
  notes.account = caller.key.account
  // The body of V3 is read here, and may name a format.
  const table = parameters.all(lists)
  notes.format = formatOf(request, table)
  const admitted = await admit(caller, action, table, server.registry, server.quota)
  return run(server, action, admitted, table, notes, release)
}

async function run<R extends Callers>(
  server: ApiServer<R>,
  action: Action<R, Target>,
  { key, ramUser, target }: Admitted,
  table: ParameterTable,
  notes: Notes,
  release: () => void,
): Promise<Outcome> {
  try {
    if (!mayRun({ key, ramUser }, action)) {
      const needed =
        action.callers === 'account'
          ? `${action.name} is for the account’s own access keys, and no permission opens it to a RAM user.`
          : `It takes a permission for iot:${action.name}.`
      fail('iot.common.RamActionPermissionDeny', needed)
    }
    const unknown = unknownParameters(action, table)
    if (unknown.length > 0) notes.unknownParameters = unknown
    refuseUnknown(action, unknown)
    const parameters = readParameters(action, table, server.listOverflow)
    noteList(parameters, notes)
    if (action.waits) release()
    const value = await action.run(parameters as never, {
      account: key.account,
      caller: { accessKeyId: key.id, ramUser },
      target,
      server,
      registry: server.registry,
      messaging: server.messaging,
      fail,
    })
    if (value.devices !== undefined) notes.devices = value.devices
    return answered(action, value)
  } catch (error) {
    if (error instanceof Failure) return failed(action, error, server.failureStatus)
    throw error
  }
}

function noteList(parameters: Readonly<Record<string, unknown>>, notes: Notes): void {
  for (const value of Object.values(parameters)) {
    if (typeof value !== 'object' || Array.isArray(value)) continue
    const { count, discarded } = value as Columns
    notes.entries = (notes.entries ?? 0) + count + discarded
    notes.discarded = (notes.discarded ?? 0) + discarded
  }
}

function written({ status, root, body, headers }: Outcome, requestId: string, notes: Notes): Answer {
  return {
    status,
    headers: {
      'Content-Type': contentTypes[notes.format],
      'x-acs-request-id': requestId,
      ...(notes.discarded ? { 'x-rollcall-discarded': String(notes.discarded) } : {}),
      ...(notes.unknownParameters && {
        'x-rollcall-unknown-parameters': notes.unknownParameters.join(', '),
      }),
      ...headers,
    },
    body: render(notes.format, root, { RequestId: requestId, ...body }),
  }
}
