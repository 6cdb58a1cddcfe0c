import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Takes one device off the roll. */
export const deleteDevice = action({
  name: 'DeleteDevice',
  family: 'devices',
  effect: 'destroy',
  summary:
    'Deletes a device, named by IotId or by ProductKey and DeviceName; IotId wins when both are given.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...deviceKey,
  },

  answer: {},

  failures: { ...deviceKeyFailures },

  async run({ IotInstanceId, IotId, ProductKey, DeviceName }, call) {
    const device = await deviceOf(call, IotInstanceId, { IotId, ProductKey, DeviceName })
    if (!(await call.registry.devices.delete(call.account, device))) call.fail('iot.device.NotExistedDevice')
    return {}
  },
})
