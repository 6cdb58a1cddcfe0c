import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import mqtt, { type MqttClient } from 'mqtt'
import { type Followed, follow } from '../support/follow.ts'
import { ask, type DriverName, devicesNamed, type Node, nodesOn, sharedStore } from '../support/nodes.ts'
import { credentials } from '../support/server.ts'

interface DeviceNode extends Node {
  readonly mqtt: string
}

const happens = (client: MqttClient, event: 'connect' | 'close') =>
  new Promise<void>((resolve) => client.once(event, () => resolve()))

const base64 = (text: string) => Buffer.from(text).toString('base64')
const topic = '/lamp/set'

/** What operations and devices promise each other when they are at different nodes; each node is a process. */
export function devicesOnNodes(driver: DriverName): void {
  suite(`devices on three nodes with one store in ${driver}`, () => {
    let nodes: DeviceNode[]
    const names = ['lamp-1', 'lamp-2', 'lamp-3', 'lamp-4']
    const ends: (() => unknown)[] = []
    after(async () => {
      for (const end of ends.reverse()) await end()
    })
    before(async () => {
      const shared = await sharedStore({ after: (end) => ends.push(end as () => unknown) }, driver)
      const started = await nodesOn(shared, 3, '--quota', 'off')
      nodes = await Promise.all(
        started.map(async (node) => {
          const [, address] = await node.process.until(/^devices connect to (\S+)/m)
          return { ...node, mqtt: address! }
        }),
      )
      assert.equal((await ask(nodes[0]!, 'BatchImportDevice', devicesNamed(names))).body.Success, true)
    })

    /** A device at a node, by MQTT.js, which acknowledges what it gets. */
    async function connect(node: DeviceNode, name: string, got: (payload: string) => void = () => {}) {
      const client = mqtt.connect(node.mqtt, {
        clientId: name,
        username: name,
        password: `secret-of-${name}`,
        clean: false,
        reconnectPeriod: 0,
      })
      ends.push(() => client.end(true))
      client.on('error', () => {})
      client.on('message', (_, payload) => got(payload.toString()))
      await happens(client, 'connect')
      await client.subscribeAsync(topic, { qos: 1 })
      return client
    }
    const pub = (node: DeviceNode, DeviceName: string, text: string, Qos = '1') =>
      ask(node, 'Pub', { DeviceName, TopicFullName: topic, MessageContent: base64(text), Qos })

    test('Pub and RRpc reach a device at another node, and what it sends is followed there', async () => {
      const messages = Promise.withResolvers<string>()
      const device = await connect(nodes[1]!, 'lamp-1', messages.resolve)
      device.on('message', (on, payload) => {
        if (on.includes('/rrpc/request/')) device.publish(on.replace('request', 'response'), `re: ${payload}`)
      })
      assert.equal((await pub(nodes[0]!, 'lamp-1', 'hello')).body.Success, true)
      assert.equal(await messages.promise, 'hello')
      const rpc = { DeviceName: 'lamp-1', RequestBase64Byte: base64('ping'), Timeout: '8000' }
      const { body } = await ask(nodes[2]!, 'RRpc', rpc)
      assert.equal(body.RrpcCode, 'SUCCESS')
      assert.equal(Buffer.from(body.PayloadBase64Byte, 'base64').toString(), 're: ping')

      const events = await follow(nodes[0]!.url, { ProductKey: credentials.productKey, DeviceName: 'lamp-1' })
      await device.publishAsync('/lamp/state', '{"on":true}', { qos: 1 })
      const first = (await events.next()) as Followed
      assert.equal(first.data.topic, '/lamp/state')
      assert.equal(Buffer.from(first.data.payload, 'base64').toString(), '{"on":true}')
      events.close()
      await device.publishAsync('/lamp/state', 'while away', { qos: 1 })
      const again = await follow(nodes[2]!.url, { ProductKey: credentials.productKey }, first.id)
      assert.equal(Buffer.from((await again.next())!.data.payload, 'base64').toString(), 'while away')
      again.close()
    })

    test('a second connection of a device ends the first, at another node', async () => {
      const first = await connect(nodes[0]!, 'lamp-2')
      const closed = happens(first, 'close')
      await connect(nodes[1]!, 'lamp-2')
      await closed
    })

    test('a device that is disabled or deleted is cut at whichever node', async () => {
      const device = await connect(nodes[2]!, 'lamp-3')
      const closed = happens(device, 'close')
      assert.equal((await ask(nodes[0]!, 'DeleteDevice', { DeviceName: 'lamp-3' })).body.Success, true)
      await closed
    })

    test('no answered Pub is lost when a node is killed', async () => {
      const got = new Map<string, number>()
      const count = (payload: string) => got.set(payload, (got.get(payload) ?? 0) + 1)
      const devices = ['lamp-1', 'lamp-2', 'lamp-4']
      const clients: MqttClient[] = []
      for (const [i, name] of devices.entries()) clients.push(await connect(nodes[i]!, name, count))
      const answered: string[] = []
      let isKilled = false
      const publish = async (node: DeviceNode, from: string) => {
        for (let n = 0; n < 40; n++) {
          const text = `${from}-${n}`
          const reply = await pub(node, devices[n % devices.length]!, text).catch(() => undefined)
          if (reply?.body?.Success === true) answered.push(text)
          else assert.ok(isKilled && node === nodes[1], `Pub failed: ${reply?.text}`)
          if (from === 'a' && n === 15) {
            isKilled = true
            await nodes[1]!.process.stop('SIGKILL')
            // Its device connects elsewhere.
            clients[1] = await connect(nodes[2]!, devices[1]!, count)
          }
        }
      }
      await Promise.all([publish(nodes[0]!, 'a'), publish(nodes[1]!, 'b'), publish(nodes[2]!, 'c')])
      while (answered.some((text) => !got.has(text))) await new Promise((resolve) => setTimeout(resolve, 50))
      const twice = [...got].filter(([, times]) => times > 1)
      // Only what the killed node had in flight may come again.
      assert.ok(twice.length <= 100, `${twice.length} messages came twice`)
    })
  })
}
