import { textIn } from '../lib/bytes.ts'
import { type Columns, columnsOf, textAt } from '../lib/columns.ts'
import { deviceName, isNickname, registeredNickname, testOf } from './device-fields.ts'
import type { ListRules } from './device-list.ts'
import { nameIllegal, nicknameIllegal, repeatedName } from './reasons.ts'

/** A list of names for BatchCheckDeviceNames, to be registered later. */
export type NameList = Columns<'DeviceName' | 'DeviceNickname'>

const lists = ['RepeatedDeviceNameList', 'InvalidDeviceNameList', 'InvalidDeviceNicknameList'] as const

/** A character has at most four bytes. */
const nicknameBytesMax = 4 * registeredNickname.max

/** The rules of a list of names (wire-facts §6). */
export const nameList: ListRules<
  keyof NameList['members'],
  (typeof lists)[number],
  'DeviceName' | 'NickName'
> = {
  checks: [
    {
      member: 'DeviceName',
      test: testOf(deviceName),
      reason: nameIllegal,
      list: 'InvalidDeviceNameList',
    },
    {
      member: 'DeviceNickname',
      test: {
        legal: (bytes, start, length) =>
          length <= nicknameBytesMax && isNickname(registeredNickname, textIn(bytes, start, start + length)),
      },
      or: 'absent or empty',
      reason: nicknameIllegal,
      list: 'InvalidDeviceNicknameList',
    },
  ],
  name: ['DeviceName'],
  repeated: repeatedName,
  lists,
  detail: [
    { name: 'DeviceName', member: 'DeviceName', always: true },
    { name: 'NickName', member: 'DeviceNickname', always: false },
  ],
}

/** Converts a list of names to texts for storage; an empty nickname counts as missing. */
export const nameRows = ({ count, members }: NameList) =>
  Array.from({ length: count }, (_, entry) => ({
    DeviceName: textAt(members.DeviceName, entry) ?? '',
    DeviceNickname: textAt(members.DeviceNickname, entry) || undefined,
  }))

export const nameColumns = (rows: ReturnType<typeof nameRows>): NameList =>
  columnsOf(['DeviceName', 'DeviceNickname'], rows)
