import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { clients } from '../support/sdk-clients.ts'
import { devicesWithBadOnes, goodDevices } from '../support/sdk-devices.ts'
import { openTarget } from '../support/sdk-target.ts'

const target = await openTarget()
after(() => target.close())

const action = 'BatchCheckImportDevice'

for (const { name, connect } of clients) {
  const call = connect(target)

  describe(name, () => {
    test('verifies 10,000 good devices, and the answer says only that they are good', async () => {
      const { RequestId, ...body } = await call(action, {
        ...target.product,
        DeviceList: goodDevices(10_000),
      })
      assert.match(String(RequestId), /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
      assert.deepEqual(body, { Success: true })
    })

    test('reads all five lists about the bad entries among 10,000', async () => {
      const { devices, report } = devicesWithBadOnes(10_000)
      const { Success, Data } = await call(action, { ...target.product, DeviceList: devices })
      assert.equal(Success, true)
      assert.deepEqual(Data, report)
    })

    test('reaches a product of an instance that has an ID', {
      skip: !target.productOfInstance && 'ROLLCALL_TEST_INSTANCE_ID is not set',
    }, async () => {
      const body = await call(action, { ...target.productOfInstance, DeviceList: goodDevices(3) })
      assert.equal(body.Success, true)
    })
  })
}
