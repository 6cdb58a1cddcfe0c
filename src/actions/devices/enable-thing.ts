import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, setDisabled } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Lets a disabled device connect again. */
export const enableThing = action({
  name: 'EnableThing',
  family: 'devices',
  effect: 'write',
  summary: 'Lifts the disabling of a device. One that is not disabled stays as it is.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {},

  failures: { ...deviceKeyFailures },

  run: (asked, call) => setDisabled(call, asked, false),
})
