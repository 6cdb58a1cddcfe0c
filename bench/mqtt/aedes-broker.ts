import { createHmac, timingSafeEqual } from 'node:crypto'
import { Aedes, type Client } from 'aedes'
import { secretOf } from './devices.ts'

/** aedes with the same checks as ours, secrets in memory: HMAC of the password, own topics only. */
export async function checkedBroker(productKey: string): Promise<Aedes> {
  const broker = await Aedes.createBroker()
  const nameOfClient = new Map<Client, string>()
  const own = (client: Client) => nameOfClient.get(client)!
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
  broker.authorizeSubscribe = (client, subscription, done) => {
    const { topic } = subscription
    const name = own(client)
    const isOwn =
      topic.startsWith(`/${productKey}/${name}/`) || topic.startsWith(`/sys/${productKey}/${name}/`)
    done(null, isOwn ? subscription : null)
  }
  broker.authorizePublish = (client, packet, done) =>
    done(
      client !== null && packet.topic.startsWith(`/${productKey}/${own(client)}/`)
        ? null
        : new Error('foreign'),
    )
  broker.on('clientDisconnect', (client) => nameOfClient.delete(client))
  return broker
}
