import { nameIllegal, nicknameIllegal, repeatedName } from '../../../rules/reasons.ts'

/** The reasons for which the server rejects a name of a checked list. */
export const zh: Readonly<Record<string, string>> = {
  [nameIllegal]: '设备名称不合法。',
  [nicknameIllegal]: '备注名称不合法。',
  [repeatedName.reason]: '设备名称在名单中重复。',
  [repeatedName.takenReason]: '产品中已有同名设备。',
}
