import { int, struct } from '../../api/shape.ts'
import { NotFound } from '../../registry/registry.ts'
import { action } from '../shared/declare.ts'
import { entriesMax } from '../shared/device-list.ts'
import { iotInstanceId, productKey, registrationProductOf } from '../shared/product.ts'

/** Registers a number of devices under generated names. */
export const batchRegisterDevice = action({
  name: 'BatchRegisterDevice',
  family: 'registration',
  effect: 'write',
  summary: {
    en: 'Registers up to 10,000 devices in a product with generated names and secrets. The devices exist when the call returns.',
    zh: '在产品下批量注册最多 10,000 个设备，名称和密钥随机生成。返回时设备已创建。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    Count: int(
      { min: 1, max: entriesMax, aboveMax: 'iot.device.DeviceCountExceeded' },
      { en: 'The number of devices to register.', zh: '要注册的设备数量。' },
    ),
  },

  answer: {
    Data: struct({ ApplyId: int({}, 'The ID of the batch; QueryPageByApplyId tells its devices.') }),
  },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
    'iot.device.DeviceCountExceeded': 200,
  },

  async run({ Count }, call) {
    const product = registrationProductOf(call)
    try {
      const { id } = await call.registry.batches.generate(call.account, product, Count)
      return { Data: { ApplyId: id }, devices: Count }
    } catch (error) {
      if (error instanceof NotFound) call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
      throw error
    }
  },
})
