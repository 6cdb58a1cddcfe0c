import {
  changedNickname,
  describeRule,
  describeRuleInChinese,
  deviceName,
  deviceSecret,
  nickname,
  registeredNickname,
  serialNumber,
} from '../../rules/device-fields.ts'
import { tagKeyRule, tagValueRule } from '../../rules/device-tags.ts'
import { descriptionMax, productNameFormat, storedTextMax } from '../../rules/product-fields.ts'
import { tagKeyFormat, tagValueFormat } from '../../rules/tags.ts'
import type { Texts } from '../shell/language.tsx'

/** The fields that are judged before they are sent, as the rules (src/rules) word them. */
export type Field =
  | 'ProductName'
  | 'Description'
  | 'ProtocolType'
  | 'DeviceName'
  | 'DeviceSecret'
  | 'Sn'
  | 'ImportedNickname'
  | 'RegisteredNickname'
  | 'ChangedNickname'
  | 'ProductTagKey'
  | 'ProductTagValue'
  | 'DeviceTagKey'
  | 'DeviceTagValue'

const lengths = ({ min, max }: { readonly min: number; readonly max: number }) => `${min}～${max}`
const chineseNickname = (rule: typeof registeredNickname) =>
  `${lengths(rule)} 个字符，支持英文字母、数字、下划线（_）、中文和日文，一个中文或日文字符算两个字符`

/** What each field must be. */
export const texts: Texts<{
  readonly rules: { readonly [F in Field]: string }
  readonly mustBe: (rule: string) => string
}> = {
  en: {
    rules: {
      ProductName: productNameFormat.en,
      Description: `up to ${descriptionMax} characters`,
      ProtocolType: `up to ${storedTextMax} characters`,
      DeviceName: describeRule(deviceName),
      DeviceSecret: describeRule(deviceSecret),
      Sn: describeRule(serialNumber),
      ImportedNickname: describeRule(nickname),
      RegisteredNickname: registeredNickname.words,
      ChangedNickname: changedNickname.words,
      ProductTagKey: tagKeyFormat.en,
      ProductTagValue: tagValueFormat.en,
      DeviceTagKey: tagKeyRule.en,
      DeviceTagValue: tagValueRule.en,
    },
    mustBe: (rule) => `It must be ${rule}.`,
  },
  zh: {
    rules: {
      ProductName: productNameFormat.zh,
      Description: `最多 ${descriptionMax} 个字符`,
      ProtocolType: `最多 ${storedTextMax} 个字符`,
      DeviceName: describeRuleInChinese(deviceName),
      DeviceSecret: describeRuleInChinese(deviceSecret),
      Sn: describeRuleInChinese(serialNumber),
      ImportedNickname: describeRuleInChinese(nickname),
      RegisteredNickname: chineseNickname(registeredNickname),
      ChangedNickname: chineseNickname(changedNickname),
      ProductTagKey: tagKeyFormat.zh,
      ProductTagValue: tagValueFormat.zh,
      DeviceTagKey: tagKeyRule.zh,
      DeviceTagValue: tagValueRule.zh,
    },
    mustBe: (rule) => `必须为 ${rule}。`,
  },
}
