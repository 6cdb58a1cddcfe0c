import type { DeviceKey, DeviceRow } from './devices.ts'

export interface GroupRow {
  readonly id: number
  readonly instance: number
  readonly groupId: string
  readonly name: string
  readonly description: string
  /** The id of the group that it is in. */
  readonly parent: number | undefined
  readonly createdAt: number
}

export interface GroupFilter {
  /** Groups right below this one; undefined: at the top, null: at any level. */
  readonly parent?: number | null | undefined
  /** Groups whose names contain this. */
  readonly nameContains?: string | undefined
}

/** Groups of devices (wire-facts §6). */
export interface GroupStore {
  /**
   * @throws Taken when the instance has a group of that name
   */
  insert(row: Omit<GroupRow, 'id'>): Promise<number>
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
   * Puts devices into a group, all that can be, in one transaction.
   * @param maxGroups how many groups a device may be in
   * @param at the time of the change
   */
  add(
    group: number,
    devices: readonly DeviceKey[],
    maxGroups: number,
    at: number,
  ): Promise<{ added: number; alreadyIn: number; inTooMany: number }>
  /** Takes devices out of a group. Gives how many were in it. */
  remove(group: number, devices: readonly DeviceKey[], at: number): Promise<number>
  /** A page of a group's devices, newest first. */
  devices(group: number, offset: number, limit: number): Promise<DeviceRow[]>
  countDevices(group: number): Promise<number>
  ofDevice(device: DeviceKey): Promise<GroupRow[]>
}
