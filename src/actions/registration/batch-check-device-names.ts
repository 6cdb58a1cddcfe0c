import { int, optional, struct, text, wrappedList } from '../../api/shape.ts'
import { reportDeviceList } from '../../rules/device-report.ts'
import { nameList } from '../../rules/name-list.ts'
import { action } from '../shared/declare.ts'
import { illegalName, repeatedName, wrapped } from '../shared/device-list.ts'
import { chosenNames, invalidName, nameLists } from '../shared/name-list.ts'
import { iotInstanceId, productKey, registrationProductOf } from '../shared/product.ts'

/** Names that a call may name for a product whose devices have X.509 certificates; the page's limit. */
const x509Max = 1000

/** The four lists about bad entries, each under its own inner name (wire-facts §6). */
const report = {
  InvalidDetailList: optional(wrappedList('InvalidDetailList', invalidName)),
  RepeatedDeviceNameList: optional(wrappedList('RepeatDevieNameList', repeatedName)),
  InvalidDeviceNameList: optional(wrappedList('InvalidDeviceName', illegalName)),
  InvalidDeviceNicknameList: optional(
    wrappedList('InvalidDeviceNickname', text('A nickname that is illegal.')),
  ),
}

/** Checks a list of names and keeps it, to be registered by its ApplyId. */
export const batchCheckDeviceNames = action({
  name: 'BatchCheckDeviceNames',
  family: 'registration',
  effect: 'write',
  summary: {
    en: 'Checks up to 10,000 names for devices of a product and stores the list for BatchRegisterDeviceWithApplyId. The check is complete when the call returns.',
    zh: '校验产品下最多 10,000 个设备名称，并保存名单供 BatchRegisterDeviceWithApplyId 使用。返回时校验已完成。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey, ...nameLists },

  answer: {
    Data: struct({
      ApplyId: int({}, 'The ID of the list for QueryBatchRegisterDeviceStatus, also if a name is invalid.'),
      ...report,
    }),
  },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
    'iot.device.NoneDeviceNameElement': 200,
    'iot.device.InvalidDeviceParams': 200,
    'iot.device.TooManyDeviceNamesPerRequest': 200,
  },
  listFailures: {
    malformed: 'iot.device.InvalidDeviceParams',
    tooLong: 'iot.device.TooManyDeviceNamesPerRequest',
  },

  async run({ DeviceName, DeviceNameList }, call) {
    const list = chosenNames(DeviceName, DeviceNameList)
    if (list.count === 0) call.fail('iot.device.NoneDeviceNameElement')
    const product = registrationProductOf(call)
    if (product.authType === 'x509' && list.count > x509Max) {
      const given = `It has ${list.count} entries; a call takes ${x509Max} for a product with X.509 certificates.`
      call.fail('iot.device.TooManyDeviceNamesPerRequest', given)
    }
    const verdicts = await call.registry.devices.validate(product, nameList, list)
    const bad = reportDeviceList(nameList, list, verdicts)
    const checked = { list, verdicts: bad && verdicts }
    const ApplyId = await call.registry.checkedLists.save(call.account, product, checked)
    return { Data: { ApplyId, ...(bad && wrapped(report, bad)) }, devices: list.count }
  },
})
