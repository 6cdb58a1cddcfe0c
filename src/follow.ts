import { followMessages } from './actions/shared/follow-messages.ts'
import { type Answer, header, type Request } from './lib/http-message.ts'
import type { DeviceMessage, FollowFilter } from './messaging/messaging.ts'
import type { Registry } from './registry/registry.ts'
import { type ApiServer, answer } from './rpc/answer.ts'

/** The path for following device messages. */
const followPath = '/messages'

/**
 * Serves GET /messages?ProductKey=&DeviceName=: signed like a call, with the action `sub`. To resume, the
 * client signs again and sends Last-Event-ID.
 * @returns server-sent events until `signal` aborts, or an error response
 */
export async function follow(
  server: ApiServer<Registry>,
  request: Request,
  verified: () => void,
  signal: AbortSignal,
): Promise<Answer | AsyncIterable<string>> {
  let filter: Omit<FollowFilter, 'after'> | undefined
  const sub = followMessages((found) => {
    filter = found
  })
  const { messaging } = server
  const actions = new Map([[sub.name, sub]])
  const streaming = { ...server, messaging, path: followPath, actions, failureStatus: 'documented' } as const
  const answered = await answer(streaming, request, verified)
  if (filter === undefined) return answered
  const after = header(request, 'last-event-id')
  return eventsOf(await messaging.follow({ ...filter, after }, signal))
}

async function* eventsOf(messages: AsyncIterable<DeviceMessage>): AsyncIterable<string> {
  for await (const message of messages) {
    const { id, messageId, productKey, deviceName, topic, qos, generateTime, payload } = message
    const data = {
      messageId,
      productKey,
      deviceName,
      topic,
      qos,
      generateTime,
      payload: Buffer.from(payload).toString('base64'),
    }
    yield `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`
  }
}
