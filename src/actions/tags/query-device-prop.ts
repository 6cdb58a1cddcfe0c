import { text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Returns the tags of one device. */
export const queryDeviceProp = action({
  name: 'QueryDeviceProp',
  family: 'tags',
  effect: 'read',
  summary: { en: 'Returns the tags of a device.', zh: '查询设备的标签。' },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, ...deviceKey },

  answer: { Props: text('The tags as a JSON object, such as {"color":"red"}.') },

  failures: { ...deviceKeyFailures },

  async run(key, call) {
    const device = await deviceOf(call, key)
    const tags = await call.registry.deviceTags.of(device)
    return { Props: JSON.stringify(Object.fromEntries(tags.map(({ key, value }) => [key, value]))) }
  },
})
