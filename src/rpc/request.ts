import { header, type Request, withRoom } from '../lib/http-message.ts'
import { type BodyKind, bodyKindOf, refuseDisguised } from './body.ts'
import { jsonBodyAsForm } from './parameters/json-body.ts'
import type { ListPrefixes } from './parameters/limits.ts'
import { MultipartBody } from './parameters/multipart-body.ts'
import { type Parameters, scanParameters, textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'
import type { Scheme } from './scheme.ts'

/**
 * The parameters of a request: query and body together, wherever the client put them (wire-facts §2.4), as far as they
 * may be read before its signature is verified.
 */
export interface RequestParameters extends Parameters {
  /**
   * Those that the signature covers by name and value: all of V1, the query of V3.
   * @param lists the list parameters of the operation called
   * @throws Refusal TooManyParameters
   */
  signed(lists: ListPrefixes): ParameterTable
  /**
   * All of them. The body of V3 is read here and no sooner: its hash is signed, so nothing in it is needed to
   * verify it (design §4).
   * @throws Refusal TooManyParameters, InvalidJson or InvalidMultipart
   */
  all(lists: ListPrefixes): ParameterTable
}

/** @throws Refusal for a method, header or body that Rollcall does not accept */
export function parametersOf(request: Request, scheme: Scheme, path?: string): RequestParameters {
  checkHead(request, path)
  const body = request.bytes.subarray(request.queryEnd, request.end)
  const kind = body.length === 0 ? 'form' : bodyKindOf(request, scheme)
  if (kind === 'form') refuseDisguised(body)
  if (scheme.version === 'v1') {
    const parameters = withBody(request, body, kind)
    return { ...parameters, signed: parameters.all }
  }
  const query = queryOf(request)
  let whole: Parameters | undefined
  const all: Parameters['all'] = (lists) => {
    whole ??= body.length === 0 ? query : withBody(request, body, kind)
    return whole.all(lists)
  }
  return { common: query.common, signed: query.all, all }
}

/**
 * The common parameters in the beginning of a request, whose body is still to come.
 * @throws Refusal as `parametersOf` would with any body
 */
export function commonParametersOf(beginning: Request, scheme: Scheme): ParameterTable {
  checkHead(beginning)
  // Without a length there may be no body, and then its type means nothing.
  if (header(beginning, 'content-length') !== undefined) bodyKindOf(beginning, scheme)
  return scanParameters(beginning.bytes, beginning.queryEnd, beginning.end).common
}

/** Query and body, which have been received side by side. */
function withBody(request: Request, body: Buffer, kind: BodyKind): Parameters {
  const { bytes, queryEnd, end } = request
  if (kind === 'form') return scanParameters(bytes, queryEnd, end, request.room)
  const scanned = (form: Buffer) =>
    scanParameters(
      copied(request, bytes.subarray(0, queryEnd), form),
      queryEnd,
      queryEnd + form.length,
      request.room,
    )
  if (kind === 'json') return scanned(jsonBodyAsForm(body))
  const parts = new MultipartBody(body, kind.boundary)
  let whole: Parameters | undefined
  return {
    common: scanned(parts.form({ commonOnly: true })).common,
    all: (lists) => {
      whole ??= scanned(parts.form())
      return whole.all(lists)
    },
  }
}

/** The query alone; where there is a body, query and body are scanned together later, and a scan changes what it reads. */
function queryOf(request: Request): Parameters {
  const { bytes, queryEnd, end, room } = request
  const query = end === queryEnd ? bytes : copied(request, bytes.subarray(0, queryEnd))
  return scanParameters(query, queryEnd, queryEnd, room)
}

/** Bytes one after the other as they would have been received: where a scan is quick, with room behind them. */
function copied({ room }: Request, ...parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  const bytes = room?.(withRoom(size)) ?? Buffer.allocUnsafe(size)
  let end = 0
  for (const part of parts) end += part.copy(bytes, end)
  return bytes
}

/**
 * @param served the path that is served
 * @throws Refusal for a method or path that is not served, or a header that is given twice
 */
function checkHead({ method, path, headers }: Request, served = '/'): void {
  if (method !== 'GET' && method !== 'POST') throw new Refusal('UnsupportedHTTPMethod')
  if (path !== served) throw new Refusal('InvalidAction.NotFound')
  for (const [name, values] of headers) {
    // V3 signs the values of a repeated header sorted and joined, so each could be sent in other orders and splits.
    if (values.length > 1 && (name.startsWith('x-acs-') || singular.has(name)))
      throw new Refusal('MalformedRequest', { reason: `it has ${values.length} headers ${name}` })
  }
}

const singular = new Set(['host', 'authorization', 'content-type'])

/**
 * The operation that a request calls. V3 signs its headers, so they may name it; V1 does not, so only the parameter
 * counts, although clients repeat it there.
 * @param absent returns the value of a missing name or version, or throws
 * @throws Refusal InvalidVersion or InvalidAction.NotFound
 */
export function findAction<A extends { readonly version: string }, Absent>(
  request: Request,
  { version: signature }: Scheme,
  common: ParameterTable,
  actions: ReadonlyMap<string, A>,
  absent: (name: string) => Absent,
): A | UnknownAction | Absent {
  const named = (name: string, headerName: string) =>
    (signature === 'v3' ? header(request, headerName) : undefined) ??
    textParameter(common, name) ??
    absent(name)
  const name = named('Action', 'x-acs-action')
  if (typeof name !== 'string') return name
  const version = named('Version', 'x-acs-version')
  if (typeof version !== 'string') return version
  const meant = sameVersion.get(version) ?? version
  if (!versionsIn(actions).has(meant)) {
    throw new Refusal('InvalidVersion', { versions: versionsOf(actions).join(', ') })
  }
  const action = actions.get(name)
  if (action === undefined) return new UnknownAction(name)
  // The operation has another version.
  if (action.version !== meant) throw new Refusal('InvalidAction.NotFound')
  return action
}

const versions = new WeakMap<object, ReadonlySet<string>>()

/** The versions that operations have. */
function versionsIn(actions: ReadonlyMap<string, { readonly version: string }>): ReadonlySet<string> {
  let found = versions.get(actions)
  if (found === undefined) {
    found = new Set([...actions.values()].map(({ version }) => version))
    versions.set(actions, found)
  }
  return found
}

/** Versions that mean another one: newer pages of the cloud show 2022-01-01 (wire-facts §1). */
const sameVersion: ReadonlyMap<string, string> = new Map([['2022-01-01', '2018-01-20']])

const versionsOf = (actions: ReadonlyMap<string, { readonly version: string }>) =>
  [...new Set([...sameVersion.keys(), ...versionsIn(actions)])].sort()

/** The refusal of an operation that Rollcall does not have. */
export class UnknownAction extends Refusal {
  /** The name as the client sent it: any text. */
  readonly action: string
  constructor(action: string) {
    super('InvalidAction.NotFound')
    this.action = action
  }
}
