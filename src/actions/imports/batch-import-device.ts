import { int, optional, struct, text } from '../../api/shape.ts'
import { devicesOf } from '../../registry/batches.ts'
import { importList } from '../../rules/import-list.ts'
import { importAll } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { deviceList, wrapped, wrappedReport } from '../shared/device-list.ts'
import { jobOf } from '../shared/import-job.ts'
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
    ImportJobId: optional(
      text({
        en: 'The import job that the batch is of, from CreateImportJob. Only Rollcall has it.',
        zh: '该批次所属的导入任务（CreateImportJob 创建）。仅 Rollcall 支持。',
      }),
    ),
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
    'iot.import.NotExistedJob': 200,
  },
  listFailures: {
    malformed: 'iot.device.InvalidDeviceParams',
    tooLong: 'iot.device.TooManyDeviceNamesPerRequest',
  },

  async run({ DeviceList, ImportJobId }, call) {
    if (DeviceList.count === 0) call.fail('iot.device.NoneDeviceNameElement')
    const product = importProductOf(call)
    const job = ImportJobId === undefined ? undefined : await jobOf(call, ImportJobId)
    const devices = (list: typeof DeviceList) => ({ ...devicesOf(list), job: job?.id })
    return importAll(call, product, importList, DeviceList, devices, (report) =>
      wrapped(wrappedReport, report),
    )
  },
})
