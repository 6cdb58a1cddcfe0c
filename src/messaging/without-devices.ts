import { type Messaging, RateLimited } from './messaging.ts'

let last = 0

/** The port of a server that no device connects to: every device is offline, and nothing is kept for it. */
export const withoutDevices: Messaging = {
  async publish(_to, { qos }) {
    if (qos === 1) throw new RateLimited('this server keeps no messages')
    return ++last
  },
  broadcast: async () => ++last,
  request: async () => ({ messageId: ++last, code: 'OFFLINE' }),
  subscriptions: async () => [],
  subscribe: async () => false,
  unsubscribe: async () => {},
  follow: async () => (async function* () {})(),
}
