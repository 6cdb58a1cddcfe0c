import { optional, struct } from '../../api/shape.ts'
import { reportDeviceList } from '../../rules/device-report.ts'
import { importList } from '../../rules/import-list.ts'
import { action } from '../shared/declare.ts'
import { bareReport, deviceList } from '../shared/device-list.ts'
import { importProductOf, iotInstanceId, productKey } from '../shared/product.ts'

/** Returns which devices of a list can't be imported, and why. Changes nothing. */
export const batchCheckImportDevice = action({
  name: 'BatchCheckImportDevice',
  family: 'imports',
  effect: 'read',
  summary: {
    en: 'Verifies up to 10,000 devices before they are imported into a Standard Enterprise Edition instance or an MQTT cloud gateway product. Changes nothing.',
    zh: '校验最多 10,000 个待导入标准型企业版实例或 MQTT 云网关产品的设备。',
  },
  version: '2018-01-20',
  quota: { perSecond: 100 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceList: deviceList('discard'),
  },

  // Absent when every entry is good; otherwise all five lists, empty ones too (design §6).
  answer: { Data: optional(struct(bareReport)) },

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
    const product = importProductOf(call)
    const verdicts = await call.registry.devices.validate(product, importList, DeviceList)
    return { Data: reportDeviceList(importList, DeviceList, verdicts), devices: DeviceList.count }
  },
})
