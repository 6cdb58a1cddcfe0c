import { action } from './shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from './shared/device.ts'
import { iotInstanceId } from './shared/product.ts'

/** Forbids a device to connect. */
export const disableThing = action({
  name: 'DisableThing',
  summary: 'Disables a device, which may then not connect; all that is known of it stays.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {},

  failures: { ...deviceKeyFailures },

  async run({ IotInstanceId, ...key }, call) {
    const device = await deviceOf(call, IotInstanceId, key)
    if ((await call.registry.devices.update([{ device, change: { disabled: true } }])) !== undefined)
      call.fail('iot.device.NotExistedDevice')
    return {}
  },
})
