import { action } from '../shared/declare.ts'
import { qos } from '../shared/messages.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'
import { batchThingFailures, deviceNames, items, objectIn, sendToThings } from '../shared/things.ts'

/** Sends several devices properties to set. */
export const setDevicesProperty = action({
  name: 'SetDevicesProperty',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends up to 100 devices of a product properties to set, as SetDeviceProperty does.',
    zh: '向产品下的多个设备（最多 100 个）下发属性设置命令，同 SetDeviceProperty。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },
  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: deviceNames,
    Items: items,
    Qos: qos,
  },
  answer: {},
  failures: batchThingFailures,

  async run({ Items, Qos, ...devices }, call) {
    const params = objectIn(call, 'Items', Items)
    await sendToThings(call, devices, { service: 'property/set', params, qos: Qos === 1 ? 1 : 0 })
    return {}
  },
})
