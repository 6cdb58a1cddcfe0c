import { type RefusalKind, refusals } from './refusals.ts'

/** Why a message was dropped. */
export const dropReasons = ['foreign topic', 'rate', 'too large for the device'] as const
export type DropReason = (typeof dropReasons)[number]

/** Connections that ended before a CONNACK could say why. */
const unanswered = ['malformed', 'timeout', 'early bytes'] as const
export type Refused = RefusalKind | (typeof unanswered)[number]

const zeros = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>

/** What the door has counted since the process started; plain numbers, since some rise with every packet. */
export class Tally {
  /** Devices that are connected now. */
  connections = 0
  /** CONNECTs that were accepted. */
  connects = 0
  readonly refusals: Record<Refused, number> = zeros([
    ...(Object.keys(refusals) as RefusalKind[]),
    ...unanswered,
  ])
  readonly messages = { up: 0, down: 0 }
  readonly bytes = { up: 0, down: 0 }
  readonly drops: Record<DropReason, number> = zeros(dropReasons)
}
