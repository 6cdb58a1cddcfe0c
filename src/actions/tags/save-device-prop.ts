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

/** Gives a device tags. */
export const saveDeviceProp = action({
  name: 'SaveDeviceProp',
  family: 'tags',
  effect: 'write',
  summary: 'Gives a device tags; one whose key the device has already gets the new value.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ...deviceKey,
    Props: text(
      `The tags as a JSON object of ${propsMax.inWords} at the most, such as {"color":"red"}. A key: ${tagKeyRule}. A value: ${tagValueRule}. A device may have ${deviceTagsMax}.`,
    ),
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

  async run({ IotInstanceId, Props, ...key }, call) {
    const tags = readProps(Props)
    if ('fault' in tags) return call.fail(faults[tags.fault], tags.detail)
    const device = await deviceOf(call, IotInstanceId, key)
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
