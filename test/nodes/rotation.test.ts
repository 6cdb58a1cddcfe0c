import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, devicesNamed, drivers, nodesOn, sharedStore } from '../support/nodes.ts'

for (const driver of drivers) {
  test(`the master key is rotated under three nodes on ${driver}, twice at once, and nothing is lost`, async (t) => {
    const shared = await sharedStore(t, driver)
    const nodes = await nodesOn(shared, 3, '--quota', 'off')
    const imported: { readonly applyId: number; readonly name: string }[] = []
    const readBack = async (node: number, { applyId, name }: (typeof imported)[number]) => {
      const page = { ApplyId: String(applyId), PageNo: '1', PageSize: '10' }
      const { body, text } = await ask(nodes[node]!, 'QueryImportedDeviceByApplyId', page)
      assert.equal(body.DeviceList?.device[0].DeviceSecret, `secret-of-${name}`, text)
    }

    let rotating = true
    const clients = nodes.map(async (node, i) => {
      for (let n = 0; rotating; n++) {
        const name = `during-${i}-${n}`
        const { body, text } = await ask(node, 'BatchImportDevice', devicesNamed([name]))
        assert.equal(body.Success, true, text)
        imported.push({ applyId: body.Data.ApplyId, name })
        await readBack((i + 1) % 3, imported.at(-1)!)
        // And one that was sealed under an older key.
        await readBack((i + 2) % 3, imported[Math.floor(imported.length / 2)]!)
      }
    })
    const rotations = Promise.all([0, 1].map(() => shared.place.run('master-key', 'rotate')))
    await Promise.all([rotations.finally(() => (rotating = false)), ...clients])
    for (const { status, stderr } of await rotations) assert.deepEqual([status, stderr], [0, ''])
    assert.ok(imported.length > 0)
    // A node that was not there meanwhile reads all of it too.
    nodes[0] = await shared.place.serve('--quota', 'off')
    for (let first = 0; first < imported.length; first += 50) {
      await Promise.all(imported.slice(first, first + 50).map((one, i) => readBack(i % 3, one)))
    }
  })
}
