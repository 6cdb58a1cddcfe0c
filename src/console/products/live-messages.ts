import type { FollowedMessage } from '../../client/follow.ts'

/** A message as the page shows it: of the device, or to it with what has become of it. */
export interface LiveMessage {
  readonly key: string
  readonly isUp: boolean
  /** Milliseconds since 1970 UTC. */
  readonly time: number
  readonly topic: string
  readonly qos: number
  /** In base64. */
  readonly payload: string
  /** The delivery state of a message to the device. */
  readonly state?: string
  /** The device's answer to a request, in base64. */
  readonly answer?: string
}

/** The maximum number of messages that the page keeps, newest first, and of their characters of base64. */
const shownMax = 200
const shownCharactersMax = 2_000_000

/** A step that comes late, from another node, takes nothing back. */
const rank = (state = ''): number => ({ waiting: 0, sent: 1 })[state] ?? 2

/** Adds a message or a step of one, newest first; a later step of a message that is not shown changes nothing. */
export function withMessage(
  before: readonly LiveMessage[],
  { messageId, topic, qos, payload, generateTime, state }: FollowedMessage,
): readonly LiveMessage[] {
  const key = `${state === undefined ? 'up' : 'down'} ${messageId}`
  if (state === undefined)
    return newest([{ key, isUp: true, time: generateTime, topic, qos, payload }, ...before])
  const known = before.findIndex((message) => message.key === key)
  if (known < 0)
    return topic === ''
      ? before
      : newest([{ key, isUp: false, time: generateTime, topic, qos, payload, state }, ...before])
  const former = before[known]!
  if (rank(state) < rank(former.state)) return before
  const changed = { ...former, state, ...(state === 'answered' && { answer: payload }) }
  return before.with(known, changed)
}

function newest(messages: readonly LiveMessage[]): readonly LiveMessage[] {
  let characters = 0
  return messages
    .slice(0, shownMax)
    .filter(({ payload }, i) => (characters += payload.length) <= shownCharactersMax || i === 0)
}
