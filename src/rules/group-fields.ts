import { widthOf } from './width.ts'

/** Rules for the fields of a device group, from the page of CreateDeviceGroup. */
const groupName = { min: 4, max: 30 }
export const groupNameFormat = {
  en: `${groupName.min} to ${groupName.max} letters, digits and _ (Chinese, Japanese and Korean characters count as two)`,
  zh: `${groupName.min}～${groupName.max} 个字符，可含字母、数字和 _（中日韩文字一个算两个字符）`,
}
export const groupDescriptionMax = 100

export function isGroupName(name: string): boolean {
  const width = widthOf(name)
  return width >= groupName.min && width <= groupName.max && /^[\p{L}\p{N}_]+$/u.test(name)
}

/**
 * Maximum numbers, from the pages on device groups and on limits, which predate instances and count per
 * account.
 */
export const groupLimits = {
  groupsOfInstance: 1000,
  groupsOfGroup: 100,
  /** A group, its subgroups, and their subgroups. */
  levels: 3,
  groupsOfDevice: 10,
  devicesOfGroup: 20_000,
}
