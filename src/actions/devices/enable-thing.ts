import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, setDisabled } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Enables a disabled device, so that it can connect again. */
export const enableThing = action({
  name: 'EnableThing',
  family: 'devices',
  effect: 'write',
  summary: {
    en: 'Enables a disabled device. If the device is not disabled, nothing changes.',
    zh: '解除设备的禁用状态。未禁用的设备不产生变化。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {},

  failures: { ...deviceKeyFailures },

  run: (asked, call) => setDisabled(call, asked, false),
})
