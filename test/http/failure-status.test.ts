import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { credentials } from '../support/server.ts'
import { call } from '../support/sign.ts'
import { served } from './served.ts'

const ProductKey = credentials.productKey
const check = 'BatchCheckImportDevice'
const batchImport = 'BatchImportDevice'

// Goal: for each setting, one failure of every kind that it treats differently.
const failures = [
  // The three codes that the page of the check lists.
  ['no list', check, { ProductKey }, 'iot.device.NoneDeviceNameElement'],
  ['a malformed list', check, { ProductKey, 'DeviceList.0.Sn': '1' }, 'iot.device.InvalidDeviceParams'],
  // A code that the page does not list.
  ['another product', check, { ProductKey: 'nope', 'DeviceList.1.Sn': '1' }, 'iot.prod.NotExistedProduct'],
  // A failure that any action may tell.
  [
    'another instance',
    check,
    { ProductKey, IotInstanceId: 'iot-nope', 'DeviceList.1.Sn': '1' },
    'iot.system.InstanceNotFound',
  ],
  // A page that lists its codes under 400, but whose clients read 200.
  ['an import without a list', batchImport, { ProductKey }, 'iot.device.NoneDeviceNameElement'],
  [
    'an import of bad devices',
    batchImport,
    { ProductKey, 'DeviceList.1.DeviceName': '%' },
    'iot.device.ApplyManyDevicesFailed',
  ],
  // A page that lists its codes under 200.
  [
    'another ApplyId',
    'QueryImportedDeviceByApplyId',
    { ApplyId: '999', PageNo: '1', PageSize: '1' },
    'iot.device.DeviceApplyIsNotFound',
  ],
] as const

for (const [failureStatus, statuses] of [
  ['documented', [400, 400, 200, 200, 200, 200, 200]],
  ['200', [200, 200, 200, 200, 200, 200, 200]],
  ['400', [400, 400, 200, 200, 400, 400, 200]],
] as const) {
  suite(`--failure-status ${failureStatus}`, () => {
    const server = served({ failureStatus })

    failures.forEach(([what, action, parameters, code], i) => {
      const expected = statuses[i]!
      test(`${what} has status ${expected}`, async () => {
        const { status, body } = await call(
          server.url,
          action,
          parameters as Readonly<Record<string, string>>,
        )
        assert.deepEqual([status, body.Success, body.Code], [expected, false, code])
        // pop-core looks into Message whatever the status; the pages name ErrorMessage.
        assert.equal(typeof body.ErrorMessage, 'string')
        assert.equal(body.Message, body.ErrorMessage)
      })
    })

    test('a refusal of the gateway is 4xx all the same', async () => {
      const { status, body } = await call(server.url, check, {})
      assert.deepEqual([status, body.Code, body.Success], [400, 'MissingProductKey', undefined])
    })
  })
}
