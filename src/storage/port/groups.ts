import type { schema } from '../schema.ts'
import type { NewRow, RowOf } from '../table.ts'
import type { DeviceKey, DeviceRow } from './devices.ts'

export type GroupRow = RowOf<typeof schema.deviceGroup>

export interface GroupFilter {
  /** Groups right below this one; undefined: at any level. */
  readonly parent?: number | undefined
  /** Only the group with this name. */
  readonly name?: string | undefined
}

/** How many devices a group may have, and how many groups a device. */
export interface GroupLimits {
  readonly groupsOfDevice: number
  readonly devicesOfGroup: number
}

/** The result of adding devices to a group; each device is counted once. */
export interface AddedToGroup {
  readonly added: number
  readonly alreadyIn: number
  /** Devices that are in as many groups as they may be. */
  readonly inTooMany: number
}

/** Groups of devices (wire-facts §6). */
export interface GroupStore {
  /**
   * @throws Duplicate when the instance has a group of that name
   * @throws NotFound when the group that it is to be in is gone
   */
  insert(row: NewRow<typeof schema.deviceGroup>): Promise<number>
  find(instance: number, groupId: string): Promise<GroupRow | undefined>
  update(id: number, description: string): Promise<boolean>
  /** Deletes a group with its relations to devices. False when it was gone, 'has-children' when groups are in it. */
  delete(id: number): Promise<boolean | 'has-children'>
  /** Newest first. */
  page(instance: number, filter: GroupFilter, offset: number, limit: number): Promise<GroupRow[]>
  count(instance: number, filter: GroupFilter): Promise<number>
  /** How many groups are above a group, itself not counted. */
  depth(id: number): Promise<number>

  /**
   * Adds those devices to a group that can be added, in one transaction.
   * @param devices no device twice; those that are gone are skipped
   * @param at the time of the change
   * @returns undefined when the group would have more than it may; nothing is written then
   * @throws NotFound when the group is gone
   */
  add(
    group: number,
    devices: readonly DeviceKey[],
    limits: GroupLimits,
    at: number,
  ): Promise<AddedToGroup | undefined>
  /** Removes devices from a group. Returns how many were in it. */
  remove(group: number, devices: readonly DeviceKey[], at: number): Promise<number>
  /** A page of a group's devices, newest first. */
  devices(group: number, offset: number, limit: number): Promise<DeviceRow[]>
  /** @param product only the devices of this one */
  countDevices(group: number, product?: number): Promise<number>
  ofDevice(device: DeviceKey): Promise<GroupRow[]>
}
