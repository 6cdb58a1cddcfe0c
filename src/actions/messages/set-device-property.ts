import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { qos } from '../shared/messages.ts'
import { iotInstanceId } from '../shared/product.ts'
import { items, objectIn, sendToThing, sentTo, thingFailures } from '../shared/things.ts'

/** Sends a device properties to set. */
export const setDeviceProperty = action({
  name: 'SetDeviceProperty',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends a device properties to set, on …/thing/service/property/set. Success means sent, not done.',
    zh: '向设备下发属性设置命令（…/thing/service/property/set）；返回成功表示已发送，不表示设备已执行。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },
  parameters: { IotInstanceId: iotInstanceId, ...deviceKey, Items: items, Qos: qos },
  answer: { Data: sentTo },
  failures: { ...deviceKeyFailures, ...thingFailures },

  async run({ Items, Qos, ...key }, call) {
    const params = objectIn(call, 'Items', Items)
    const { device, product } = await namedDevice(call, key)
    const message = { service: 'property/set', params, qos: Qos === 1 ? 1 : 0 } as const
    return { Data: { MessageId: String(await sendToThing(call, device, product, message)) } }
  },
})
