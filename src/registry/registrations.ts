import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../lib/clock.ts'
import { coalesce } from '../lib/coalesce.ts'
import { columnsOf } from '../lib/columns.ts'
import type { Random } from '../lib/random.ts'
import { type BatchKind, type BatchRow, type DeviceStore, Duplicate } from '../storage/storage.ts'
import { retryOnConflict } from './conflicts.ts'
import type { Device, DeviceSecrets } from './device-secrets.ts'
import { iotIdOf } from './iot-id.ts'
import type { Product } from './products.ts'
import { sealSecrets } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

/** A device to register; its fields are valid. */
export interface NewDevice {
  readonly name: string
  readonly secret: string
  readonly sn?: string | undefined
  readonly nickname?: string | undefined
}

interface Registration {
  readonly account: number
  readonly product: Product
  readonly device: NewDevice
  readonly kind: BatchKind
}

type Outcome = { readonly device: Device } | { readonly error: unknown }

/** Registrations are grouped; each group takes one commit per product and kind. */
const group = { max: 1000, atOnce: 1, gather: () => nextTurn() }

/** The store and the sources that registrations use. */
interface Parts {
  readonly store: DeviceStore
  readonly vault: Vault
  /** The key that IotIds are derived with. */
  readonly iotIdKey: Buffer
  readonly secrets: DeviceSecrets
  readonly clock: Clock
  readonly random: Random
}

/**
 * Registers single devices. Registrations that arrive during a commit share the next one: a commit waits for
 * the disk, and 1,500 registrations per second can't have one each.
 * @returns a function that resolves once the device is on disk; throws Taken if its name is in use
 */
export function registrations(parts: Parts) {
  const go = coalesce(async (registrations: readonly Registration[]): Promise<Outcome[]> => {
    const groups = Map.groupBy(registrations, ({ product, kind }) => `${product.id} ${kind}`)
    const done = await Promise.all([...groups.values()].map((group) => commitFirsts(parts, group)))
    const outcomes = new Map(done.flat())
    return registrations.map((one) => outcomes.get(one)!)
  }, group)

  return async function register(
    account: number,
    product: Product,
    device: NewDevice,
    kind: BatchKind,
  ): Promise<Device> {
    const outcome = await go({ account, product, device, kind })
    if ('error' in outcome) throw outcome.error
    return outcome.device
  }
}

/** Registers devices that may share names: only the first device of each name can succeed. */
async function commitFirsts(
  parts: Parts,
  registrations: readonly Registration[],
): Promise<[Registration, Outcome][]> {
  const firsts = new Map(registrations.toReversed().map((one) => [one.device.name, one]))
  const chosen = [...firsts.values()]
  try {
    const outcomes = await commit(parts, chosen)
    const ofFirst = new Map(chosen.map((one, i) => [one, outcomes[i]!]))
    return registrations.map((one) => [one, ofFirst.get(one) ?? taken(one.device)])
  } catch (error) {
    return registrations.map((one) => [one, { error }])
  }
}

/** Registers devices of one product with distinct names in one commit. */
async function commit(parts: Parts, registrations: readonly Registration[]): Promise<Outcome[]> {
  const { store, vault, clock, random } = parts
  const { account, product, kind } = registrations[0]!
  const devices = registrations.map(({ device }) => device)
  const { name, secret, sn, nickname } = columnsOf(['name', 'secret', 'sn', 'nickname'], devices).members
  const createdAt = clock.now()
  const id = await store.nextApplyId()
  const place = { account: product.account, product: product.id, batch: id }
  const { batch, taken: places } = await vault.withNewDataKey((key, dataKey) =>
    store.insertFree({
      account,
      product: product.id,
      names: name,
      sns: sn,
      nicknames: nickname,
      size: devices.length,
      kind,
      dataKey,
      blocks: sealSecrets(key, place, secret, devices.length, random),
      createdAt,
      id,
    }),
  )
  if (batch === undefined) return devices.map(taken)
  if (places.length > 0) await forget(parts, product, batch, places, devices)
  const refused = new Set(places)
  return devices.map((device, i) =>
    refused.has(i) ? taken(device) : { device: registered(device, batch, i, parts.iotIdKey, createdAt) },
  )
}

const taken = ({ name }: NewDevice): Outcome => ({ error: new Duplicate(`the device name ${name}`) })

/** The device as it was stored, at its place in the batch. */
function registered(
  { name, secret, sn, nickname }: NewDevice,
  batch: BatchRow,
  place: number,
  iotIdKey: Buffer,
  createdAt: number,
): Device {
  const number = batch.firstNumber + place
  return {
    number,
    product: batch.product,
    batch: batch.id,
    name,
    secret,
    sn,
    nickname,
    vehicle: undefined,
    disabled: false,
    modifiedAt: undefined,
    iotId: iotIdOf(iotIdKey, number),
    createdAt,
  }
}

/** Removes the secrets of devices that were not registered from their batch. */
async function forget(
  { store, secrets, clock }: Parts,
  product: Product,
  batch: BatchRow,
  places: readonly number[],
  devices: readonly NewDevice[],
): Promise<void> {
  const unregistered = places.map((place) => ({
    batch: batch.id,
    product: product.id,
    number: batch.firstNumber + place,
    name: devices[place]!.name,
  }))
  const write = retryOnConflict(async () =>
    store.deleteUnchanged(batch, clock.now(), [], await secrets.without(product.account, unregistered)),
  )
  // A failure is harmless: the other devices are registered, and the remaining secrets are sealed and belong
  // to no device.
  await write.catch(() => undefined)
}
