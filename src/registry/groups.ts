import type { Clock } from '../lib/clock.ts'
import { type Random, randomText } from '../lib/random.ts'
import { groupLimits } from '../rules/group-fields.ts'
import type { AddedToGroup, DeviceRow, GroupFilter, GroupRow, Storage } from '../storage/storage.ts'
import { describeDuplicate } from './conflicts.ts'
import type { Instance } from './instances.ts'
import { iotIdOf } from './iot-id.ts'
import type { Product } from './products.ts'

export type Group = GroupRow

/** A device by product and name. */
export interface DeviceName {
  readonly productKey: string
  readonly name: string
}

/** A device in a group, with its product. */
export interface GroupedDevice extends DeviceName {
  readonly productName: string
  readonly iotId: string
}

/** Static groups of devices, which may belong to several products of an instance. */
export interface Groups {
  /**
   * Creates a group at the top level or in another group.
   * @returns the exceeded limit, if nothing was created
   * @throws Taken if the instance has a group of that name; NotThere if the parent is gone
   */
  create(
    instance: Instance,
    group: { readonly name: string; readonly description: string },
    parent: Group | undefined,
  ): Promise<Group | 'too-deep' | 'parent-full' | 'instance-full'>
  find(instance: Instance, groupId: string): Promise<Group | undefined>
  /** Returns false if the group is gone. */
  describe(group: Group, description: string): Promise<boolean>
  /**
   * Deletes a group but not its devices. Returns false if it was gone, 'has-children' if it contains groups.
   */
  delete(group: Group): Promise<boolean | 'has-children'>
  /** Returns a page, newest first, with the total. */
  page(
    instance: Instance,
    filter: GroupFilter,
    offset: number,
    limit: number,
  ): Promise<{ groups: Group[]; total: number }>

  /**
   * Adds all valid devices to a group, and returns the number that are registered in the instance.
   * @returns undefined if the group would exceed its limit; then nothing is written
   * @throws NotThere if the group is gone
   */
  add(
    instance: Instance,
    group: Group,
    devices: readonly DeviceName[],
  ): Promise<(AddedToGroup & { registered: number }) | undefined>
  /** Removes devices from a group. */
  remove(
    instance: Instance,
    group: Group,
    devices: readonly DeviceName[],
  ): Promise<{ registered: number; removed: number }>
  /** @param product count only this product's devices */
  countDevices(group: Group, product?: Product): Promise<number>
  /** Lists the group's devices, last registered first, with the total. */
  devices(
    instance: Instance,
    group: Group,
    offset: number,
    limit: number,
  ): Promise<{ devices: GroupedDevice[]; total: number }>
  /** Lists a device's groups in order of creation; undefined if the device does not exist. */
  ofDevice(product: Product, name: string): Promise<Group[] | undefined>
}

export function groups(storage: Storage, iotIdKey: Buffer, clock: Clock, random: Random): Groups {
  const store = storage.groups

  /** Returns the devices that are registered in the instance, each once. */
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
      // Concurrent calls may exceed the limits slightly; they guard against runaway programs.
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
      // A product deleted since has no devices any more.
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
