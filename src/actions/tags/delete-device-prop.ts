import { text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Takes a tag off a device. */
export const deleteDeviceProp = action({
  name: 'DeleteDeviceProp',
  family: 'tags',
  effect: 'destroy',
  summary: 'Takes a tag off a device; nothing happens where the device has none of that key.',
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey, PropKey: text('The key of the tag.') },

  answer: {},

  failures: { ...deviceKeyFailures },

  async run({ IotInstanceId, PropKey, ...key }, call) {
    const device = await deviceOf(call, IotInstanceId, key)
    await call.registry.deviceTags.delete(device, PropKey)
    return {}
  },
})
