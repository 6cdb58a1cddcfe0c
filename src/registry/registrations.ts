import type { Clock } from '../lib/clock.ts'
import { columnsOf } from '../lib/columns.ts'
import type { Random } from '../lib/random.ts'
import { type DeviceStore, Taken } from '../storage/storage.ts'
import type { Device } from './device-secrets.ts'
import { iotIdOf } from './iot-id.ts'
import type { Product } from './products.ts'
import { sealSecrets } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

/** One device to be registered; its fields have been judged. */
export interface NewDevice {
  readonly name: string
  readonly secret: string
  readonly sn?: string | undefined
  readonly nickname?: string | undefined
}

interface Waiting {
  readonly device: NewDevice
  readonly resolve: (device: Device) => void
  readonly reject: (error: unknown) => void
}

/** Registrations that one commit takes. */
const groupMax = 1000

/**
 * Registers single devices, those of a product that come while a commit is under way together in the next one:
 * a commit waits for the disk, and 1,500 a second can't each have their own.
 *
 * @returns a function that resolves once the device is on disk; throws Taken when its name is in use
 */
export function registrations(
  store: DeviceStore,
  vault: Vault,
  iotIdKey: Buffer,
  clock: Clock,
  random: Random,
) {
  const queues = new Map<number, Waiting[]>()

  /** Takes the next group off a queue; of devices with the same name only the first. */
  function nextGroup(queue: Waiting[]): Waiting[] {
    const names = new Set<string>()
    const group: Waiting[] = []
    const later: Waiting[] = []
    for (const waiting of queue.splice(0)) {
      if (group.length === groupMax || names.has(waiting.device.name)) later.push(waiting)
      else group.push(waiting)
      names.add(waiting.device.name)
    }
    queue.push(...later)
    return group
  }

  async function commit(account: number, product: Product, group: readonly Waiting[]): Promise<void> {
    const { name, secret, sn, nickname } = columnsOf(
      ['name', 'secret', 'sn', 'nickname'],
      group.map(({ device }) => device),
    ).members
    const createdAt = clock.now()
    const { batch, taken } = await vault.withNewDataKey((key, dataKey) =>
      store.insertFree({
        account,
        product: product.id,
        names: name,
        sns: sn,
        nicknames: nickname,
        size: group.length,
        dataKey,
        blocks: sealSecrets(key, secret, group.length, random),
        createdAt,
      }),
    )
    const refused = new Set(taken)
    group.forEach(({ device, resolve, reject }, i) => {
      if (batch === undefined || refused.has(i)) {
        reject(new Taken(`the device name ${device.name}`))
        return
      }
      const number = batch.firstNumber + i
      resolve({
        number,
        product: product.id,
        batch: batch.id,
        name: device.name,
        secret: device.secret,
        sn: device.sn,
        nickname: device.nickname,
        vehicle: undefined,
        disabled: false,
        modifiedAt: undefined,
        iotId: iotIdOf(iotIdKey, number),
        createdAt,
      })
    })
  }

  async function work(account: number, product: Product, queue: Waiting[]): Promise<void> {
    // What else arrives in this turn of the event loop comes along.
    await new Promise(setImmediate)
    while (queue.length > 0) {
      const group = nextGroup(queue)
      try {
        await commit(account, product, group)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    queues.delete(product.id)
  }

  return function register(account: number, product: Product, device: NewDevice): Promise<Device> {
    return new Promise((resolve, reject) => {
      const waiting = { device, resolve, reject }
      const queue = queues.get(product.id)
      if (queue !== undefined) {
        queue.push(waiting)
        return
      }
      const begun = [waiting]
      queues.set(product.id, begun)
      work(account, product, begun)
    })
  }
}
