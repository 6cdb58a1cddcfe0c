import { type Messaging, RateLimited } from './messaging.ts'

/** Nothing is sent, so nothing needs an ID of its own. */
const messageId = 1

/** The port of a server that no device connects to: every device is offline, and nothing is kept for it. */
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
