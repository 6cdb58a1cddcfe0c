import { nameIllegal, nicknameIllegal, repeatedName } from '../../rules/reasons.ts'
import type { Texts } from '../shell/language.tsx'

/** Why a name of a checked list is unfit, by what the server tells. */
const inChinese: Readonly<Record<string, string>> = {
  [nameIllegal]: '设备名称不合法。',
  [nicknameIllegal]: '备注名称不合法。',
  [repeatedName.reason]: '设备名称在名单中重复。',
  [repeatedName.takenReason]: '产品中已有同名设备。',
}

/** Tells what an ErrorMsg says, in which reasons are joined (wire-facts §5). */
export const rejectionTexts: Texts<(errorMsg: string) => string> = {
  en: (errorMsg) => errorMsg,
  zh: (errorMsg) =>
    errorMsg
      .split(' | ')
      .map((reason) => inChinese[reason] ?? reason)
      .join(''),
}
