import { header, type Request } from '../lib/exchange.ts'
import { isV3 } from './claim.ts'
import { jsonBodyAsForm } from './parameters/json-body.ts'
import { parametersMax, scanParameters } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/**
 * The parameters of a request: query and form body together, wherever the client put them (wire-facts §2.4).
 * @throws Refusal for a method or content type that is not served
 */
export function parametersOf(request: Request): ParameterTable {
  judgeTarget(request)
  const { bytes, queryEnd, end } = request
  if (end === queryEnd || !hasJson(request)) return scanParameters(bytes, queryEnd, end)
  const form = jsonBodyAsForm(bytes.subarray(queryEnd, end), parametersMax)
  return scanParameters(Buffer.concat([bytes.subarray(0, queryEnd), form]), queryEnd, queryEnd + form.length)
}

/** @throws Refusal for a method or path that is not served */
export function judgeTarget({ method, path }: Request): void {
  if (method !== 'GET' && method !== 'POST') throw new Refusal('UnsupportedHTTPMethod')
  if (path !== '/') throw new Refusal('InvalidAction.NotFound')
}

/**
 * Whether the body is JSON; else it is a form.
 * @throws Refusal UnsupportedContentType
 */
export function hasJson(request: Request): boolean {
  const type = header(request, 'content-type') ?? ''
  if (/^application\/x-www-form-urlencoded\b/i.test(type) || isUntyped(type)) return false
  if (!/^application\/json\b/i.test(type))
    throw new Refusal('UnsupportedContentType', { type: type.slice(0, 100) })
  // V1 does not sign a JSON body; V3 signs its hash.
  if (!isV3(request))
    throw new Refusal('UnsupportedContentType', {
      type: 'application/json',
      reason: ' under signature V1, which does not sign it',
    })
  return true
}

/** Clients that were not told a type send none, text/plain (fetch) or a stream of octets; all mean a form. */
const isUntyped = (type: string) => type === '' || /^(text\/plain|application\/octet-stream)\b/i.test(type)

/**
 * Which operation is called. V3 signs its headers, so they may name it; under V1 they are not signed and
 * only a parameter counts, though clients repeat it there.
 * @throws Refusal MissingAction, MissingVersion, InvalidVersion or InvalidAction.NotFound
 */
export function findAction<A extends { readonly version: string }>(
  request: Request,
  parameter: (name: string) => string | undefined,
  actions: ReadonlyMap<string, A>,
): A {
  const named = (name: string, headerName: string) => {
    const value = (isV3(request) ? header(request, headerName) : undefined) ?? parameter(name)
    if (value === undefined) throw new Refusal('MissingParameter', { name })
    return value
  }
  const name = named('Action', 'x-acs-action')
  const version = named('Version', 'x-acs-version')
  if (![...actions.values()].some((action) => action.version === version)) throw new Refusal('InvalidVersion')
  const action = actions.get(name)
  if (action === undefined || action.version !== version) throw new UnknownAction(name)
  return action
}

/** The call of an operation that the API may have, but Rollcall hasn't. */
export class UnknownAction extends Refusal {
  /** As the caller sent it: any text. */
  readonly action: string
  constructor(action: string) {
    super('InvalidAction.NotFound')
    this.action = action
  }
}
