import {
  changedNickname,
  describeRuleInChinese,
  deviceName,
  deviceSecret,
  nickname,
  registeredNickname,
  serialNumber,
} from '../../../rules/device-fields.ts'
import { tagKeyRule, tagValueRule } from '../../../rules/device-tags.ts'
import { descriptionMax, productNameFormat, storedTextMax } from '../../../rules/product-fields.ts'
import { tagKeyFormat, tagValueFormat } from '../../../rules/tags.ts'
import type { en } from '../en/products-rule.ts'

const lengths = ({ min, max }: { readonly min: number; readonly max: number }) => `${min}～${max}`
const chineseNickname = (rule: typeof registeredNickname) =>
  `${lengths(rule)} 个字符，支持英文字母、数字、下划线（_）、中文和日文，一个中文或日文字符算两个字符`

export const zh: typeof en = {
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
}
