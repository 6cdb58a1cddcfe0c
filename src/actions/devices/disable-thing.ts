import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, setDisabled } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Forbids a device to connect. */
export const disableThing = action({
  name: 'DisableThing',
  family: 'devices',
  effect: 'write',
  summary: 'Disables a device, which may then not connect; all that is known of it stays.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {},

  failures: { ...deviceKeyFailures },

  run: (asked, call) => setDisabled(call, asked, true),
})
