import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import { groupLimits } from '../rules/group-fields.ts'
import type { AddedToGroup, DeviceRow, GroupFilter, GroupRow, Storage } from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'
import type { Instance } from './instances.ts'
import { iotIdOf } from './iot-id.ts'
import type { Product } from './products.ts'

export type Group = GroupRow

/** A device by its names. */
export interface DeviceName {
  readonly productKey: string
  readonly name: string
}

/** A device of a group, with the product that it is of. */
export interface GroupedDevice extends DeviceName {
  readonly productName: string
  readonly iotId: string
}

/** Static groups of devices, which may be of several products of an instance. */
export interface Groups {
  /**
   * Makes a group, at the top or in another.
   * @returns what there is too much of, where nothing was made
   * @throws Taken when the instance has a group of that name; NotThere when the other is gone
   */
  create(
    instance: Instance,
    group: { readonly name: string; readonly description: string },
    parent: Group | undefined,
  ): Promise<Group | 'too-deep' | 'parent-full' | 'instance-full'>
  find(instance: Instance, groupId: string): Promise<Group | undefined>
  /** False when it is gone. */
  describe(group: Group, description: string): Promise<boolean>
  /** Its devices stay. False when it was gone, 'has-children' when groups are in it. */
  delete(group: Group): Promise<boolean | 'has-children'>
  /** Newest first, with the number of all. */
  page(
    instance: Instance,
    filter: GroupFilter,
    offset: number,
    limit: number,
  ): Promise<{ groups: Group[]; total: number }>

  /**
   * Puts devices into a group, all that can be; the answer counts those that are registered in the instance.
   * @returns undefined when the group would have more than it may; nothing is written then
   * @throws NotThere when the group is gone
   */
  add(
    instance: Instance,
    group: Group,
    devices: readonly DeviceName[],
  ): Promise<(AddedToGroup & { registered: number }) | undefined>
  /** Takes devices out of a group. */
  remove(
    instance: Instance,
    group: Group,
    devices: readonly DeviceName[],
  ): Promise<{ registered: number; removed: number }>
  /** @param product only the devices of this one */
  countDevices(group: Group, product?: Product): Promise<number>
  /** Those that were registered last come first, with the number of all. */
  devices(
    instance: Instance,
    group: Group,
    offset: number,
    limit: number,
  ): Promise<{ devices: GroupedDevice[]; total: number }>
  /** The groups that a device is in, in the order in which they were made; undefined when there is no such device. */
  ofDevice(product: Product, name: string): Promise<Group[] | undefined>
}

export function groups(storage: Storage, iotIdKey: Buffer, clock: Clock, random: Random): Groups {
  const store = storage.groups

  /** Those of the devices that are registered in the instance, each once. */
  async function registered(instance: Instance, devices: readonly DeviceName[]): Promise<DeviceRow[]> {
    const namesOf = Map.groupBy(devices, ({ productKey }) => productKey)
    const found = await Promise.all(
      [...namesOf].map(async ([productKey, named]) => {
        const product = await storage.products.find(instance.id, productKey)
        const names = [...new Set(named.map(({ name }) => name))]
        return product === undefined ? [] : storage.devices.findByNames(product.id, names)
      }),
    )
    return found.flat()
  }

  return {
    async create(instance, { name, description }, parent) {
      // Calls at the same moment may go beyond what is left by a few: the limits are there for programs run wild.
      const { groupsOfInstance, groupsOfGroup, levels } = groupLimits
      if (parent !== undefined) {
        if ((await store.depth(parent.id)) + 2 > levels) return 'too-deep'
        if ((await store.count(instance.id, { parent: parent.id })) >= groupsOfGroup) return 'parent-full'
      }
      if ((await store.count(instance.id, {})) >= groupsOfInstance) return 'instance-full'
      const groupId = randomText(random, 16)
      const createdAt = clock.now()
      const row = { instance: instance.id, groupId, name, description, parent: parent?.id, createdAt }
      return { id: await describeDuplicate(`the group name ${name}`, () => store.insert(row)), ...row }
    },
    find: (instance, groupId) => store.find(instance.id, groupId),
    describe: ({ id }, description) => store.update(id, description),
    delete: ({ id }) => store.delete(id),
    async page(instance, filter, offset, limit) {
      const [groups, total] = await Promise.all([
        store.page(instance.id, filter, offset, limit),
        store.count(instance.id, filter),
      ])
      return { groups, total }
    },

    async add(instance, group, devices) {
      const rows = await registered(instance, devices)
      const result = await store.add(group.id, rows, groupLimits, clock.now())
      return result && { ...result, registered: rows.length }
    },
    async remove(instance, group, devices) {
      const rows = await registered(instance, devices)
      return { registered: rows.length, removed: await store.remove(group.id, rows, clock.now()) }
    },
    countDevices: ({ id }, product) => store.countDevices(id, product?.id),
    async devices(instance, { id }, offset, limit) {
      const [rows, total] = await Promise.all([store.devices(id, offset, limit), store.countDevices(id)])
      const ids = [...new Set(rows.map(({ product }) => product))]
      const products = await Promise.all(ids.map((id) => storage.products.findById(instance.id, id)))
      const productOf = new Map(products.map((product) => [product?.id, product]))
      // A product that was deleted since has no devices any more.
      const devices = rows.flatMap(({ product: id, name, number }) => {
        const product = productOf.get(id)
        if (product === undefined) return []
        const { productKey, name: productName } = product
        return [{ productKey, productName, name, iotId: iotIdOf(iotIdKey, number) }]
      })
      return { devices, total }
    },
    async ofDevice(product, name) {
      const device = await storage.devices.findByName(product.id, name)
      return device && store.ofDevice(device)
    },
  }
}
