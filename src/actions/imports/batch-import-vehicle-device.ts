import { int, optional, struct } from '../../api/shape.ts'
import { namesOf } from '../../rules/device-list.ts'
import * as identifiers from '../../rules/identifiers.ts'
import { importAll } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { wrapped } from '../shared/device-list.ts'
import { productKey } from '../shared/product.ts'
import {
  requiredInstanceId,
  vehicleList,
  vehicleProductOf,
  wrappedVehicleReport,
} from '../shared/vehicle-list.ts'

/** Registers every device of a list, or none. */
export const batchImportVehicleDevice = action({
  name: 'BatchImportVehicleDevice',
  family: 'imports',
  effect: 'write',
  summary: {
    en: 'Imports up to 10,000 devices into a JT/T 808, GB/T 32960 or SL 651 cloud gateway product, all or none.',
    zh: '一次向 JT/T 808、GB/T 32960 或 SL 651 云网关产品导入最多 10,000 个设备，要么全部成功，要么全部失败。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: requiredInstanceId,
    ProductKey: productKey,
    // Rejected instead of cut short, as BatchImportDevice.
    DeviceList: vehicleList('reject'),
  },

  answer: {
    Data: optional(struct({ ApplyId: optional(int({}, 'The ID of the batch.')), ...wrappedVehicleReport })),
  },

  failures: {
    'iot.device.TooManyDeviceNamesPerRequest': 400,
    'iot.device.ApplyManyDevicesFailed': 400,
    'iot.device.NoneDeviceNameElement': 400,
    'iot.device.InvalidDeviceParams': 400,
    'iot.prod.InvalidFormattedProductkey': 400,
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 400,
  },
  listFailures: {
    malformed: 'iot.device.InvalidDeviceParams',
    tooLong: 'iot.device.TooManyDeviceNamesPerRequest',
  },

  async run({ ProductKey, DeviceList }, call) {
    if (DeviceList.count === 0) call.fail('iot.device.NoneDeviceNameElement')
    if (identifiers.problemWith(identifiers.productKey, ProductKey) !== undefined) {
      call.fail('iot.prod.InvalidFormattedProductkey', `It must be ${identifiers.productKey.words}.`)
    }
    const { product, rules } = await vehicleProductOf(call, DeviceList)
    const { count, members } = DeviceList
    const devices = () => ({
      count,
      names: namesOf(rules, DeviceList),
      secrets: members.DeviceSecret,
      vehicles: rules.vehicles(DeviceList),
    })
    return importAll(call, product, rules, DeviceList, devices, (report) =>
      wrapped(wrappedVehicleReport, report),
    )
  },
})
