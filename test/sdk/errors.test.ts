import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { clients } from '../support/sdk-clients.ts'
import { goodDevices } from '../support/sdk-devices.ts'
import { openTarget } from '../support/sdk-target.ts'

const target = await openTarget()
after(() => target.close())

const action = 'BatchCheckImportDevice'
const DeviceList = goodDevices(3)

for (const { name, connect, raised, raisesFailures } of clients) {
  const call = connect(target)

  describe(name, () => {
    test(`${raisesFailures ? 'raises' : 'answers'} the failure of a product that does not exist`, async () => {
      const asking = call(action, { ...target.product, ProductKey: 'a1NoSuchKey', DeviceList })
      const code = 'iot.prod.NotExistedProduct'
      const body = await (raisesFailures ? dataRaised(asking, raised(code, 200)) : asking)
      assert.equal(body.Success, false)
      assert.equal(body.Code, code)
      assert.match(String(body.ErrorMessage), /^The specified product does not exist\./)
      assert.ok(!('Data' in body))
    })

    test('raises the failure of a call without devices, which has the status that its page lists', async () => {
      const body = await dataRaised(
        call(action, { ...target.product }),
        raised('iot.device.NoneDeviceNameElement', 400),
      )
      assert.equal(body.Success, false)
      assert.equal(body.ErrorMessage, 'The DeviceName list is empty.')
      assert.equal(body.Message, body.ErrorMessage, 'clients look for Message where the status is 400')
    })

    test('raises SignatureDoesNotMatch when the secret is wrong', async () => {
      const stranger = connect({ ...target, accessKeySecret: 'not-the-secret' })
      const body = await dataRaised(
        stranger(action, { ...target.product, DeviceList }),
        raised('SignatureDoesNotMatch', 400),
      )
      assert.match(String(body.Message), /^Specified signature /)
      assert.equal(body.HostId, target.endpoint.host)
      assert.match(String(body.RequestId), /^[0-9A-F-]{36}$/)
    })

    test('raises InvalidAccessKeyId.NotFound for an unknown key', async () => {
      const stranger = connect({ ...target, accessKeyId: 'nobodys-key' })
      await dataRaised(
        stranger(action, { ...target.product, DeviceList }),
        raised('InvalidAccessKeyId.NotFound', 404),
      )
    })
  })
}

/** The body that an SDK attaches to the error that it raises. */
async function dataRaised(asking: Promise<unknown>, expected: object): Promise<Record<string, unknown>> {
  const error = await asking.then(
    () => assert.fail('nothing was raised'),
    (raised: Error & { data: Record<string, unknown> }) => raised,
  )
  assert.throws(() => {
    throw error
  }, expected)
  return error.data
}
