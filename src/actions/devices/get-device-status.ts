import { struct } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { stateTime, stateTimeOf, status, statusOf } from '../shared/device-answers.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Returns the state of one device. */
export const getDeviceStatus = action({
  name: 'GetDeviceStatus',
  family: 'devices',
  effect: 'read',
  summary: {
    en: 'Returns whether a device is active, online or disabled.',
    zh: '查询设备是否已激活、在线或被禁用。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {
    Data: struct({
      Status: status,
      Timestamp: stateTime,
    }),
  },

  failures: { ...deviceKeyFailures },

  async run(key, call) {
    const device = await deviceOf(call, key)
    const { devices, sessions } = call.registry
    const [[createdAt], [presence]] = await Promise.all([
      devices.createdAt([device]),
      sessions.presence([device]),
    ])
    if (createdAt === undefined) return call.fail('iot.device.NotExistedDevice', 'It was deleted meanwhile.')
    return {
      Data: { Status: statusOf(device, presence!), Timestamp: stateTimeOf(device, presence!, createdAt) },
    }
  },
})
