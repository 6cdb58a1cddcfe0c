import { type Bilingual, columns, list, optional, struct, text, wrappedList } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Product } from '../../registry/products.ts'
import {
  describeRule,
  describeRuleInChinese,
  deviceSecret,
  type FieldRule,
} from '../../rules/device-fields.ts'
import {
  deviceId,
  deviceModel,
  manufacturer,
  stationName,
  type VehicleList,
  type VehicleRules,
  vehicleName,
  vehicleProtocols,
  vehicleRules,
} from '../../rules/vehicle-list.ts'
import type { Call } from './declare.ts'
import { entriesMax, errorMsg, illegalName, repeatedName } from './device-list.ts'
import { productOf } from './product.ts'

/** The parameter IotInstanceId, which these operations require: the cloud has such gateways only in such instances. */
export const requiredInstanceId = text({ en: 'The ID of the instance.', zh: '实例 ID。' })

const requiredByJt808 = (rule: FieldRule): Bilingual => ({
  en: `JT/T 808, required: ${describeRule(rule)}.`,
  zh: `JT/T 808 必传：${describeRuleInChinese(rule)}。`,
})

/** The parameter DeviceList of the vehicle operations. */
export const vehicleList = (overflow: 'discard' | 'reject') => {
  const member = (doc: Bilingual) => ({ required: false, doc })
  return columns({
    members: {
      Manufacturer: member(requiredByJt808(manufacturer)),
      DeviceModel: member(requiredByJt808(deviceModel)),
      DeviceId: member({
        en: `JT/T 808, required: ${describeRule(deviceId)}. The name of the device is Manufacturer_DeviceModel_DeviceId. SL 651, optional: the same characters.`,
        zh: `JT/T 808 必传：${describeRuleInChinese(deviceId)}。设备名称为 Manufacturer_DeviceModel_DeviceId。SL 651 选传，规则相同。`,
      }),
      DeviceName: member({
        en: `GB/T 32960, required, the vehicle identification number: ${describeRule(vehicleName)}. SL 651, required, the address of the station: ${describeRule(stationName)}.`,
        zh: `GB/T 32960 必传，车辆识别代号：${describeRuleInChinese(vehicleName)}。SL 651 必传，遥测站地址：${describeRuleInChinese(stationName)}。`,
      }),
      DeviceSecret: member({
        en: `SL 651, required, the password of the station: ${describeRule(deviceSecret)}. Other protocols: generated if not given.`,
        zh: `SL 651 必传，遥测站密码：${describeRuleInChinese(deviceSecret)}。其他协议不传时随机生成。`,
      }),
    },
    max: entriesMax,
    overflow,
  })
}

const asSent = optional(text('As it was sent.'))
const invalidVehicle = struct({
  DeviceName: asSent,
  DeviceId: asSent,
  DeviceModel: asSent,
  Manufacturer: asSent,
  ErrorMsg: errorMsg,
})

const manufacturerText = text('A manufacturer that is illegal.')
const modelText = text('A model that is illegal.')
const idText = text('An ID that is illegal.')
const repeatedIdText = text('The ID of a JT/T 808 device that is in the list twice, or registered already.')

/** The seven lists about bad entries, bare arrays as BatchCheckVehicleDevice answers them (wire-facts §6). */
export const bareVehicleReport = {
  InvalidDetailList: list(invalidVehicle),
  InvalidManufacturerList: list(manufacturerText),
  InvalidDeviceModelList: list(modelText),
  InvalidDeviceIdList: list(idText),
  RepeatedDeviceIdList: list(repeatedIdText),
  InvalidDeviceNameList: list(illegalName),
  RepeatedDeviceNameList: list(repeatedName),
}

/** The same seven as BatchImportVehicleDevice answers them, each under an inner name in its own case. */
export const wrappedVehicleReport = {
  InvalidDetailList: optional(wrappedList('InvalidDetailList', invalidVehicle)),
  InvalidManufacturerList: optional(wrappedList('invalidManufacturerList', manufacturerText)),
  InvalidDeviceModelList: optional(wrappedList('invalidDeviceModelList', modelText)),
  InvalidDeviceIdList: optional(wrappedList('invalidDeviceIdList', idText)),
  RepeatedDeviceIdList: optional(wrappedList('repeatedDeviceIdList', repeatedIdText)),
  InvalidDeviceNameList: optional(wrappedList('InvalidDeviceNameList', illegalName)),
  RepeatedDeviceNameList: optional(wrappedList('RepeatedDeviceNameList', repeatedName)),
}

/** The product that a call names, which must be of a cloud gateway for vehicles, and the rules of its protocol. */
export async function vehicleProductOf(
  call: Call<'iot.prod.NotExistedProduct' | 'iot.prod.InvalidProductAuthType'>,
  list: VehicleList,
): Promise<{ product: Product; rules: VehicleRules }> {
  const product = productOf(call)
  if (product.authType !== 'one-party') {
    call.fail('iot.prod.InvalidProductAuthType', `It is ${product.authType}; it must be one-party.`)
  }
  const rules = vehicleRules(product.protocolType, list)
  if (rules !== undefined) return { product, rules }
  const other = `Its ProtocolType is ${displayed(product.protocolType!)}; it must be ${vehicleProtocols.join(', ')} or none.`
  return call.fail('iot.prod.InvalidProductAuthType', other)
}
