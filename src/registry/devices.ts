import type { Clock } from '../lib/clock.ts'
import type { Columns } from '../lib/columns.ts'
import { type Random, randomText } from '../lib/random.ts'
import { serialByKey } from '../lib/serial-by-key.ts'
import { type ListRules, markTaken, namesToLookUp, validateList } from '../rules/device-list.ts'
import type { DeviceChange, DeviceKey, DeviceRow, DeviceState, Storage } from '../storage/storage.ts'
import { retryOnConflict } from './conflicts.ts'
import type { Device, DeviceSecrets, FoundDevice } from './device-secrets.ts'
import { iotIdOf, numberOf } from './iot-id.ts'
import type { KnownNames } from './known-names.ts'
import type { Product } from './products.ts'
import { type NewDevice, registrations } from './registrations.ts'
import { blockOf } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

export type { Device, DeviceState, FoundDevice, NewDevice }

/** Length of a generated DeviceName: 119 bits, so that duplicates need no lookup. */
export const deviceNameLength = 20
/** Length of a generated DeviceSecret: the maximum. */
export const deviceSecretLength = 32

export interface DeviceUpdate {
  readonly device: DeviceRow
  readonly change: DeviceChange
}

function isAsItIs(device: DeviceRow, { nickname, disabled = device.disabled }: DeviceChange): boolean {
  const sameNickname = nickname === undefined || nickname === (device.nickname ?? null)
  return sameNickname && disabled === device.disabled
}

export interface Devices {
  /**
   * Validates a list against the rules and the product's devices at the time the product was read. Changes
   * nothing.
   * @returns a verdict for each entry (rules/device-list.ts), 0 if it may be imported
   */
  validate<Member extends string>(
    product: Product,
    rules: ListRules<Member, string>,
    list: Columns<Member>,
  ): Promise<Uint8Array>
  /**
   * Registers one device, in one commit with concurrent registrations. Generates the name and secret if they
   * are omitted.
   * @throws Taken if the name is in use
   */
  register(account: number, product: Product, device: Partial<NewDevice>): Promise<Device>
  findByName(product: Product, name: string): Promise<Device | undefined>
  /** Returns the device without the batch's facts, which would need another read. */
  lookUp(product: Product, name: string): Promise<FoundDevice | undefined>
  /** Returns the registered devices among the names, in the order given, each once. */
  lookUpNames(product: Product, names: readonly string[]): Promise<FoundDevice[]>
  /** Returns the registered devices among the IotIds, of any account. */
  lookUpIotIds(iotIds: readonly string[]): Promise<FoundDevice[]>
  /** Adds the facts of their batches to an account's devices, keeping the order. */
  open(account: number, devices: readonly DeviceRow[]): Promise<Device[]>
  /** Returns each device's registration time; undefined if its product was deleted. */
  createdAt(devices: readonly DeviceRow[]): Promise<(number | undefined)[]>
  /** Reports whether a text has the form of this store's IotIds. */
  isIotId(iotId: string): boolean
  /**
   * Iterates over a product's devices, newest first, in chunks; excludes devices registered after the start.
   */
  each(product: Product): AsyncIterable<Device[]>
  /**
   * Changes devices, each once, all or none; skips devices that already have the new values.
   * @returns a device that is gone, if there is one; then nothing was changed
   */
  update(changes: readonly DeviceUpdate[]): Promise<DeviceKey | undefined>
  /** Disconnects a device from whichever node it is connected to; it may reconnect. */
  cut(device: DeviceKey): Promise<void>
  /** Deletes an account's device and its secret. Returns false if it was already gone. */
  delete(account: number, device: DeviceRow): Promise<boolean>
  /** Number of device names in this process's memory. */
  readonly namesInMemory: number
  close(): Promise<void>
}

/** Devices per read when all devices of a product are read. */
const eachAtOnce = 2000

export function devices(
  storage: Storage,
  vault: Vault,
  iotIdKey: Buffer,
  secrets: DeviceSecrets,
  clock: Clock,
  random: Random,
  known: KnownNames,
): Devices {
  const store = storage.devices
  const register = registrations({ store, vault, iotIdKey, secrets, clock, random })
  const inTurn = serialByKey()
  const found = (row: DeviceRow): FoundDevice => ({ ...row, iotId: iotIdOf(iotIdKey, row.number) })

  return {
    async validate(product, rules, list) {
      const { verdicts, names } = validateList(rules, list, known.seed)
      const entries = namesToLookUp(rules, verdicts, names)
      markTaken(verdicts, await known.taken(product, names, entries))
      return verdicts
    },
    register(account, product, device) {
      const { name = randomText(random, deviceNameLength), secret = randomText(random, deviceSecretLength) } =
        device
      const kind = device.secret === undefined ? 'Register' : 'Import'
      return register(account, product, { ...device, name, secret }, kind)
    },
    async findByName(product, name) {
      const row = await store.findByName(product.id, name)
      return row && (await secrets.complete(product.account, [row]))[0]
    },
    async lookUp(product, name) {
      const row = await store.findByName(product.id, name)
      return row && found(row)
    },
    async lookUpNames(product, names) {
      const rows = await store.findByNames(product.id, names)
      return inOrder(names, rows.map(found), ({ name }) => name)
    },
    async lookUpIotIds(iotIds) {
      const numbers = iotIds
        .map((iotId) => numberOf(iotIdKey, iotId))
        .filter((number) => number !== undefined)
      const rows = await store.findByNumbers(numbers)
      return inOrder(iotIds, rows.map(found), ({ iotId }) => iotId)
    },
    open: secrets.complete,
    createdAt: secrets.createdAt,
    async *each({ id, account }) {
      for (let below = Number.MAX_SAFE_INTEGER; ; ) {
        const rows = await store.page({ products: [id] }, { below, limit: eachAtOnce })
        if (rows.length > 0) yield await secrets.complete(account, rows)
        if (rows.length < eachAtOnce) return
        below = rows.at(-1)!.number
      }
    },
    isIotId: (iotId) => numberOf(iotIdKey, iotId) !== undefined,
    async update(changes) {
      const real = changes.filter(({ device, change }) => !isAsItIs(device, change))
      return real.length === 0 ? undefined : store.update(real, clock.now())
    },
    cut: (device) => storage.sessions.cut([device]),
    delete: (account, device) =>
      inTurn(`${device.batch} ${blockOf(device.number)}`, () =>
        retryOnConflict(async () => {
          const [block] = await secrets.without(account, [device])
          return store.delete(device, clock.now(), block)
        }),
      ),
    get namesInMemory() {
      return known.size
    },
    close: () => known.close(),
  }
}

function inOrder<Of>(keys: readonly string[], found: readonly Of[], keyOf: (one: Of) => string): Of[] {
  const byKey = new Map(found.map((one) => [keyOf(one), one]))
  return [...new Set(keys)].map((key) => byKey.get(key)).filter((one) => one !== undefined)
}
