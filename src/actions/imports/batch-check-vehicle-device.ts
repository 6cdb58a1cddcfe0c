import { optional, struct } from '../../api/shape.ts'
import { reportDeviceList } from '../../rules/device-report.ts'
import { action } from '../shared/declare.ts'
import { productKey } from '../shared/product.ts'
import {
  bareVehicleReport,
  requiredInstanceId,
  vehicleList,
  vehicleProductOf,
} from '../shared/vehicle-list.ts'

/** Returns which devices of a list can't be imported, and why. Changes nothing. */
export const batchCheckVehicleDevice = action({
  name: 'BatchCheckVehicleDevice',
  family: 'imports',
  effect: 'read',
  summary: {
    en: 'Verifies up to 10,000 devices before they are imported into a JT/T 808, GB/T 32960 or SL 651 cloud gateway product. Changes nothing.',
    zh: '校验最多 10,000 个待导入 JT/T 808、GB/T 32960 或 SL 651 云网关产品的设备。',
  },
  version: '2018-01-20',
  quota: { perSecond: 100 },

  parameters: {
    IotInstanceId: requiredInstanceId,
    ProductKey: productKey,
    DeviceList: vehicleList('discard'),
  },

  // Absent when every entry is good; otherwise all seven lists, empty ones too, as BatchCheckImportDevice has it.
  answer: { Data: optional(struct(bareVehicleReport)) },

  failures: {
    'iot.device.TooManyDeviceNamesPerRequest': 400,
    'iot.device.NoneDeviceNameElement': 400,
    'iot.device.InvalidDeviceParams': 400,
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
  },
  answersListedStatus: true,
  listFailures: {
    malformed: 'iot.device.InvalidDeviceParams',
    tooLong: 'iot.device.TooManyDeviceNamesPerRequest',
  },

  async run({ DeviceList }, call) {
    if (DeviceList.count === 0) call.fail('iot.device.NoneDeviceNameElement')
    const { product, rules } = await vehicleProductOf(call, DeviceList)
    const verdicts = await call.registry.devices.validate(product, rules, DeviceList)
    return { Data: reportDeviceList(rules, DeviceList, verdicts), devices: DeviceList.count }
  },
})
