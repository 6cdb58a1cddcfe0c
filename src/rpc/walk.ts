import { type Action, fail } from '../api/action.ts'
import type { Clock } from '../lib/clock.ts'
import type { Columns } from '../lib/columns.ts'
import type { Request } from '../lib/http-message.ts'
import { mayRun } from '../lib/permissions.ts'
import type { Messaging } from '../messaging/messaging.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import type { AdmissionStore } from '../registry/registry.ts'
import type { Target } from '../registry/target.ts'
import { admit } from './admit.ts'
import { authenticate, type Caller, type Claim, claimOf } from './authenticate.ts'
import { type Credentials, credentialsOf, hasKey } from './credentials.ts'
import { formatOf } from './format.ts'
import { answered, type Outcome } from './outcome.ts'
import { CanonicalWriter } from './parameters/canonical.ts'
import { type ListPrefixes, listPrefixesOf } from './parameters/limits.ts'
import type { ParameterTable } from './parameters/table.ts'
import { type ListOverflow, readParameters } from './read.ts'
import { Refusal } from './refusals.ts'
import type { Format } from './render.ts'
import {
  commonParametersOf,
  findAction,
  parametersOf,
  type RequestParameters,
  UnknownAction,
} from './request.ts'
import type { Scheme } from './scheme.ts'
import { refuseUnknown, unknownParameters } from './unknown-parameters.ts'
import { signatureOf } from './verify-signature.ts'

/** The parts of the registry that the walk uses; actions may use more. */
export interface WalkedRegistry {
  readonly accessKeys: AccessKeys
  readonly admission: AdmissionStore
}

/** Receives facts when the walk gains them. */
export type Gained = (facts: Facts) => void

/** The parts and settings of a server that the walk uses. */
export interface WalkServer<R extends WalkedRegistry> {
  readonly actions: ReadonlyMap<string, Action<R, Target>>
  readonly registry: R
  readonly messaging: Messaging
  /** The path of calls; / by default. */
  readonly path?: string
  readonly clock: Clock
  readonly clockSkewMs: number
  /** False charges no quota, for load tests. */
  readonly quota: boolean
  readonly listOverflow: ListOverflow
  /** True if accounts may not set their quotas. */
  readonly fixedQuotas: boolean
}

/** The facts that the walk gains on its way, for the form of the answer and for the record of the call. */
export interface Facts {
  readonly format?: Format
  readonly action?: string
  /** The name called, if Rollcall has no such operation: arbitrary text from the client. */
  readonly unknownAction?: string
  /** True once the signature has been verified. */
  readonly verified?: boolean
  readonly account?: number
  /** Entries of the lists that the call carries, and how many of them were discarded. */
  readonly entries?: number
  readonly discarded?: number
  /** The first ten parameters that the action does not have. */
  readonly unknownParameters?: readonly string[]
  /** True once the call may wait for a device and needs the bytes of its request no longer. */
  readonly waits?: boolean
  /** Devices that the call checked or registered. */
  readonly devices?: number
}

/**
 * The walk of a call, top to bottom: each line gains a fact or throws.
 * @param gained receives the facts that the form of the answer and the record of the call need
 * @throws Refusal from the gateway, Failure from the action; anything else is a bug
 */
export async function walk<R extends WalkedRegistry>(
  server: WalkServer<R>,
  request: Request,
  scheme: Scheme,
  gained: Gained,
): Promise<Outcome> {
  const { registry, messaging } = server
  const parameters = parametersOf(request, scheme, server.path)
  const action = calledAction(server, request, scheme, parameters.common, missing, gained)
  if (action instanceof UnknownAction) {
    if (await hasValidKey(server, request, scheme, parameters)) gained({ verified: true })
    gained({ unknownAction: action.action })
    throw action
  }
  const lists = listPrefixesOf(action.parameters)
  const caller = await callerOf(server, request, scheme, parameters, lists)
  gained({ verified: true, account: caller.key.account })
  // Under V3 this reads the body, which may name a format.
  const table = parameters.all(lists)
  gained({ format: formatOf(request, scheme, table) })
  const { key, ramUser, target } = await admit(caller, action, table, registry, server.quota)
  assertPermitted({ key, ramUser }, action)
  const unknown = unknownParameters(action, table)
  if (unknown.length > 0) gained({ unknownParameters: unknown })
  refuseUnknown(action, unknown)
  const values = readParameters(action, table, server.listOverflow)
  gained({ ...entriesOf(values), ...(action.waits && { waits: true }) })
  const result = await action.run(values as never, {
    account: key.account,
    caller: { accessKeyId: key.id, ramUser },
    target,
    server,
    registry,
    messaging,
    fail,
  })
  if (result.devices !== undefined) gained({ devices: result.devices })
  return answered(action, result)
}

/**
 * The same walk as far as the headers and the first parameters of a query go: down to the key. It refuses a stale request
 * or an unknown key before 4 MB of body arrive. `walk` judges the facts that may be in the body.
 * @param beginning a request whose body is still to come
 * @throws Refusal as the walk would, whatever the body says
 */
export async function precheck<R extends WalkedRegistry>(
  server: WalkServer<R>,
  beginning: Request,
  scheme: Scheme,
  gained: Gained,
): Promise<undefined> {
  const common = commonParametersOf(beginning, scheme)
  // An unknown action is left to the walk: whether to report it depends on the signature.
  calledAction(server, beginning, scheme, common, inBody, gained)
  await claimed(server, beginning, scheme, common, inBody)
  return undefined
}

/** @throws Refusal Missing<Name> */
function missing(name: string): never {
  throw new Refusal('MissingParameter', { name })
}

/** The value of a parameter that is not in the beginning of a request. */
const inBody = () => undefined

function calledAction<R extends WalkedRegistry, Absent>(
  { actions }: WalkServer<R>,
  request: Request,
  scheme: Scheme,
  common: ParameterTable,
  absent: (name: string) => Absent,
  gained: Gained,
): Action<R, Target> | UnknownAction | Absent {
  gained({ format: formatOf(request, scheme, common) })
  const action = findAction(request, scheme, common, actions, absent)
  if (isKnown(action)) gained({ action: action.name })
  return action
}

const isKnown = <A extends object>(action: A | UnknownAction | unknown): action is A =>
  typeof action === 'object' && !(action instanceof UnknownAction)

async function claimed<R extends WalkedRegistry, Absent>(
  { registry, clock, clockSkewMs }: WalkServer<R>,
  request: Request,
  scheme: Scheme,
  common: ParameterTable,
  absent: (name: string) => Absent,
): Promise<{ readonly credentials: Credentials<Absent>; readonly claim: Claim<Absent> }> {
  const credentials = credentialsOf(request, scheme, common, absent)
  return { credentials, claim: await claimOf(credentials, registry.accessKeys, clock, clockSkewMs) }
}

const canonicalWriter = new CanonicalWriter()

async function callerOf<R extends WalkedRegistry>(
  server: WalkServer<R>,
  request: Request,
  scheme: Scheme,
  { common, signed }: RequestParameters,
  lists: ListPrefixes,
): Promise<Caller> {
  const { credentials, claim } = await claimed(server, request, scheme, common, missing)
  const verify = signatureOf(request, credentials, () => signed(lists), canonicalWriter)
  return authenticate(claim, verify, server.registry.accessKeys)
}

/** Returns true if a call of an unknown action is signed; names that clients without a key call are not counted. */
async function hasValidKey<R extends WalkedRegistry>(
  server: WalkServer<R>,
  request: Request,
  scheme: Scheme,
  parameters: RequestParameters,
): Promise<boolean> {
  if (!hasKey(scheme, parameters.common)) return false
  return callerOf(server, request, scheme, parameters, []).then(
    () => true,
    () => false,
  )
}

function assertPermitted<R>(caller: Parameters<typeof mayRun>[0], action: Action<R, Target>): void {
  if (mayRun(caller, action)) return
  const needed =
    action.callers === 'account'
      ? `${action.name} is for the account’s own access keys, and no permission opens it to a RAM user.`
      : `It takes a permission for iot:${action.name}.`
  fail('iot.common.RamActionPermissionDeny', needed)
}

/** How many entries the list parameters of a call have; empty if it has none. */
function entriesOf(values: Readonly<Record<string, unknown>>): Pick<Facts, 'entries' | 'discarded'> {
  let facts: { entries: number; discarded: number } | undefined
  for (const value of Object.values(values)) {
    if (typeof value !== 'object' || Array.isArray(value)) continue
    const { count, discarded } = value as Columns
    facts ??= { entries: 0, discarded: 0 }
    facts.entries += count + discarded
    facts.discarded += discarded
  }
  return facts ?? {}
}
