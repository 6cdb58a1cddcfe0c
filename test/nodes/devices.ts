import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { MqttClient } from 'mqtt'
import { base64, connectDevice, type DeviceNode, deviceNodes, publish } from '../support/device-nodes.ts'
import { type Followed, follow } from '../support/follow.ts'
import { ask, type DriverName, devicesNamed, sharedStore } from '../support/nodes.ts'
import { credentials } from '../support/server.ts'

const happens = (client: MqttClient, event: 'connect' | 'close') =>
  new Promise<void>((resolve) => client.once(event, () => resolve()))

/** The guarantees between operations and devices at different nodes; each node is a process. */
export function devicesOnNodes(driver: DriverName): void {
  suite(`devices on three nodes with one store in ${driver}`, () => {
    let nodes: DeviceNode[]
    const names = ['lamp-1', 'lamp-2', 'lamp-3', 'lamp-4', 'lamp-5', 'lamp-6', 'lamp-7']
    const ends: (() => unknown)[] = []
    after(async () => {
      for (const end of ends.reverse()) await end()
    })
    before(async () => {
      const shared = await sharedStore({ after: (end) => ends.push(end as () => unknown) }, driver)
      nodes = await deviceNodes(shared, 3)
      assert.equal((await ask(nodes[0]!, 'BatchImportDevice', devicesNamed(names))).body.Success, true)
    })

    const connect = (node: DeviceNode, name: string, got?: (payload: string) => void) =>
      connectDevice({ after: (end) => ends.push(end as () => unknown) }, node, name, got)
    test('Pub and RRpc reach a device at another node, and what it sends is followed there', async () => {
      const messages = Promise.withResolvers<string>()
      const device = await connect(nodes[1]!, 'lamp-1', messages.resolve)
      device.on('message', (on, payload) => {
        if (on.includes('/rrpc/request/')) device.publish(on.replace('request', 'response'), `re: ${payload}`)
      })
      assert.equal((await publish(nodes[0]!, 'lamp-1', 'hello')).body.Success, true)
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

    test('every node reaches a device at every node, with the same result', async () => {
      const spread = ['lamp-5', 'lamp-6', 'lamp-7']
      const waiting = new Map<string, () => void>()
      const devices = await Promise.all(
        spread.map((name, i) =>
          connect(nodes[i]!, name, (payload) => waiting.get(`${name}: ${payload}`)?.()),
        ),
      )
      for (const device of devices)
        device.on('message', (on, payload) => {
          if (on.includes('/rrpc/request/'))
            device.publish(on.replace('request', 'response'), `re: ${payload}`)
        })
      for (const [from, node] of nodes.entries()) {
        for (const [at, DeviceName] of spread.entries()) {
          const payload = `${from} to ${at}`
          const arrived = new Promise<void>((resolve) => waiting.set(`${DeviceName}: ${payload}`, resolve))
          assert.equal((await publish(node, DeviceName, payload)).body.Success, true)
          await arrived
          const rpc = { DeviceName, RequestBase64Byte: base64(payload), Timeout: '8000' }
          const { body } = await ask(node, 'RRpc', rpc)
          assert.equal(`${Buffer.from(body.PayloadBase64Byte ?? '', 'base64')}`, `re: ${payload}`)
          const status = await ask(node, 'GetDeviceStatus', { DeviceName })
          assert.equal(status.body.Data.Status, 'ONLINE')
        }
      }
      // The node that a device is connected to cuts it, whichever node disabled it.
      for (const [at, DeviceName] of spread.entries()) {
        const closed = happens(devices[at]!, 'close')
        const asked = nodes[(at + 1) % 3]!
        const { IotId } = (await ask(asked, 'QueryDeviceDetail', { DeviceName })).body.Data
        assert.equal((await ask(asked, 'DisableThing', { IotId })).body.Success, true)
        await closed
        for (const node of nodes) {
          const { body } = await ask(node, 'GetDeviceStatus', { DeviceName })
          assert.equal(body.Data.Status, 'DISABLE')
        }
      }
    })

    test('a second connection of a device ends the first, at another node', async () => {
      const first = await connect(nodes[0]!, 'lamp-2')
      const closed = happens(first, 'close')
      await connect(nodes[1]!, 'lamp-2')
      await closed
      const logOf = async (node: DeviceNode) => {
        const named = { Version: '2026-11-01', DeviceName: 'lamp-2' }
        const { body } = await ask(node, 'ListConnectionEvents', named)
        const events = body.Data.Event as { Type: string; Reason: string; ClientId: string }[]
        return events.map(({ Type, Reason, ClientId }) => `${Type} ${Reason} ${ClientId}`).sort()
      }
      const whole = ['connected  lamp-2', 'connected  lamp-2', 'disconnected taken over lamp-2']
      // The nodes write their events within about a second.
      for (const node of nodes)
        while ((await logOf(node)).length < whole.length) await new Promise((next) => setTimeout(next, 50))
      for (const node of nodes) assert.deepEqual(await logOf(node), whole)
    })

    test('a device that is disabled or deleted is cut at whichever node', async () => {
      const device = await connect(nodes[2]!, 'lamp-3')
      const closed = happens(device, 'close')
      assert.equal((await ask(nodes[0]!, 'DeleteDevice', { DeviceName: 'lamp-3' })).body.Success, true)
      await closed
    })
  })
}
