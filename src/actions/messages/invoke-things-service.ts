import { action } from '../shared/declare.ts'
import { qos } from '../shared/messages.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'
import {
  args,
  batchThingFailures,
  deviceNames,
  identifier,
  objectIn,
  sendToThings,
  serviceIn,
} from '../shared/things.ts'

/** Invokes a service of several devices. */
export const invokeThingsService = action({
  name: 'InvokeThingsService',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Asks up to 100 devices of a product for a service, as InvokeThingService does.',
    zh: '调用产品下多个设备（最多 100 个）的服务，同 InvokeThingService。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },
  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: deviceNames,
    Identifier: identifier,
    Args: args,
    Qos: qos,
  },
  answer: {},
  failures: batchThingFailures,

  async run({ Identifier, Args, Qos, ...devices }, call) {
    const service = serviceIn(call, Identifier)
    const params = objectIn(call, 'Args', Args)
    await sendToThings(call, devices, { service, params, qos: Qos === 1 ? 1 : 0 })
    return {}
  },
})
