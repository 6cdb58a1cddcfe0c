import {
  changedNickname,
  deviceName,
  deviceSecret,
  nickname,
  registeredNickname,
  ruleInWords,
  serialNumber,
} from '../../rules/device-fields.ts'
import { tagKeyRule, tagValueRule } from '../../rules/device-tags.ts'
import { descriptionMax, keptTextMax, productName, productNameInWords } from '../../rules/product-fields.ts'
import { tagKeyInWords, tagKeyMax, tagValueInWords, tagValueMax } from '../../rules/tags.ts'
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

const characters = (rule: { readonly characters: string }) => rule.characters.replaceAll('\\', '')
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
      ProductName: productNameInWords,
      Description: `up to ${descriptionMax} characters`,
      ProtocolType: `up to ${keptTextMax} characters`,
      DeviceName: ruleInWords(deviceName),
      DeviceSecret: ruleInWords(deviceSecret),
      Sn: ruleInWords(serialNumber),
      ImportedNickname: ruleInWords(nickname),
      RegisteredNickname: registeredNickname.words,
      ChangedNickname: changedNickname.words,
      ProductTagKey: tagKeyInWords,
      ProductTagValue: tagValueInWords,
      DeviceTagKey: tagKeyRule,
      DeviceTagValue: tagValueRule,
    },
    mustBe: (rule) => `It must be ${rule}.`,
  },
  zh: {
    rules: {
      ProductName: `${lengths(productName)} 个字符，支持中文、英文字母、数字和 - _ @ ( )，一个中文、日文或韩文字符算两个字符`,
      Description: `最多 ${descriptionMax} 个字符`,
      ProtocolType: `最多 ${keptTextMax} 个字符`,
      DeviceName: `${lengths(deviceName)} 个字符，可用字符为 ${characters(deviceName)}`,
      DeviceSecret: `${lengths(deviceSecret)} 个字符，可用字符为 ${characters(deviceSecret)}`,
      Sn: `${lengths(serialNumber)} 个字符，可用字符为 ${characters(serialNumber)}`,
      ImportedNickname: `${lengths(nickname)} 个字符，可用字符为 ${characters(nickname)}`,
      RegisteredNickname: chineseNickname(registeredNickname),
      ChangedNickname: chineseNickname(changedNickname),
      ProductTagKey: `1～${tagKeyMax} 个字符，支持英文字母、数字和英文句点（.），不能为 abc`,
      ProductTagValue: `1～${tagValueMax} 个字符，支持中文、英文字母、数字和 _ - .，一个中文、日文或韩文字符算两个字符`,
      DeviceTagKey: '2～32 个字符，支持英文字母、数字和英文句点（.），不能为 abc',
      DeviceTagValue: '1～128 个字符，支持中文、英文字母、数字和 - _ . :，一个中文、日文或韩文字符算两个字符',
    },
    mustBe: (rule) => `必须为 ${rule}。`,
  },
}
