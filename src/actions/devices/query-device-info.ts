import { struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, openedDevice } from '../shared/device.ts'
import { nickname, nicknameOf } from '../shared/device-answers.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Returns the names and the secret of one device. */
export const queryDeviceInfo = action({
  name: 'QueryDeviceInfo',
  family: 'devices',
  effect: 'read',
  summary: { en: 'Returns the names and the secret of a device.', zh: '查询设备的名称和密钥。' },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {
    Data: struct({
      ProductKey: text(),
      DeviceName: text(),
      DeviceSecret: text(),
      IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
      Nickname: nickname,
    }),
  },

  failures: {
    'iot.prod.NullProductKey': 400,
    'iot.device.NullDeviceName': 400,
    'iot.device.InvalidIoTId': 400,
    'iot.prod.NotExistedProduct': 400,
    'iot.device.NotExistedDevice': 400,
  },

  async run(key, call) {
    const { device, product } = await openedDevice(call, key)
    return {
      Data: {
        ProductKey: product.productKey,
        DeviceName: device.name,
        DeviceSecret: device.secret,
        IotId: device.iotId,
        Nickname: nicknameOf(device),
      },
    }
  },
})
