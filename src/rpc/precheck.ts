import type { Action } from '../api/action.ts'
import type { Clock } from '../lib/clock.ts'
import { header, type Request } from '../lib/http-message.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import { fit, sentAtOf } from './authenticate.ts'
import { bodyKindOf } from './body.ts'
import { formatOf } from './format.ts'
import { scanParameters, textParameter } from './parameters/parameters.ts'
import type { Format } from './render.ts'
import { findAction, judgeHead, UnknownAction } from './request.ts'
import { isV3, refuseOtherCredentials, saidV1, saidV3 } from './signed-request.ts'

interface Screening {
  readonly actions: ReadonlyMap<string, Action<never>>
  readonly registry: { readonly accessKeys: AccessKeys }
  readonly clock: Clock
  readonly clockSkewMs: number
}

/** Thrown by what can't be told yet: the body may say it. */
const laterToBeSaid = new Error('the body may say it')

/**
 * The walk up to the signature (answer.ts), as far as a request's headers and the first parameters of its query go:
 * who has no key, or an old request, need not send 4 MB to be told. Every step is the walk's own, and taken again
 * by it; what may be in the body is left to it.
 * @throws Refusal as the walk would, where the body can't change it
 */
export async function judgeBeginning(
  { actions, registry, clock, clockSkewMs }: Screening,
  beginning: Request,
  notes: { format: Format; action?: string },
): Promise<void> {
  judgeHead(beginning)
  // Without a length there may be no body, and then its type says nothing.
  if (header(beginning, 'content-length') !== undefined) bodyKindOf(beginning)
  const { common: table } = scanParameters(beginning.bytes, beginning.queryEnd, beginning.end)
  notes.format = formatOf(beginning, table)
  unlessLater(() => {
    const parameter = (name: string) => textParameter(table, name) ?? later()
    notes.action = findAction(beginning, parameter, actions).name
  })
  refuseOtherCredentials(beginning, table)
  const said = isV3(beginning) ? saidV3(beginning) : saidV1(table, () => undefined)
  if (said.timestamp !== undefined) sentAtOf(said.timestamp, clock, clockSkewMs)
  if (said.accessKeyId !== undefined) fit(await registry.accessKeys.recall(said.accessKeyId))
}

function later(): never {
  throw laterToBeSaid
}

function unlessLater(step: () => void): void {
  try {
    step()
  } catch (error) {
    // Whether a client of ours calls it, the signature says, and that may need the body.
    if (error !== laterToBeSaid && !(error instanceof UnknownAction)) throw error
  }
}
