import type { Columns } from '../lib/columns.ts'
import { deviceName, deviceSecret, serialNumber, testOf } from './device-fields.ts'
import type { ListRules } from './device-list.ts'
import { nameIllegal, repeatedName, secretIllegal } from './reasons.ts'

/** A list of devices for BatchCheckImportDevice and BatchImportDevice. */
export type DeviceList = Columns<'DeviceName' | 'DeviceSecret' | 'Sn'>

const lists = [
  'InvalidDeviceNameList',
  'InvalidDeviceSecretList',
  'InvalidSnList',
  'RepeatedDeviceNameList',
] as const

/** The rules of an import list (wire-facts §5). */
export const importList: ListRules<
  keyof DeviceList['members'],
  (typeof lists)[number],
  keyof DeviceList['members']
> = {
  checks: [
    {
      member: 'DeviceName',
      test: testOf(deviceName),
      reason: nameIllegal,
      list: 'InvalidDeviceNameList',
    },
    {
      member: 'DeviceSecret',
      test: testOf(deviceSecret),
      reason: secretIllegal,
      list: 'InvalidDeviceSecretList',
    },
    {
      member: 'Sn',
      test: testOf(serialNumber),
      or: 'absent',
      reason: 'The sn is illegal.',
      list: 'InvalidSnList',
    },
  ],
  name: ['DeviceName'],
  repeated: repeatedName,
  lists,
  detail: [
    { name: 'DeviceName', member: 'DeviceName', always: true },
    { name: 'DeviceSecret', member: 'DeviceSecret', always: true },
    { name: 'Sn', member: 'Sn', always: false },
  ],
}
