import { int, struct, text, wrappedList } from '../../api/shape.ts'
import { applyId, batchOf } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Lists the devices of one import. */
export const queryImportedDeviceByApplyId = action({
  name: 'QueryImportedDeviceByApplyId',
  family: 'imports',
  effect: 'read',
  summary: 'Lists, page by page, the devices that one call of BatchImportDevice or ImportDevice added.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ApplyId: applyId('The ApplyId that the import answered.'),
    PageNo: int({ min: 1, max: 100_000 }, 'The page, counted from 1.'),
    // The page says 50; the published metadata allows 1,000, and clients use it (wire-facts §6).
    PageSize: int({ min: 1, max: 1000 }, 'Devices on a page.'),
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

  async run({ IotInstanceId, ApplyId, PageNo, PageSize }, call) {
    const { batch, product } = await batchOf(call, IotInstanceId, ApplyId)
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
