import { type Messaging, RateLimited } from './messaging.ts'

/** Nothing is sent, so no unique ID is needed. */
const messageId = 1

/**
 * The messaging port of a server without device connections: every device is offline, and no message is queued.
 */
export const withoutDevices: Messaging = {
  async publish(_to, { qos }) {
    if (qos === 1) throw new RateLimited('this server keeps no messages')
    return messageId
  },
  broadcast: async () => messageId,
  request: async () => ({ messageId, code: 'OFFLINE' }),
  subscriptions: async () => [],
  subscribe: async () => false,
  unsubscribe: async () => {},
  follow: async () => (async function* () {})(),
}
