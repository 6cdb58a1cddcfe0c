import type { Clock } from '../lib/clock.ts'
import type { Column } from '../lib/columns.ts'
import type { Random } from '../lib/random.ts'
import { type DeviceList, judgeDeviceList, markTaken, namesToLookUp } from '../rules/device-list.ts'
import type { BatchRow, DeviceRow, Storage } from '../storage/storage.ts'
import { iotIdOf, numberOf } from './iot-id.ts'
import type { Product } from './products.ts'
import { blockOf, openSecrets, sealSecrets, secretAt } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

export interface Device extends DeviceRow {
  readonly iotId: string
  readonly secret: string
}

export interface Devices {
  /**
   * Judges a list against the rules and against the product's devices. Changes nothing.
   * @returns a verdict for each entry (rules/device-list.ts), 0 where it may be imported
   */
  judge(product: Product, list: DeviceList): Promise<Uint8Array>
  /**
   * Registers every device of a list that was judged good, in one transaction, all or none.
   * @throws Taken when a name was registered meanwhile; nothing is written then
   */
  import(account: number, product: Product, list: DeviceList, nicknames?: Column): Promise<BatchRow>
  batch(account: number, applyId: number): Promise<BatchRow | undefined>
  /** A page of a batch's devices in the order of their list, with the number of those that still exist. */
  ofBatch(batch: BatchRow, offset: number, limit: number): Promise<{ devices: Device[]; total: number }>
  findByName(product: Product, name: string): Promise<Device | undefined>
  /** The number of the device that an IotId names, if it exists; the id of its instance with it. */
  findByIotId(iotId: string): Promise<{ number: number; instance: number } | undefined>
  /** Whether a text has the form of this store's IotIds. */
  isIotId(iotId: string): boolean
  /** False when it was gone already. */
  delete(number: number): Promise<boolean>
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

  /** Opens the secrets of devices; each block of secrets once. */
  async function withSecrets(rows: readonly DeviceRow[]): Promise<Device[]> {
    const batches = new Map<number, { row: BatchRow; key: Buffer }>()
    const blocks = new Map<string, string[]>()
    const found: Device[] = []
    for (const device of rows) {
      let batch = batches.get(device.batch)
      if (batch === undefined) {
        const row = (await store.batch(device.batch))!
        const key = await vault.unwrap((await storage.dataKeys.find(row.dataKey))!)
        batches.set(device.batch, (batch = { row, key }))
      }
      const position = device.number - batch.row.firstNumber
      const index = blockOf(position)
      const name = `${device.batch} ${index}`
      let secrets = blocks.get(name)
      if (secrets === undefined) {
        secrets = openSecrets(batch.key, (await store.block(device.batch, index))!, index)
        blocks.set(name, secrets)
      }
      found.push({ ...device, iotId: iotIdOf(iotIdKey, device.number), secret: secretAt(secrets, position) })
    }
    return found
  }

  return {
    async judge(product, list) {
      const verdicts = judgeDeviceList(list, hashSeed)
      markTaken(
        verdicts,
        await store.namesTaken(product.id, list.members.DeviceName, namesToLookUp(verdicts)),
      )
      return verdicts
    },
    import: (account, product, list, nicknames) =>
      vault.withNewDataKey((key, dataKey) =>
        store.insertBatch({
          account,
          product: product.id,
          names: list.members.DeviceName,
          sns: list.members.Sn,
          ...(nicknames && { nicknames }),
          size: list.count,
          dataKey,
          blocks: sealSecrets(key, list.members.DeviceSecret, list.count, random),
          createdAt: clock.now(),
        }),
      ),
    async batch(account, applyId) {
      const batch = await store.batch(applyId)
      return batch?.account === account ? batch : undefined
    },
    async ofBatch(batch, offset, limit) {
      const [rows, total] = await Promise.all([
        store.ofBatch(batch, offset, limit),
        store.countOfBatch(batch),
      ])
      return { devices: await withSecrets(rows), total }
    },
    async findByName(product, name) {
      const row = await store.findByName(product.id, name)
      return row && (await withSecrets([row]))[0]
    },
    async findByIotId(iotId) {
      const number = numberOf(iotIdKey, iotId)
      return number === undefined ? undefined : store.findByNumber(number)
    },
    isIotId: (iotId) => numberOf(iotIdKey, iotId) !== undefined,
    delete: (number) => store.delete(number),
  }
}
