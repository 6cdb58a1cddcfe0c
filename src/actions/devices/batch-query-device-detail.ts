import { struct, texts, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { detail, detailOf } from '../shared/device-answers.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Returns the details of several devices of a product. */
export const batchQueryDeviceDetail = action({
  name: 'BatchQueryDeviceDetail',
  family: 'devices',
  effect: 'read',
  summary: {
    en: 'Returns the details of several devices of a product. Names that are not registered are left out.',
    zh: '批量查询产品下设备的详细信息。未注册的名称会被忽略。',
  },
  version: '2018-01-20',
  quota: { perSecond: 5 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: texts({ max: 100, required: true, doc: { en: 'The name of a device.', zh: '设备名称。' } }),
  },

  answer: { Data: wrappedList('Data', struct(detail)) },

  failures: { 'iot.prod.NotExistedProduct': 200 },

  async run({ DeviceName }, call) {
    const { devices } = call.registry
    const product = productOf(call)
    const found = await devices.open(call.account, await devices.lookUpNames(product, DeviceName))
    const presence = await call.registry.sessions.presence(found)
    return { Data: { Data: found.map((device, i) => detailOf(device, product, presence[i]!)) } }
  },
})
