import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Deletes one device. */
export const deleteDevice = action({
  name: 'DeleteDevice',
  family: 'devices',
  effect: 'destroy',
  summary: {
    en: 'Deletes a device, given by IotId or by ProductKey and DeviceName. If both are given, IotId counts.',
    zh: '删除设备，用 IotId 或 ProductKey 与 DeviceName 指定；都传入时以 IotId 为准。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...deviceKey,
  },

  answer: {},

  failures: { ...deviceKeyFailures },

  async run({ IotId, ProductKey, DeviceName }, call) {
    const device = await deviceOf(call, { IotId, ProductKey, DeviceName })
    if (!(await call.registry.devices.delete(call.account, device))) call.fail('iot.device.NotExistedDevice')
    return {}
  },
})
