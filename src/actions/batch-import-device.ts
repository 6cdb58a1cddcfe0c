import { int, optional, struct } from '../api/shape.ts'
import { NotThere, Taken } from '../registry/registry.ts'
import { reportDeviceList } from '../rules/device-report.ts'
import { action } from './shared/declare.ts'
import { deviceList, wrapped, wrappedReport } from './shared/device-list.ts'
import { importProductOf, iotInstanceId, productAsItIs, productKey } from './shared/product.ts'

/** Registers every device of a list, or none. */
export const batchImportDevice = action({
  name: 'BatchImportDevice',
  summary: 'Adds up to 10,000 devices to a product at a time, all or none.',
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

  async run({ IotInstanceId, ProductKey, DeviceList }, call) {
    if (DeviceList.count === 0) call.fail('iot.device.NoneDeviceNameElement')
    let product = await importProductOf(call, IotInstanceId, ProductKey)
    for (let again = true; ; again = false) {
      const verdicts = await call.registry.devices.judge(product, DeviceList)
      const report = reportDeviceList(DeviceList, verdicts)
      if (report !== undefined) {
        const bad = `${report.InvalidDetailList.length} of ${DeviceList.count} devices are not fit; nothing was imported.`
        call.fail('iot.device.ApplyManyDevicesFailed', bad, { Data: wrapped(wrappedReport, report) })
      }
      try {
        const batch = await call.registry.devices.import(call.account, product, DeviceList)
        call.counted(DeviceList.count)
        return { Data: { ApplyId: batch.id } }
      } catch (error) {
        if (error instanceof NotThere) call.fail('iot.prod.NotExistedProduct', 'It was deleted meanwhile.')
        // Somebody registered one of the names since the judgement: judge again, once, by the product as it is
        // now, and tell which.
        if (!(error instanceof Taken) || !again) throw error
        product = await productAsItIs(call, product)
      }
    }
  },
})
