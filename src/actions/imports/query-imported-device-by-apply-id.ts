import { int, struct, text, wrappedList } from '../../api/shape.ts'
import { applyId, batchOf } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Lists the devices of one import. */
export const queryImportedDeviceByApplyId = action({
  name: 'QueryImportedDeviceByApplyId',
  family: 'imports',
  effect: 'read',
  summary: {
    en: 'Lists the devices that one call of BatchImportDevice or ImportDevice imported, in pages.',
    zh: '分页查询一次 BatchImportDevice 或 ImportDevice 调用导入的设备。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ApplyId: applyId({ en: 'The ApplyId that the import returned.', zh: '导入时返回的 ApplyId。' }),
    PageNo: int({ min: 1, max: 100_000 }, { en: 'The page number, from 1.', zh: '页码，从 1 开始。' }),
    // The page says 50; the published metadata allows 1,000, and clients use it (wire-facts §6).
    PageSize: int({ min: 1, max: 1000 }, { en: 'Devices per page.', zh: '每页设备数。' }),
  },

  answer: {
    ProductKey: text(),
    PageNo: int(),
    PageSize: int(),
    TotalPage: int(),
    DeviceList: wrappedList(
      'device',
      struct({ ProductKey: text(), DeviceName: text(), DeviceSecret: text(), Sn: text() }),
    ),
  },

  failures: { 'iot.device.DeviceApplyIsNotFound': 200 },

  async run({ ApplyId, PageNo, PageSize }, call) {
    const { batch, product } = await batchOf(call, ApplyId)
    const { devices, total } = await call.registry.batches.devices(batch, (PageNo - 1) * PageSize, PageSize)
    const { productKey } = product
    return {
      ProductKey: productKey,
      PageNo,
      PageSize,
      TotalPage: Math.ceil(total / PageSize),
      DeviceList: {
        device: devices.map(({ name, secret, sn }) => ({
          ProductKey: productKey,
          DeviceName: name,
          DeviceSecret: secret,
          Sn: sn ?? '',
        })),
      },
    }
  },
})
