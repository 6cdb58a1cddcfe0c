import { optional, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Ends a device's connection. The device stays active, because Rollcall has no dynamic registration to reset. */
export const resetThing = action({
  name: 'ResetThing',
  family: 'devices',
  effect: 'destroy',
  summary: {
    en: 'Ends the connection of a device. The device stays active and may connect again; Rollcall has no dynamic registration that could be reset.',
    zh: '断开设备的连接。设备保持已激活状态，可以重新连接；目前不支持动态注册，因此无注册状态可重置。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {
    JobId: optional(
      text(
        'The job that removes more than 2,000 devices from a gateway; omitted, because gateways have no devices here.',
      ),
    ),
  },

  failures: { ...deviceKeyFailures },

  async run(key, call) {
    await call.registry.devices.cut(await deviceOf(call, key))
    return {}
  },
})
