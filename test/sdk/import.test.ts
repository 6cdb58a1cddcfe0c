import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { clients } from '../support/sdk-clients.ts'
import { goodDevices } from '../support/sdk-devices.ts'
import { openTarget, ownServerOnly } from '../support/sdk-target.ts'

const target = await openTarget()
after(() => target.close())

const DeviceList = goodDevices(10_000)

for (const [index, { name, connect, raised, raisesFailures }] of clients.entries()) {
  test(`${name}: imports 10,000 devices, all of which the check then finds`, {
    skip: ownServerOnly,
  }, async () => {
    const call = connect(target)
    const product = { ProductName: `Import_${index}`, NodeType: 0, AuthType: 'one-party' }
    const { ProductKey } = await call('CreateProduct', product)

    const imported = await call('BatchImportDevice', { ProductKey, DeviceList })
    assert.equal(imported.Success, true)
    const { ApplyId, ...lists } = imported.Data as Record<string, unknown>
    assert.ok(Number.isSafeInteger(ApplyId), `${ApplyId}`)
    assert.deepEqual(lists, {})

    const checked = await call('BatchCheckImportDevice', { ProductKey, DeviceList })
    assert.deepEqual(checked.Data, {
      InvalidDetailList: DeviceList.map((device) => ({
        ...device,
        ErrorMsg: 'The device name already exists.',
      })),
      InvalidDeviceNameList: [],
      InvalidDeviceSecretList: [],
      InvalidSnList: [],
      RepeatedDeviceNameList: DeviceList.map(({ DeviceName }) => DeviceName),
    })

    const again = call('BatchImportDevice', { ProductKey, DeviceList: DeviceList.slice(0, 2) })
    const code = 'iot.device.ApplyManyDevicesFailed'
    if (raisesFailures) await assert.rejects(again, raised(code, 200))
    else assert.equal((await again).Code, code)
  })
}
