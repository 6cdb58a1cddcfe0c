import { int, optional, struct } from '../../api/shape.ts'
import { devicesOf } from '../../registry/batches.ts'
import { importList } from '../../rules/import-list.ts'
import { importAll } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { deviceList, wrapped, wrappedReport } from '../shared/device-list.ts'
import { importProductOf, iotInstanceId, productKey } from '../shared/product.ts'

/** Registers every device of a list, or none. */
export const batchImportDevice = action({
  name: 'BatchImportDevice',
  family: 'imports',
  effect: 'write',
  summary: {
    en: 'Imports up to 10,000 devices into a product, all or none.',
    zh: '一次向产品导入最多 10,000 个设备，要么全部成功，要么全部失败。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    // Losing devices silently is worse than an error, so an import is not cut short (design §6).
    DeviceList: deviceList('reject'),
  },

  answer: {
    Data: optional(struct({ ApplyId: optional(int({}, 'The ID of the batch.')), ...wrappedReport })),
  },

  failures: {
    'iot.device.TooManyDeviceNamesPerRequest': 400,
    'iot.device.ApplyManyDevicesFailed': 400,
    'iot.device.NoneDeviceNameElement': 400,
    'iot.device.InvalidDeviceParams': 400,
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
  },
  listFailures: {
    malformed: 'iot.device.InvalidDeviceParams',
    tooLong: 'iot.device.TooManyDeviceNamesPerRequest',
  },

  async run({ DeviceList }, call) {
    if (DeviceList.count === 0) call.fail('iot.device.NoneDeviceNameElement')
    const product = importProductOf(call)
    return importAll(call, product, importList, DeviceList, devicesOf, (report) =>
      wrapped(wrappedReport, report),
    )
  },
})
