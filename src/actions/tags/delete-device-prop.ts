import { text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Removes a tag from a device. */
export const deleteDeviceProp = action({
  name: 'DeleteDeviceProp',
  family: 'tags',
  effect: 'destroy',
  summary: {
    en: 'Removes a tag from a device. If the device has no tag with that key, nothing changes.',
    zh: '删除设备的标签；设备没有该标签键时不产生变化。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...deviceKey,
    PropKey: text({ en: 'The key of the tag.', zh: '标签键。' }),
  },

  answer: {},

  failures: { ...deviceKeyFailures },

  async run({ PropKey, ...key }, call) {
    const device = await deviceOf(call, key)
    await call.registry.deviceTags.delete(device, PropKey)
    return {}
  },
})
