import { text } from '../../api/shape.ts'
import { deviceTagsMax, propsMax, readProps, tagKeyRule, tagValueRule } from '../../rules/device-tags.ts'
import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

const faults = {
  'too-long': 'iot.device.LongDevicePropertiesString',
  malformed: 'iot.device.InvalidFormattedDevicePropertiesString',
  none: 'iot.device.NoneDeviceProperties',
  'too-many': 'iot.device.TooManyDevicePropertiesPerTime',
  key: 'iot.device.InvalidFormattedDevicePropertyKey',
  value: 'iot.device.InvalidFormattedDevicePropertiesString',
} as const

/** Sets tags of a device. */
export const saveDeviceProp = action({
  name: 'SaveDeviceProp',
  family: 'tags',
  effect: 'write',
  summary: {
    en: 'Adds tags to a device. A tag whose key exists gets the new value.',
    zh: '为设备添加标签；标签键已存在时更新其值。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...deviceKey,
    Props: text({
      en: `The tags as a JSON object of at most ${propsMax.inWords}, such as {"color":"red"}. A key: ${tagKeyRule.en}. A value: ${tagValueRule.en}. A device has at most ${deviceTagsMax} tags.`,
      zh: `标签，JSON 对象，最多 ${propsMax.inWords}，例如 {"color":"red"}。标签键：${tagKeyRule.zh}。标签值：${tagValueRule.zh}。一个设备最多 ${deviceTagsMax} 个标签。`,
    }),
  },

  answer: {},

  failures: {
    ...deviceKeyFailures,
    'iot.device.LongDevicePropertiesString': 200,
    'iot.device.InvalidFormattedDevicePropertiesString': 200,
    'iot.device.NoneDeviceProperties': 200,
    'iot.device.InvalidFormattedDevicePropertyKey': 200,
    'iot.device.TooManyDevicePropertiesPerTime': 200,
  },

  async run({ Props, ...key }, call) {
    const tags = readProps(Props)
    if ('fault' in tags) return call.fail(faults[tags.fault], tags.detail)
    const device = await deviceOf(call, key)
    switch (await call.registry.deviceTags.set(device, tags)) {
      case 'too-many':
        return call.fail(faults['too-many'], `The device may have ${deviceTagsMax} with those that it has.`)
      case 'device-gone':
        return call.fail('iot.device.NotExistedDevice')
      default:
        return {}
    }
  },
})
