import { optional, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Would let a device that registered itself do so again, which none can yet. */
export const resetThing = action({
  name: 'ResetThing',
  family: 'devices',
  effect: 'destroy',
  summary: {
    en: 'Allows a dynamically registered device to register again. Rollcall has no dynamic registration yet, so nothing changes.',
    zh: '允许动态注册过的设备再次注册。目前不支持动态注册，因此不产生变化。',
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

  async run({ IotInstanceId, ...key }, call) {
    await deviceOf(call, IotInstanceId, key)
    return {}
  },
})
