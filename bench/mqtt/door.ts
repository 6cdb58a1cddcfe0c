import { createHmac, timingSafeEqual } from 'node:crypto'
import { systemClock } from '../../src/lib/clock.ts'
import { systemRandom } from '../../src/lib/random.ts'
import { Door } from '../../src/mqtt/door.ts'
import { listen } from '../../src/mqtt/listeners.ts'
import type { Attachment, MqttService } from '../../src/mqtt/service.ts'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { nameOf, productKey, secretOf } from './devices.ts'
import { serveUsage } from './usage.ts'

/** The door alone, with secrets and sessions in memory, like aedes. */
const attachment: Attachment = {
  sessionPresent: false,
  subscriptions: [],
  ready() {},
  published: () => undefined,
  subscribed() {},
  unsubscribed() {},
  acknowledged() {},
  drained() {},
  ended() {},
  isResumed: async () => false,
}
const topicClasses = () => [
  { template: `/${productKey}/\${deviceName}/user/update`, operation: 'PUB' as const },
  { template: `/${productKey}/\${deviceName}/user/get`, operation: 'SUB' as const },
]
const service: MqttService = {
  async signIn({ clientId, userName, password = Buffer.alloc(0) }) {
    const [name, product] = `${userName}`.split('&') as [string, string]
    const number = Number(name.slice(nameOf(0).length - 1))
    const content = `clientId${clientId.split('|')[0]}deviceName${name}productKey${product}`
    const expected = Buffer.from(createHmac('sha1', secretOf(number)).update(content).digest('hex'))
    if (password.length !== expected.length || !timingSafeEqual(password, expected))
      return { kind: 'refused', reason: 'credentials' }
    return {
      kind: 'accepted',
      device: { product: 1, account: 1, number, productKey, name, hasFreeTopics: false, topicClasses },
    }
  },
  attach: async () => attachment,
}
const none = () => {}
const door = new Door(service, {
  clock: systemClock,
  rates: { connectsPerMinute: undefined, messagesPerSecond: undefined, bytesPerSecond: undefined },
  events: { refused: none, dropped: none, broke: none },
})
setInterval(() => door.sweep(), 1000)
const free = { number: 0, asked: true }
const listening = await listen(door, {
  host: '127.0.0.1',
  ports: [free],
  tlsPort: free,
  certificate: selfSigned(undefined, '127.0.0.1', systemClock, systemRandom),
  ticketKeys: undefined,
})
serveUsage({ port: listening.ports[0]!, tlsPort: listening.tlsPort!, productKey })
