import { type RefusalKind, refusals } from './refusals.ts'

/** Why a message was dropped. */
export const dropReasons = ['foreign topic', 'rate', 'too large for the device'] as const
export type DropReason = (typeof dropReasons)[number]

/** Reasons for which a connection ends before a CONNACK could give one. */
const unanswered = ['malformed', 'timeout', 'early bytes'] as const
export type Refused = RefusalKind | (typeof unanswered)[number]

const zeros = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>

/** The door's counters since the process started; plain numbers, because some increase with every packet. */
export class Tally {
  /** Devices connected now. */
  connections = 0
  /** Accepted CONNECTs. */
  connects = 0
  readonly refusals: Record<Refused, number> = zeros([
    ...(Object.keys(refusals) as RefusalKind[]),
    ...unanswered,
  ])
  readonly messages = { up: 0, down: 0 }
  readonly bytes = { up: 0, down: 0 }
  readonly drops: Record<DropReason, number> = zeros(dropReasons)
}
