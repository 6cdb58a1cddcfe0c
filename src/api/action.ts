import type { Callers } from '../lib/permissions.ts'
import type { Messaging } from '../messaging/messaging.ts'
import { Failure, type FailureCode } from './failures.ts'
import type { Bilingual, Members, Values } from './shape.ts'

/** One operation of the API, as it is declared: the contract above, `run` below, nothing else. */
export interface Declaration<
  P extends Members,
  A extends Members,
  F extends FailureCode,
  Registry,
  Target = unknown,
> {
  /** The operation's name on the wire, case-sensitive. */
  readonly name: string
  /** The folder of src/actions that its file is in. */
  readonly family: Family
  readonly effect: Effect
  /** One to three sentences for the reference page and the console. */
  readonly summary: Bilingual
  readonly version: string
  readonly quota: Quota
  readonly parameters: P
  /** The answer besides RequestId and Success. */
  readonly answer: A
  /** The codes that `run` may report, each with the HTTP status that the operation's page lists for it. */
  readonly failures: Readonly<Record<F, number>>
  /** True if listed statuses are answered by default; otherwise every failure has status 200 (design §6). */
  readonly answersListedStatus?: boolean
  /**
   * The callers that may run it whatever their permissions: everyone, or only the account's own keys, so that no RAM
   * user can raise its own permissions.
   */
  readonly callers?: Callers
  /** True if the list of recent calls omits its calls, which a client that polls the list would fill. */
  readonly unlisted?: boolean
  /** True if it may wait for a device; the memory of the request is then released before it runs. */
  readonly waits?: boolean
  /** The failure that says a list parameter is malformed, and the one that says it is too long. */
  readonly listFailures?: { readonly malformed: NoInfer<F>; readonly tooLong: NoInfer<F> }
  run(parameters: Values<P>, call: Call<NoInfer<F>, Registry, Target>): Promise<Result<NoInfer<A>>>
}

/** The subjects of operations, in the order in which pages list them. */
export const families = [
  'imports',
  'registration',
  'devices',
  'tags',
  'products',
  'groups',
  'messages',
  'own',
] as const
export type Family = (typeof families)[number]

/**
 * The mark that a call leaves. A client may repeat a `read` whose answer was lost; `destroy` takes away what no other
 * operation brings back, so the console asks before it.
 */
export type Effect = 'read' | 'write' | 'destroy'

/** Calls that one account may make of an action, its RAM users together. */
export interface Quota {
  readonly perSecond: number
  /** Far pages cost more: calls with CurrentPage × PageSize ≥ 100,000 have a quota of their own. */
  readonly perSecondFarPages?: number
  /** Calls that leave a parameter out have a quota of their own, for each minute. */
  readonly perMinuteWithout?: { readonly parameter: string; readonly calls: number }
}

/** The result of a call: its answer, and facts for the metrics that are not on the wire. */
export type Result<A extends Members> = Values<A> & {
  /** Devices that the call checked or registered. */
  readonly devices?: number
}

/** The facts of a call that an action receives besides its parameters. */
export interface Call<F extends FailureCode, Registry, Target = unknown> {
  /** The account whose data the call acts on; a RAM user acts on its account's. */
  readonly account: number
  readonly caller: Caller
  /** The instance and product that the parameters IotInstanceId and ProductKey name, as they were when the store admitted the call. */
  readonly target: Target
  readonly registry: Registry
  /** Reaches devices, on whichever node they are connected. */
  readonly messaging: Messaging
  readonly server: Server
  /** Ends the call with a declared failure. */
  fail(code: F | CommonFailure, detail?: string, answer?: Readonly<Record<string, unknown>>): never
}

/** Whose key signed a call. */
export interface Caller {
  readonly accessKeyId: string
  /** The RAM user whose key it is; undefined: the account's own. */
  readonly ramUser: { readonly name: string; readonly allowed: readonly string[] | undefined } | undefined
}

/** The facts of the server that an action may use. */
export interface Server {
  /** Every operation that it has, by name. */
  readonly actions: ReadonlyMap<string, { readonly name: string; readonly quota: Quota }>
  /** True if accounts may not set their quotas. */
  readonly fixedQuotas: boolean
}

/** Failures that any action may report. */
export const commonFailures = [
  'iot.system.SystemException',
  'iot.system.InstanceNotFound',
  'iot.common.RamActionPermissionDeny',
] as const satisfies FailureCode[]
export type CommonFailure = (typeof commonFailures)[number]

/** An action whose parameter types have been forgotten, as the walk of a call sees it. */
export type Action<Registry, Target = unknown> = Declaration<Members, Members, FailureCode, Registry, Target>

/** Ends the call: `fail` of every Call. */
export function fail(code: FailureCode, detail?: string, answer?: Readonly<Record<string, unknown>>): never {
  throw new Failure(code, detail, answer)
}
