import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { BatchCheckImportDeviceRequest } from '@alicloud/iot20180120'
import { type Device, devicesWithBadOnes, goodDevices } from '../support/sdk-devices.ts'
import { openTarget, type ProductAddress } from '../support/sdk-target.ts'
import { typedAddress, typedClient, typedDevices } from '../support/sdk-typed.ts'

const target = await openTarget()
after(() => target.close())

const signatures = [
  { name: 'iot20180120 with its models, ACS3-HMAC-SHA256', client: typedClient(target) },
  { name: 'iot20180120 with its models, signature V1', client: typedClient(target, 'v2') },
]

for (const { name, client } of signatures) {
  describe(name, () => {
    test('reads of 10,000 good devices that they are', async () => {
      const { statusCode, headers, body } = await client.batchCheckImportDevice(
        request(target.product, goodDevices(10_000)),
      )
      assert.equal(statusCode, 200)
      assert.equal(headers['x-acs-request-id'], body.requestId)
      assert.equal(body.success, true)
      assert.equal(body.data, undefined)
      assert.equal(body.code, undefined)
    })

    test('reads the lists that its model knows, of 10,000 with bad ones', async () => {
      const { devices, report } = devicesWithBadOnes(10_000)
      const { body } = await client.batchCheckImportDevice(request(target.product, devices))
      assert.equal(body.success, true)
      // Version 3.0.11 has no member for InvalidDetailList; the untyped calls of the other tests read it.
      assert.deepEqual(
        { ...body.data },
        {
          invalidDeviceNameList: report.InvalidDeviceNameList,
          invalidDeviceSecretList: report.InvalidDeviceSecretList,
          invalidSnList: report.InvalidSnList,
          repeatedDeviceNameList: report.RepeatedDeviceNameList,
        },
      )
    })

    test('reads the failure of a product that does not exist', async () => {
      const { statusCode, body } = await client.batchCheckImportDevice(
        request({ ...target.product, ProductKey: 'a1NoSuchKey' }, goodDevices(3)),
      )
      assert.equal(statusCode, 200)
      assert.equal(body.success, false)
      assert.equal(body.code, 'iot.prod.NotExistedProduct')
      assert.match(body.errorMessage!, /^The specified product does not exist\./)
      assert.equal(body.data, undefined)
    })

    test('does not find a product of an instance that has an ID when the ID is left out or another', {
      skip: !target.productOfInstance && 'ROLLCALL_TEST_INSTANCE_ID is not set',
    }, async () => {
      const { ProductKey } = target.productOfInstance!
      const codeOf = async (address: ProductAddress) =>
        (await client.batchCheckImportDevice(request(address, goodDevices(3)))).body.code
      assert.equal(await codeOf({ ProductKey }), 'iot.prod.NotExistedProduct')
      assert.equal(await codeOf({ ProductKey, IotInstanceId: 'iot-none0000' }), 'iot.system.InstanceNotFound')
    })
  })
}

function request(address: ProductAddress, devices: Device[]) {
  return new BatchCheckImportDeviceRequest({ ...typedAddress(address), deviceList: typedDevices(devices) })
}
