import type { Clock } from '../lib/clock.ts'
import type { Random } from '../lib/random.ts'
import { type DeviceList, judgeDeviceList, markTaken, namesToLookUp } from '../rules/device-list.ts'
import type { BatchRow, Storage } from '../storage/storage.ts'
import { type Device, withSecrets } from './device-secrets.ts'
import { numberOf } from './iot-id.ts'
import { knownNames } from './known-names.ts'
import type { Product } from './products.ts'
import { type NewDevice, registrations } from './registrations.ts'
import { sealSecrets } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

export type { Device, NewDevice }

export interface Devices {
  /**
   * Judges a list against the rules and against the product's devices, as they were when the product was read.
   * Changes nothing.
   * @returns a verdict for each entry (rules/device-list.ts), 0 where it may be imported
   */
  judge(product: Product, list: DeviceList): Promise<Uint8Array>
  /**
   * Registers every device of a list that was judged good, in one transaction, all or none.
   * @throws Taken when a name was registered meanwhile; nothing is written then
   */
  import(account: number, product: Product, list: DeviceList): Promise<BatchRow>
  /**
   * Registers one device, in one commit with others that come at the same time.
   * @throws Taken when its name is in use
   */
  register(account: number, product: Product, device: NewDevice): Promise<Device>
  batch(account: number, applyId: number): Promise<BatchRow | undefined>
  /** A page of a batch's devices in the order of their list, with the number of those that still exist. */
  ofBatch(batch: BatchRow, offset: number, limit: number): Promise<{ devices: Device[]; total: number }>
  findByName(product: Product, name: string): Promise<Device | undefined>
  findByIotId(iotId: string): Promise<Device | undefined>
  /** Whether a text has the form of this store's IotIds. */
  isIotId(iotId: string): boolean
  /** False when it was gone already. */
  delete(device: Device): Promise<boolean>
  close(): void
}

export function devices(
  storage: Storage,
  vault: Vault,
  iotIdKey: Buffer,
  clock: Clock,
  random: Random,
): Devices {
  const store = storage.devices
  // Secret and this process's own: no one can choose names that collide.
  const hashSeed = random.bytes(4).readInt32LE()
  const known = knownNames(store, hashSeed)
  const complete = withSecrets(storage, vault, iotIdKey)

  return {
    async judge(product, list) {
      const verdicts = judgeDeviceList(list, hashSeed)
      markTaken(verdicts, await known.taken(product, list.members.DeviceName, namesToLookUp(verdicts)))
      return verdicts
    },
    import: (account, product, list) =>
      vault.withNewDataKey((key, dataKey) =>
        store.insertBatch({
          account,
          product: product.id,
          names: list.members.DeviceName,
          sns: list.members.Sn,
          size: list.count,
          dataKey,
          blocks: sealSecrets(key, list.members.DeviceSecret, list.count, random),
          createdAt: clock.now(),
        }),
      ),
    register: registrations(store, vault, iotIdKey, clock, random),
    async batch(account, applyId) {
      const batch = await store.batch(applyId)
      return batch?.account === account ? batch : undefined
    },
    async ofBatch(batch, offset, limit) {
      const [rows, total] = await Promise.all([
        store.ofBatch(batch, offset, limit),
        store.countOfBatch(batch),
      ])
      return { devices: await complete(rows), total }
    },
    async findByName(product, name) {
      const row = await store.findByName(product.id, name)
      return row && (await complete([row]))[0]
    },
    async findByIotId(iotId) {
      const number = numberOf(iotIdKey, iotId)
      return number === undefined ? undefined : (await complete(await store.findByNumbers([number])))[0]
    },
    isIotId: (iotId) => numberOf(iotIdKey, iotId) !== undefined,
    delete: (device) => store.delete(device, clock.now()),
    close: () => known.close(),
  }
}
