import {
  changedNickname,
  deviceName,
  deviceSecret,
  isNickname,
  nickname,
  obeys,
  registeredNickname,
  serialNumber,
} from '../../rules/device-fields.ts'
import { isDeviceTagKey, isDeviceTagValue } from '../../rules/device-tags.ts'
import { descriptionMax, isProductName, storedTextMax } from '../../rules/product-fields.ts'
import { isTagKey, isTagValue } from '../../rules/tags.ts'
import type { Field } from './rule-texts.ts'

const rules: { readonly [F in Field]: (text: string) => boolean } = {
  ProductName: isProductName,
  Description: (text) => [...text].length <= descriptionMax,
  ProtocolType: (text) => text.length <= storedTextMax,
  DeviceName: (text) => obeys(deviceName, text),
  DeviceSecret: (text) => obeys(deviceSecret, text),
  Sn: (text) => obeys(serialNumber, text),
  ImportedNickname: (text) => obeys(nickname, text),
  RegisteredNickname: (text) => isNickname(registeredNickname, text),
  ChangedNickname: (text) => isNickname(changedNickname, text),
  ProductTagKey: isTagKey,
  ProductTagValue: isTagValue,
  DeviceTagKey: isDeviceTagKey,
  DeviceTagValue: isDeviceTagValue,
}

/** Reports whether the server accepts a text for a field, by the server's own rules. */
export const isValid = (field: Field, text: string): boolean => rules[field](text)
