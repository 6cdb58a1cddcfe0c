import { columns, type List, list, optional, struct, text, wrappedList } from '../../api/shape.ts'
import {
  describeRule,
  describeRuleInChinese,
  deviceName,
  deviceSecret,
  serialNumber,
} from '../../rules/device-fields.ts'

/** Entries that one call may name; the documents' limit for every member of every list. */
export const entriesMax = 10_000

/** The fields of a device, as parameters document them. */
export const deviceDocs = {
  name: {
    en: `The name of the device: ${describeRule(deviceName)}, unique in the product.`,
    zh: `设备名称：${describeRuleInChinese(deviceName)}，在产品下唯一。`,
  },
  secret: {
    en: `The secret of the device: ${describeRule(deviceSecret)}.`,
    zh: `设备密钥：${describeRuleInChinese(deviceSecret)}。`,
  },
  sn: {
    en: `The serial number of the device: ${describeRule(serialNumber)}.`,
    zh: `设备序列号：${describeRuleInChinese(serialNumber)}。`,
  },
}

/** The parameter DeviceList of the import operations. */
export const deviceList = (overflow: 'discard' | 'reject') =>
  columns({
    members: {
      DeviceName: { required: true, doc: deviceDocs.name },
      DeviceSecret: { required: true, doc: deviceDocs.secret },
      Sn: { required: false, doc: deviceDocs.sn },
    },
    max: entriesMax,
    overflow,
  })

/** The member ErrorMsg of every bad entry. */
export const errorMsg = text('What is wrong with it; several reasons are joined by " | ".')

const invalidDevice = struct({
  DeviceName: text(),
  DeviceSecret: text(),
  Sn: optional(text()),
  ErrorMsg: errorMsg,
})

/** The values of the lists that several operations answer about bad entries; each value is listed once. */
export const illegalName = text('A name that is illegal.')
export const repeatedName = text('A name that is in the list twice, or registered already.')
const illegalSecret = text('A secret that is illegal.')
const illegalSn = text('A serial number that is illegal.')

/** The five lists about bad entries, bare arrays as BatchCheckImportDevice answers them (wire-facts §5). */
export const bareReport = {
  InvalidDetailList: list(invalidDevice),
  InvalidDeviceNameList: list(illegalName),
  InvalidDeviceSecretList: list(illegalSecret),
  InvalidSnList: list(illegalSn),
  RepeatedDeviceNameList: list(repeatedName),
}

/** The same five as BatchImportDevice answers them, each under its own inner name (wire-facts §6). */
export const wrappedReport = {
  InvalidDetailList: optional(wrappedList('InvalidDetailList', invalidDevice)),
  RepeatedDeviceNameList: optional(wrappedList('repeatedDeviceName', repeatedName)),
  InvalidDeviceNameList: optional(wrappedList('invalidDeviceName', illegalName)),
  InvalidDeviceSecretList: optional(wrappedList('invalidDeviceSecret', illegalSecret)),
  InvalidSnList: optional(wrappedList('invalidSn', illegalSn)),
}

/** Values for lists that an answer wraps: each under the inner name that its shape declares. */
export function wrapped(shapes: { readonly [name: string]: { readonly of: List } }, values: object): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { [shapes[name]!.of.item!]: value }]),
  )
}
