import { bool, struct } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, openedDevice } from '../shared/device.ts'
import { connectionDetail, connectionDetailOf, detail, detailOf } from '../shared/device-answers.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Returns the details of one device. */
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
      ...connectionDetail,
      Owner: bool('Whether the device is the caller’s; always true.'),
    }),
  },

  failures: { ...deviceKeyFailures },

  async run(key, call) {
    const { device, product } = await openedDevice(call, key)
    const [presence] = await call.registry.sessions.presence([device])
    return {
      Data: { ...detailOf(device, product, presence!), ...connectionDetailOf(presence!), Owner: true },
    }
  },
})
