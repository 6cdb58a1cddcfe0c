import { columns, optional, struct, text } from '../../api/shape.ts'
import { absentColumn, type Columns } from '../../lib/columns.ts'
import { describeRule, describeRuleInChinese, deviceName } from '../../rules/device-fields.ts'
import type { NameList } from '../../rules/name-list.ts'
import { entriesMax, errorMsg } from './device-list.ts'
import { registeredNicknameDoc } from './nickname.ts'

// The page says that entries beyond the limit are discarded. But the list is registered as it was kept, and losing
// devices silently is worse than an error, as it is for an import (design §6).
const limits = { max: entriesMax, overflow: 'reject' } as const
const nameDoc = {
  en: `The name of a device: ${describeRule(deviceName)}, unique in the product.`,
  zh: `设备名称：${describeRuleInChinese(deviceName)}，在产品下唯一。`,
}

/** The two parameters in which names may come; DeviceNameList wins where both are given. */
export const nameLists = {
  DeviceName: columns({
    members: {
      '': {
        required: false,
        doc: {
          en: `${nameDoc.en} Ignored if DeviceNameList is given.`,
          zh: `${nameDoc.zh}传入 DeviceNameList 时忽略。`,
        },
      },
    },
    ...limits,
  }),
  DeviceNameList: columns({
    members: {
      DeviceName: { required: false, doc: nameDoc },
      DeviceNickname: { required: false, doc: registeredNicknameDoc },
    },
    ...limits,
  }),
}

export function chosenNames(names: Columns<''>, list: NameList): NameList {
  if (list.count > 0) return list
  const { count, discarded } = names
  return {
    count,
    discarded,
    members: { DeviceName: names.members[''], DeviceNickname: absentColumn(count) },
  }
}

/** A bad entry of a list of names, as answers list it. */
export const invalidName = struct({
  DeviceName: text('As it was sent.'),
  NickName: optional(text('As it was sent.')),
  ErrorMsg: errorMsg,
})
