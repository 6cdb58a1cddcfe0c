import type { Random } from '../lib/random.ts'
import type { BatchRow, BlockChange, BlockKey, DeviceRow, DeviceStore, Storage } from '../storage/storage.ts'
import { iotIdOf } from './iot-id.ts'
import { blockPurpose } from './purposes.ts'
import { type BlockSecrets, blockOf, openSecrets, resealBlock, secretAt } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

/** A device without the facts that are stored with its batch. */
export interface FoundDevice extends DeviceRow {
  readonly iotId: string
}

/** A device as callers see it. */
export interface Device extends FoundDevice {
  readonly secret: string
  readonly createdAt: number
}

/** Device secrets, in the blocks of their batches. */
export interface DeviceSecrets {
  /**
   * Adds the facts stored with the batches to rows, keeping the order. Each batch is read once and each block
   * of secrets decrypted once. Devices deleted since the rows were read are omitted.
   * @param account the devices' owner; no other account's key decrypts their secrets
   * @throws Error if a row was moved in the database, so that its secret is sealed for another place
   */
  complete(account: number, rows: readonly DeviceRow[]): Promise<Device[]>
  /**
   * Returns one device's secret from a cached decrypted block, so that a connecting device costs no decryption.
   * The row must be fresh from the store: it proves that the device exists, and its number and batch are never
   * reused.
   * @returns undefined if the device was deleted since
   */
  secretOf(account: number, row: PlacedDevice): Promise<string | undefined>
  /**
   * Returns each device's registration time without reading its secret; undefined if its product was deleted.
   */
  createdAt(rows: readonly DeviceRow[]): Promise<(number | undefined)[]>
  /**
   * Computes the blocks without these devices' secrets, for the write that deletes the devices. Reads the
   * current blocks.
   * @param account the devices' owner
   */
  without(account: number, rows: readonly PlacedDevice[]): Promise<BlockChange[]>
}

/** The location of a device's secret. */
type PlacedDevice = Pick<DeviceRow, 'batch' | 'product' | 'number' | 'name'>

type OpenBatch = BatchRow & { readonly key: Buffer }
type SealedBlock = BlockKey & { readonly sealed: Buffer }
type Place = BlockKey & { readonly product: number; readonly position: number }

/** Maximum number of cached batches. Their rows never change, and rewrapping keeps the data key. */
const batchesMax = 10_000
/**
 * Maximum number of cached sealed blocks, 8 KB each. Blocks may still hold devices that another node deleted.
 */
const blocksMax = 2000

/** Maximum number of cached decrypted blocks, 256 secrets and about 25 KB each. */
const openMax = 1000

const nameOf = ({ batch, block }: BlockKey) => `${batch} ${block}`

/** Reads blocks of sealed secrets on demand and caches them. */
function rememberedBlocks(store: DeviceStore) {
  const remembered = new Map<string, SealedBlock>()
  return {
    async find(wanted: readonly BlockKey[]): Promise<SealedBlock[]> {
      const known = wanted.map((key) => remembered.get(nameOf(key)))
      const missing = wanted.filter((_, i) => known[i] === undefined)
      const read = missing.length === 0 ? [] : await store.blocks(missing)
      if (remembered.size + read.length > blocksMax) remembered.clear()
      for (const block of read) remembered.set(nameOf(block), block)
      return [...known.filter((block) => block !== undefined), ...read]
    },
    forget: (key: BlockKey) => remembered.delete(nameOf(key)),
  }
}

/** Caches decrypted blocks, oldest dropped first. Concurrent callers share one decryption. */
function openedBlocks(openBlock: (account: number, place: Place) => Promise<BlockSecrets | undefined>) {
  const opened = new Map<string, Promise<BlockSecrets | undefined>>()
  return (account: number, place: Place): Promise<BlockSecrets | undefined> => {
    const key = `${account} ${place.product} ${nameOf(place)}`
    let secrets = opened.get(key)
    if (secrets !== undefined) return secrets
    for (const oldest of opened.keys()) {
      if (opened.size < openMax) break
      opened.delete(oldest)
    }
    opened.set(key, (secrets = openBlock(account, place)))
    secrets.then(
      (found) => found ?? opened.delete(key),
      () => opened.delete(key),
    )
    return secrets
  }
}

/** Reads and opens each batch once. */
function rememberedBatches(store: DeviceStore, vault: Vault) {
  const remembered = new Map<number, OpenBatch>()
  return async function batchesOf(
    rows: readonly Pick<PlacedDevice, 'batch'>[],
  ): Promise<ReadonlyMap<number, OpenBatch>> {
    // A device that connects asks for one, which is mostly known.
    if (rows.length === 1 && remembered.has(rows[0]!.batch)) return remembered
    const ids = new Set(rows.map(({ batch }) => batch))
    const batches = new Map([...ids].flatMap((id) => (remembered.has(id) ? [[id, remembered.get(id)!]] : [])))
    if (batches.size === ids.size) return batches
    const missing = [...ids].filter((id) => !batches.has(id))
    const read = await vault.withDataKeys(async (unwrap) =>
      (await store.batches(missing)).map((batch) => ({ ...batch, key: unwrap(batch.wrappedKey) })),
    )
    for (const batch of read) {
      batches.set(batch.id, batch)
      if (remembered.size >= batchesMax) remembered.clear()
      remembered.set(batch.id, batch)
    }
    return batches
  }
}

function placeOf({ number, name, product }: PlacedDevice, { id, firstNumber, size }: OpenBatch): Place {
  const position = number - firstNumber
  if (position < 0 || position >= size)
    throw new Error(`the device ${name} is not of its batch ${id}: its row was changed from outside`)
  return { batch: id, block: blockOf(position), product, position }
}

export function deviceSecrets(
  { devices: store }: Storage,
  vault: Vault,
  iotIdKey: Buffer,
  random: Random,
): DeviceSecrets {
  const blocks = rememberedBlocks(store)
  const batchesOf = rememberedBatches(store, vault)

  /** Locates the secrets of rows; omits rows whose batch is gone. */
  async function locate(rows: readonly PlacedDevice[]) {
    const batches = await batchesOf(rows)
    const places = new Map<PlacedDevice, Place>()
    for (const row of rows) {
      const batch = batches.get(row.batch)
      if (batch !== undefined) places.set(row, placeOf(row, batch))
    }
    const wanted = new Map([...places.values()].map((place) => [nameOf(place), place]))
    return { batches, places, wanted }
  }

  const openedBlock = openedBlocks(async (account, { product, batch, block }) => {
    const [found] = await blocks.find([{ batch, block }])
    const opened = (await batchesOf([{ batch }])).get(batch)
    return found && opened && openSecrets(opened.key, found.sealed, { account, product, batch, block })
  })

  return {
    async secretOf(account, row) {
      const batch = (await batchesOf([row])).get(row.batch)
      const place = batch && placeOf(row, batch)
      const secrets = place && (await openedBlock(account, place))
      return (secrets && secretAt(secrets, place.position)) ?? undefined
    },
    async complete(account, read) {
      if (read.length === 0) return []
      const { batches, places, wanted } = await locate(read)
      const opened = new Map<string, BlockSecrets>()
      for (const { sealed, ...key } of await blocks.find([...wanted.values()])) {
        // The product comes from the device rather than the batch, so a device moved to another product
        // decrypts nothing.
        const { product } = wanted.get(nameOf(key))!
        const place = { batch: key.batch, block: key.block, account, product }
        opened.set(nameOf(key), openSecrets(batches.get(key.batch)!.key, sealed, place))
      }
      return read.flatMap((row) => {
        const place = places.get(row)
        const secrets = place && opened.get(nameOf(place))
        const secret = secrets && secretAt(secrets, place.position)
        if (secret === undefined || secret === null) return []
        const { createdAt } = batches.get(row.batch)!
        return [{ ...row, iotId: iotIdOf(iotIdKey, row.number), secret, createdAt }]
      })
    },
    async createdAt(rows) {
      const batches = await batchesOf(rows)
      return rows.map(({ batch }) => batches.get(batch)?.createdAt)
    },
    async without(account, rows) {
      const { batches, places, wanted } = await locate(rows)
      const gone = new Map<string, Set<number>>()
      for (const place of places.values()) {
        const positions = gone.get(nameOf(place)) ?? new Set()
        gone.set(nameOf(place), positions.add(place.position))
      }
      const found = await store.blocks([...wanted.values()].map(({ batch, block }) => ({ batch, block })))
      return found.map(({ batch, block, sealed }) => {
        blocks.forget({ batch, block })
        const { product } = wanted.get(nameOf({ batch, block }))!
        const of = {
          key: batches.get(batch)!.key,
          purpose: blockPurpose({ account, product, batch, block }),
        }
        const isKept = (position: number) => !gone.get(nameOf({ batch, block }))!.has(position)
        const after = resealBlock({ ...of, sealed }, of, isKept, block, random)
        return { batch, block, before: sealed, after }
      })
    },
  }
}
