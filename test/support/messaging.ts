import { openHub } from '../../src/messaging/hub.ts'
import type { Messaging } from '../../src/messaging/messaging.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { Network, SessionStore, TestConnection, unwritten } from '../messaging/doubles.ts'
import { repeatableRandom, type TestClock } from './deterministic.ts'

export interface TestMessaging {
  readonly messaging: Messaging
  /** The device that is connected. */
  readonly connection: TestConnection
  close(): Promise<void>
}

/** Messaging of one node, in memory, with one device connected: it answers each request (RRPC) with the request. */
export async function testMessaging(
  registry: Registry,
  clock: TestClock,
  productKey: string,
  name: string,
): Promise<TestMessaging> {
  const hub = await openHub({
    ...unwritten,
    sessions: new SessionStore(undefined, 1).sessions,
    openTransport: new Network().open,
    clock,
    random: repeatableRandom('hub'),
    systemTopics: () => false,
    dropped: () => {},
    failed: () => {},
  })
  const connection = new TestConnection()
  const [account] = await registry.accounts.all()
  const instance = await registry.instances.find(account!.id, undefined)
  const product = instance && (await registry.products.find(instance, productKey))
  const device = product && (await registry.devices.lookUp(product, name))
  if (device !== undefined) {
    const { number } = device
    const signedIn = {
      product: product!.id,
      account: account!.id,
      number,
      productKey,
      name,
      hasFreeTopics: true,
      topicClasses: () => [],
    }
    const attachment = await hub.attach(signedIn, connection)
    attachment!.ready('client')
    connection.onMessage = ({ topic, payload }) => {
      const answer = topic.replace('/rrpc/request/', '/rrpc/response/')
      if (answer !== topic) queueMicrotask(() => attachment!.published({ topic: answer, payload, qos: 0 }))
    }
  }
  return { messaging: hub.messaging, connection, close: hub.close }
}
