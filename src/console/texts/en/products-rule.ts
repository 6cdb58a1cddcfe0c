import {
  changedNickname,
  describeRule,
  deviceName,
  deviceSecret,
  nickname,
  registeredNickname,
  serialNumber,
} from '../../../rules/device-fields.ts'
import { tagKeyRule, tagValueRule } from '../../../rules/device-tags.ts'
import { descriptionMax, productNameFormat, storedTextMax } from '../../../rules/product-fields.ts'
import { tagKeyFormat, tagValueFormat } from '../../../rules/tags.ts'

export const en = {
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
  mustBe: (rule: string) => `Enter ${rule}.`,
}
