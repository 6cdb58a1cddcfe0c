import { action } from '../shared/declare.ts'
import { deviceKey, deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { qos } from '../shared/messages.ts'
import { iotInstanceId } from '../shared/product.ts'
import {
  args,
  identifier,
  objectIn,
  sendToThing,
  sentTo,
  serviceIn,
  thingFailures,
} from '../shared/things.ts'

/** Invokes a service of a device. */
export const invokeThingService = action({
  name: 'InvokeThingService',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Asks a device for a service, on …/thing/service/${Identifier}, without waiting for its answer: without a thing model every service is asynchronous.',
    zh: '调用设备的服务（…/thing/service/${Identifier}），不等待设备响应：没有物模型时服务均为异步调用。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },
  parameters: { IotInstanceId: iotInstanceId, ...deviceKey, Identifier: identifier, Args: args, Qos: qos },
  answer: { Data: sentTo },
  failures: { ...deviceKeyFailures, ...thingFailures },

  async run({ Identifier, Args, Qos, ...key }, call) {
    const service = serviceIn(call, Identifier)
    const params = objectIn(call, 'Args', Args)
    const { device, product } = await namedDevice(call, key)
    const message = { service, params, qos: Qos === 1 ? 1 : 0 } as const
    return { Data: { MessageId: String(await sendToThing(call, device, product, message)) } }
  },
})
