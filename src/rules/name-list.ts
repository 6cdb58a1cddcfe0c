import { textIn } from '../lib/bytes.ts'
import { type Columns, columnsOf, textAt } from '../lib/columns.ts'
import { deviceName, isNickname, registeredNickname, testOf } from './device-fields.ts'
import type { ListRules } from './device-list.ts'
import { nameIllegal, nicknameIllegal, repeatedName } from './reasons.ts'

/** A list of names as BatchCheckDeviceNames takes it, to be registered afterwards. */
export type NameList = Columns<'DeviceName' | 'DeviceNickname'>

const lists = ['RepeatedDeviceNameList', 'InvalidDeviceNameList', 'InvalidDeviceNicknameList'] as const

/** A character has four bytes at the most. */
const nicknameBytesMax = 4 * registeredNickname.max

/** Of a list of names (wire-facts §6). */
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

/** A list of names as texts, to be kept; an empty nickname is none. */
export const nameRows = ({ count, members }: NameList) =>
  Array.from({ length: count }, (_, entry) => ({
    DeviceName: textAt(members.DeviceName, entry) ?? '',
    DeviceNickname: textAt(members.DeviceNickname, entry) || undefined,
  }))

export const nameColumns = (rows: ReturnType<typeof nameRows>): NameList =>
  columnsOf(['DeviceName', 'DeviceNickname'], rows)
