import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, setDisabled } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Disables a device, so that it can't connect. */
export const disableThing = action({
  name: 'DisableThing',
  family: 'devices',
  effect: 'write',
  summary: {
    en: "Disables a device. A disabled device can't connect; its data stays.",
    zh: '禁用设备，禁用后设备不能接入；设备信息保留。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: {},

  failures: { ...deviceKeyFailures },

  run: (asked, call) => setDisabled(call, asked, true),
})
