import { bool, struct } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, openedDevice } from '../shared/device.ts'
import { detail, detailOf, neverOnline } from '../shared/device-answers.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Tells everything of one device. */
export const queryDeviceDetail = action({
  name: 'QueryDeviceDetail',
  family: 'devices',
  effect: 'read',
  summary: { en: 'Returns the details of a device.', zh: '查询设备的详细信息。' },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {
    Data: struct({
      ...detail,
      ...neverOnline,
      Owner: bool('Whether the device is the caller’s; always true.'),
    }),
  },

  failures: { ...deviceKeyFailures },

  async run({ IotInstanceId, ...key }, call) {
    const { device, product } = await openedDevice(call, IotInstanceId, key)
    return {
      Data: { ...detailOf(device, product), IpAddress: '', GmtOnline: '', UtcOnline: '', Owner: true },
    }
  },
})
