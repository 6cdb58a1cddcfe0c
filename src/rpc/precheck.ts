import type { Action } from '../api/action.ts'
import type { Clock } from '../lib/clock.ts'
import { header, type Request } from '../lib/http-message.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import { assertUsable, sentAtOf } from './authenticate.ts'
import { bodyKindOf } from './body.ts'
import { formatOf } from './format.ts'
import { scanParameters, textParameter } from './parameters/parameters.ts'
import type { Format } from './render.ts'
import { checkHead, findAction, UnknownAction } from './request.ts'
import { credentialsV1, credentialsV3, isV3, refuseOtherCredentials } from './signed-request.ts'

interface PrecheckOptions {
  readonly actions: ReadonlyMap<string, Action<never>>
  readonly registry: { readonly accessKeys: AccessKeys }
  readonly clock: Clock
  readonly clockSkewMs: number
}

/** Thrown by what can't be told yet: the body may say it. */
const maybeInBody = new Error('the body may say it')

/**
 * The walk up to the signature (answer.ts), as far as a request's headers and the first parameters of its query go:
 * who has no key, or an old request, need not send 4 MB to be told. Every step is the walk's own, and taken again
 * by it; what may be in the body is left to it.
 * @throws Refusal as the walk would, where the body can't change it
 */
export async function precheck(
  { actions, registry, clock, clockSkewMs }: PrecheckOptions,
  beginning: Request,
  notes: { format: Format; action?: string },
): Promise<void> {
  checkHead(beginning)
  // Without a length there may be no body, and then its type says nothing.
  if (header(beginning, 'content-length') !== undefined) bodyKindOf(beginning)
  const { common: table } = scanParameters(beginning.bytes, beginning.queryEnd, beginning.end)
  notes.format = formatOf(beginning, table)
  unlessLater(() => {
    const parameter = (name: string) => textParameter(table, name) ?? later()
    notes.action = findAction(beginning, parameter, actions).name
  })
  refuseOtherCredentials(beginning, table)
  const credentials = isV3(beginning) ? credentialsV3(beginning) : credentialsV1(table, () => undefined)
  if (credentials.timestamp !== undefined) sentAtOf(credentials.timestamp, clock, clockSkewMs)
  if (credentials.accessKeyId !== undefined)
    assertUsable(await registry.accessKeys.findCached(credentials.accessKeyId))
}

function later(): never {
  throw maybeInBody
}

function unlessLater(step: () => void): void {
  try {
    step()
  } catch (error) {
    // Whether a client of ours calls it, the signature says, and that may need the body.
    if (error !== maybeInBody && !(error instanceof UnknownAction)) throw error
  }
}
