import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { base64, connectDevice, deviceNodes, publish } from '../support/device-nodes.ts'
import { ask, devicesNamed, sharedStore } from '../support/nodes.ts'

/** The addresses at which nodes on PostgreSQL reach each other. */

const outward = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal }) => !internal)
  .map(({ address }) => address)

for (const [flags, hosts] of [
  [['--host', '0.0.0.0'], outward.length === 0 ? ['127.0.0.1'] : outward],
  [['--host', '0.0.0.0', '--node-address', '127.0.0.1'], ['127.0.0.1']],
] as const) {
  test(`nodes with ${flags.join(' ')} reach each other’s devices`, async (t) => {
    const shared = await sharedStore(t, 'PostgreSQL')
    const nodes = await deviceNodes(shared, 2, ...flags)
    const rows = await shared.sql('SELECT address FROM node')
    assert.equal(rows.length, 2)
    for (const { address } of rows) {
      const [, host] = /^(.*):\d+\/[0-9a-f]{32}$/.exec(address as string) ?? []
      assert.ok((hosts as readonly string[]).includes(host?.replace(/^\[|\]$/g, '') ?? ''), `${address}`)
    }
    assert.equal((await ask(nodes[0]!, 'BatchImportDevice', devicesNamed(['lamp-1']))).body.Success, true)
    const { promise, resolve } = Promise.withResolvers<string>()
    const device = await connectDevice(t, nodes[1]!, 'lamp-1', resolve)
    assert.equal((await publish(nodes[0]!, 'lamp-1', 'hello')).body.Success, true)
    assert.equal(await promise, 'hello')
    device.on('message', (on, payload) => device.publish(on.replace('request', 'response'), payload))
    const rpc = { DeviceName: 'lamp-1', RequestBase64Byte: base64('ping'), Timeout: '8000' }
    assert.equal((await ask(nodes[0]!, 'RRpc', rpc)).body.RrpcCode, 'SUCCESS')
  })
}
