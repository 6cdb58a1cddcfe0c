import type { Clock } from '../lib/clock.ts'
import { type Column, cut, filled } from '../lib/columns.ts'
import { type Random, randomText } from '../lib/random.ts'
import type { DeviceList } from '../rules/import-list.ts'
import type { BatchRow, DeviceRow, Storage } from '../storage/storage.ts'
import { retryOnConflict } from './conflicts.ts'
import type { Device, DeviceSecrets } from './device-secrets.ts'
import { deviceNameLength, deviceSecretLength } from './devices.ts'
import type { Product } from './products.ts'
import { sealSecrets } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

/** Validated devices that are to be registered together. */
export interface NewDevices {
  readonly count: number
  readonly names: Column
  /** Absent or empty secrets are generated. */
  readonly secrets?: Column
  readonly sns?: Column
  readonly nicknames?: Column
  readonly vehicles?: Column
  /** The ApplyId of the checked list that they come from. */
  readonly applyId?: number
  /** The import job that they are of. */
  readonly job?: string | undefined
}

/** Returns the devices of a validated list. */
export const devicesOf = ({ count, members }: DeviceList): NewDevices => ({
  count,
  names: members.DeviceName,
  secrets: members.DeviceSecret,
  sns: members.Sn,
})

/** Devices that were registered together under one ApplyId. */
export interface Batches {
  /**
   * Registers all devices in one transaction, or none.
   * @throws Taken if a name was registered meanwhile; NotThere if the product is gone, or the checked list is
   * gone
   *   or already registered
   */
  import(account: number, product: Product, devices: NewDevices): Promise<BatchRow>
  /** Registers `count` devices with generated names. */
  generate(account: number, product: Product, count: number): Promise<BatchRow>
  find(account: number, applyId: number): Promise<BatchRow | undefined>
  /** Returns a page of a batch's devices in list order, with the number of devices that still exist. */
  devices(batch: BatchRow, offset: number, limit: number): Promise<{ devices: Device[]; total: number }>
  /**
   * Deletes those of a batch's devices that were never changed.
   * @param until changes up to then do not count; milliseconds since 1970
   */
  undo(batch: BatchRow, until?: number): Promise<Undone>
  /** Returns what `undo` would do now. */
  wouldUndo(batch: BatchRow, until?: number): Promise<Undone>
}

/** Numbers of devices; devices deleted earlier count in neither. */
export interface Undone {
  readonly deleted: number
  readonly kept: number
}

const isUnchanged =
  (until = 0) =>
  ({ modifiedAt }: DeviceRow) =>
    modifiedAt === undefined || modifiedAt <= until

export function batches(
  storage: Storage,
  vault: Vault,
  secrets: DeviceSecrets,
  clock: Clock,
  random: Random,
): Batches {
  const store = storage.devices

  function secretsOf({ count, secrets }: NewDevices): Column {
    if (secrets?.length.subarray(0, count).every((length) => length > 0)) return secrets
    const generated = randomColumn(random, count, deviceSecretLength)
    return secrets === undefined ? generated : filled(secrets, generated, count)
  }

  const own: Batches = {
    async import(account, product, devices) {
      const { count, names, sns, nicknames, vehicles, applyId } = devices
      const given = secretsOf(devices)
      // The seal of the secrets binds this number, so it is allocated first.
      const id = applyId ?? (await store.nextApplyId())
      // Noted first: a crash between the two leaves the number of a batch that is not there, not a batch of no job.
      if (devices.job !== undefined) await storage.importJobs.addBatch({ account, id: devices.job }, id)
      const batch = { account: product.account, product: product.id, batch: id }
      return vault.withNewDataKey((key, dataKey) =>
        store.insertBatch({
          account,
          product: product.id,
          names,
          sns,
          nicknames,
          vehicles,
          size: count,
          kind: devices.secrets === undefined ? 'Register' : 'Import',
          dataKey,
          blocks: sealSecrets(key, batch, given, count, random),
          createdAt: clock.now(),
          id,
          applyId,
        }),
      )
    },
    generate: (account, product, count) =>
      own.import(account, product, { count, names: randomColumn(random, count, deviceNameLength) }),
    async find(account, applyId) {
      const batch = await store.batch(applyId)
      return batch?.account === account ? batch : undefined
    },
    async devices(batch, offset, limit) {
      const [rows, total] = await Promise.all([
        store.ofBatch(batch, offset, limit),
        store.countOfBatch(batch),
      ])
      return { devices: await secrets.complete(batch.account, rows), total }
    },
    async undo(batch, until) {
      const deleted = await retryOnConflict(async () => {
        const rows = (await store.ofBatch(batch, 0, batch.size)).filter(isUnchanged(until))
        if (rows.length === 0) return 0
        const blocks = await secrets.without(batch.account, rows)
        const numbers = rows.map(({ number }) => number)
        return store.deleteUnchanged(batch, clock.now(), numbers, blocks, until)
      })
      return { deleted, kept: await store.countOfBatch(batch) }
    },
    async wouldUndo(batch, until) {
      const rows = await store.ofBatch(batch, 0, batch.size)
      const deleted = rows.filter(isUnchanged(until)).length
      return { deleted, kept: rows.length - deleted }
    },
  }
  return own
}

const randomColumn = (random: Random, count: number, length: number): Column =>
  cut(randomText(random, count * length), length)
