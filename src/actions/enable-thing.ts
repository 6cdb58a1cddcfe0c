import { action } from './shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from './shared/device.ts'
import { iotInstanceId } from './shared/product.ts'

/** Lets a disabled device connect again. */
export const enableThing = action({
  name: 'EnableThing',
  summary: 'Lifts the disabling of a device. One that is not disabled stays as it is.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {},

  failures: { ...deviceKeyFailures },

  async run({ IotInstanceId, ...key }, call) {
    const device = await deviceOf(call, IotInstanceId, key)
    if ((await call.registry.devices.update([{ device, change: { disabled: false } }])) !== undefined)
      call.fail('iot.device.NotExistedDevice')
    return {}
  },
})
