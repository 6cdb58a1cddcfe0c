import { createHmac, timingSafeEqual } from 'node:crypto'
import { type AddressInfo, createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Aedes, type Client } from 'aedes'
import { systemClock } from '../../src/lib/clock.ts'
import { systemRandom } from '../../src/lib/random.ts'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { productKey, secretOf } from './devices.ts'
import { serveUsage } from './usage.ts'

/** aedes with the same checks and secrets in memory: HMAC of the password, own topics only. */
const broker = await Aedes.createBroker()
const nameOfClient = new Map<Client, string>()

broker.authenticate = (client, userName, sent, done) => {
  const [name, product] = `${userName}`.split('&') as [string, string]
  const [id] = client.id.split('|') as [string]
  const content = `clientId${id}deviceName${name}productKey${product}`
  const secret = secretOf(Number(name.slice('device-'.length)))
  const expected = createHmac('sha1', secret).update(content).digest('hex')
  const password = sent ?? Buffer.alloc(0)
  const isRight = password.length === expected.length && timingSafeEqual(password, Buffer.from(expected))
  if (isRight) nameOfClient.set(client, name)
  done(null, isRight && product === productKey)
}
const own = (client: Client) => nameOfClient.get(client)!
broker.authorizeSubscribe = (client, subscription, done) => {
  const { topic } = subscription
  const name = own(client)
  const isOwn = topic.startsWith(`/${productKey}/${name}/`) || topic.startsWith(`/sys/${productKey}/${name}/`)
  done(null, isOwn ? subscription : null)
}
broker.authorizePublish = (client, packet, done) =>
  done(
    client !== null && packet.topic.startsWith(`/${productKey}/${own(client)}/`)
      ? null
      : new Error('foreign'),
  )
broker.on('clientDisconnect', (client) => nameOfClient.delete(client))

const listening = (server: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) =>
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
      resolve((server.address() as AddressInfo).port),
    ),
  )
const { cert, key } = selfSigned(undefined, '127.0.0.1', systemClock, systemRandom)
const port = await listening(createServer(broker.handle))
const tlsPort = await listening(createTlsServer({ cert, key }, broker.handle))
serveUsage({ port, tlsPort, productKey })
