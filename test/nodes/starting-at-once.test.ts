import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, devicesNamed, drivers, sharedStore } from '../support/nodes.ts'

for (const driver of drivers) {
  test(`servers that start at once on nothing in ${driver} fill it once`, async (t) => {
    const shared = await sharedStore(t, driver)
    const nodes = await Promise.all([0, 1, 2].map(() => shared.place.serve()))
    const toldFirst = nodes.filter(({ process }) => process.stdout.includes('The store was empty'))
    assert.equal(toldFirst.length, 1)
    const count = async (table: string) =>
      Number((await shared.sql(`SELECT count(*) AS count FROM ${table}`))[0]!.count)
    const counts = { account: 1, access_key: 1, instance: 2, product: 2 }
    for (const [table, expected] of Object.entries(counts)) assert.equal(await count(table), expected, table)
    // Each serves, with the one master key: what one has sealed another opens.
    const { body } = await ask(nodes[0]!, 'BatchImportDevice', devicesNamed(['first-device']))
    for (const node of nodes) {
      const page = { ApplyId: String(body.Data.ApplyId), PageNo: '1', PageSize: '10' }
      const { DeviceList } = (await ask(node, 'QueryImportedDeviceByApplyId', page)).body
      assert.equal(DeviceList.device[0].DeviceSecret, 'secret-of-first-device')
    }
    for (const { process } of nodes) assert.equal(process.stderr, '')
  })
}
