import type { Clock } from '../lib/clock.ts'
import { deviceTagsMax } from '../rules/device-tags.ts'
import type { DeviceKey, Storage, Tag } from '../storage/storage.ts'

/** The tags of devices, called props in the API. */
export interface DeviceTags {
  /** Returns a device's tags, ordered by key. */
  of(device: DeviceKey): Promise<Tag[]>
  /** Creates or replaces tags, all or none. */
  set(device: DeviceKey, tags: readonly Tag[]): Promise<'set' | 'too-many' | 'device-gone'>
  /** Deletes a tag; does nothing if the device has no tag with that key. */
  delete(device: DeviceKey, key: string): Promise<void>
}

export function deviceTags({ devices: store }: Storage, clock: Clock): DeviceTags {
  return {
    of: (device) => store.tags(device),
    async set(device, tags) {
      if (await store.setTags(device, tags, deviceTagsMax, clock.now())) return 'set'
      const present = await store.findByName(device.product, device.name)
      return present?.number === device.number ? 'too-many' : 'device-gone'
    },
    async delete(device, key) {
      await store.deleteTag(device, key, clock.now())
    },
  }
}
