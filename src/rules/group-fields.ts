import { widthOf } from './width.ts'

/** What the fields of a group of devices may hold, by the page of CreateDeviceGroup. */
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
 * How many there may be, by the pages about device groups and about limits; they count the groups of an
 * account, from before there were instances.
 */
export const groupLimits = {
  groupsOfInstance: 1000,
  groupsOfGroup: 100,
  /** A group, groups in it, and groups in those. */
  levels: 3,
  groupsOfDevice: 10,
  devicesOfGroup: 20_000,
}
