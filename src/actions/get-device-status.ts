import { int, optional, struct } from '../api/shape.ts'
import { action } from './shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from './shared/device.ts'
import { status, statusOf } from './shared/device-answers.ts'
import { iotInstanceId } from './shared/product.ts'

/** Tells the state of one device. */
export const getDeviceStatus = action({
  name: 'GetDeviceStatus',
  summary: 'Tells whether a device is active, online or disabled.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {
    Data: struct({
      Status: status,
      Timestamp: optional(int({}, 'When the state changed; left out while the device was never online.')),
    }),
  },

  failures: { ...deviceKeyFailures },

  async run({ IotInstanceId, ...key }, call) {
    return { Data: { Status: statusOf(await deviceOf(call, IotInstanceId, key)) } }
  },
})
