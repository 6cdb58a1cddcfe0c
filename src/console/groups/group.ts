import { instancePiece } from '../shell/paths.ts'

/** A group in the answers of QueryDeviceGroupList and QueryDeviceGroupInfo. */
export interface Group {
  readonly GroupId: string
  readonly GroupName: string
  readonly GroupDesc?: string
  /** ISO 8601. */
  readonly UtcCreate: string
  readonly DeviceCount?: number
  readonly DeviceActive?: number
  readonly DeviceOnline?: number
}

/** Operations whose answers change with the groups of an instance. */
export const listsOfGroups = ['QueryDeviceGroupList', 'QueryDeviceGroupInfo'] as const
/** Operations whose answers change with the devices of a group. */
export const listsOfMembers = [
  'QueryDeviceListByDeviceGroup',
  'QueryDeviceGroupInfo',
  'QueryDeviceGroupByDevice',
] as const

/** Paths of the page, below its own. */
export const listPath = (instance: string): string => `/${instancePiece(instance)}`
export const groupPath = (instance: string, groupId: string): string =>
  `${listPath(instance)}/${encodeURIComponent(groupId)}`

/** The most devices in a call that adds or removes devices. */
export const membersMax = 200

/**
 * The parameters that name devices in a call.
 * @param devices pairs of ProductKey and DeviceName, at most `membersMax`
 */
export const named = (devices: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(
    devices.flatMap(([productKey, name], i) => [
      [`Device.${i + 1}.ProductKey`, productKey],
      [`Device.${i + 1}.DeviceName`, name],
    ]),
  )

/** The names in a text, separated by line breaks, commas or spaces, each once. */
export const namesIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,，;；]+/).filter((name) => name !== '')),
]
