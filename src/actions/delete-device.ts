import { optional, text } from '../api/shape.ts'
import { shown } from '../lib/text.ts'
import { action } from './shared/declare.ts'
import { instanceOf, iotInstanceId, productOf } from './shared/product.ts'

/** Takes one device off the roll. */
export const deleteDevice = action({
  name: 'DeleteDevice',
  summary:
    'Deletes a device, named by IotId or by ProductKey and DeviceName; IotId wins when both are given.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    IotId: optional(text('The ID of the device.')),
    ProductKey: optional(text('The ProductKey of the product; required without IotId.')),
    DeviceName: optional(text('The name of the device; required without IotId.')),
  },

  answer: {},

  failures: {
    'iot.prod.NullProductKey': 200,
    'iot.device.NullDeviceName': 200,
    'iot.device.InvalidIoTId': 200,
    'iot.prod.NotExistedProduct': 200,
    'iot.device.NotExistedDevice': 200,
  },

  async run({ IotInstanceId, IotId, ProductKey, DeviceName }, call) {
    const { devices } = call.registry
    const number = IotId === undefined ? await numberByName() : await numberByIotId(IotId)
    if (number === undefined || !(await devices.delete(number))) call.fail('iot.device.NotExistedDevice')
    return {}

    async function numberByIotId(iotId: string) {
      if (!devices.isIotId(iotId)) call.fail('iot.device.InvalidIoTId', `It is ${shown(iotId)}.`)
      const instance = await instanceOf(call, IotInstanceId)
      const device = await devices.findByIotId(iotId)
      return device?.instance === instance.id ? device.number : undefined
    }

    async function numberByName() {
      if (ProductKey === undefined) return call.fail('iot.prod.NullProductKey')
      if (DeviceName === undefined) return call.fail('iot.device.NullDeviceName')
      const product = await productOf(call, IotInstanceId, ProductKey)
      return (await devices.findByName(product, DeviceName))?.number
    }
  },
})
