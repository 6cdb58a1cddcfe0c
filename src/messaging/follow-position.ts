/**
 * A follower's position: the MessageId of the last message of each node, and the start time as a MessageId, for
 * nodes that have sent none. As text it is a message's ID: `start_node.last_node.last`, in base 36.
 */
export interface FollowPosition {
  readonly start: number
  readonly last: Map<number, number>
}

const form = /^[0-9a-z]{1,11}(?:_[0-9a-z]{1,11}\.[0-9a-z]{1,11}){0,64}$/

export function writePosition({ start, last }: FollowPosition): string {
  const parts = [...last].map(([node, id]) => `${node.toString(36)}.${id.toString(36)}`)
  return [start.toString(36), ...parts].join('_')
}

/** @returns undefined if the text is not a message ID */
export function readPosition(text: string): FollowPosition | undefined {
  if (!form.test(text)) return undefined
  const [start, ...parts] = text.split('_')
  const last = parts.map((part) => {
    const [node, id] = part.split('.')
    return [Number.parseInt(node!, 36), Number.parseInt(id!, 36)] as const
  })
  return { start: Number.parseInt(start!, 36), last: new Map(last) }
}

/** Returns the MessageId after which a node's next message comes. */
export const positionAt = ({ start, last }: FollowPosition, node: number): number => last.get(node) ?? start
