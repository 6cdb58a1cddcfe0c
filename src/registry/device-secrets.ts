import type { BatchRow, BlockKey, DeviceRow, DeviceStore, Storage } from '../storage/storage.ts'
import { iotIdOf } from './iot-id.ts'
import { blockOf, openSecrets, secretAt } from './secret-blocks.ts'
import type { Vault } from './vault.ts'

/** A device without what it takes a look at its batch to tell. */
export interface FoundDevice extends DeviceRow {
  readonly iotId: string
}

/** A device as callers know it. */
export interface Device extends FoundDevice {
  readonly secret: string
  readonly createdAt: number
}

/** Completes rows; see `withSecrets`. */
export type Complete = (rows: readonly DeviceRow[]) => Promise<Device[]>

/** What batches tell of their devices; see `withSecrets`. */
export interface OfBatches {
  readonly complete: Complete
  /** When each device was registered, without its secret; undefined where its product was deleted. */
  createdAt(rows: readonly DeviceRow[]): Promise<(number | undefined)[]>
}

type OpenBatch = BatchRow & { readonly key: Buffer }
type SealedBlock = BlockKey & { readonly sealed: Buffer }

/** Batches that are remembered: their rows never change, and a data key stays the same when it is wrapped anew. */
const batchesMax = 10_000
/** Blocks that are remembered, sealed as they are, 8 KB each: they never change either. */
const blocksMax = 2000

/** Blocks of sealed secrets, read of the store when they are first asked for. */
function rememberedBlocks(store: DeviceStore) {
  const remembered = new Map<string, SealedBlock>()
  return async function blocks(wanted: readonly BlockKey[]): Promise<SealedBlock[]> {
    const known = wanted.map((key) => remembered.get(nameOf(key)))
    const missing = wanted.filter((_, i) => known[i] === undefined)
    const read = missing.length === 0 ? [] : await store.blocks(missing)
    if (remembered.size + read.length > blocksMax) remembered.clear()
    for (const block of read) remembered.set(nameOf(block), block)
    return [...known.filter((block) => block !== undefined), ...read]
  }
}

const nameOf = ({ batch, block }: BlockKey) => `${batch} ${block}`

/**
 * Completes rows with what is kept of their batches; each batch is read once, each block of secrets opened once.
 * Devices whose product was deleted since they were read are left out.
 */
export function withSecrets({ devices: store }: Storage, vault: Vault, iotIdKey: Buffer): OfBatches {
  const remembered = new Map<number, OpenBatch>()
  const blocks = rememberedBlocks(store)

  async function batchesOf(rows: readonly DeviceRow[]): Promise<Map<number, OpenBatch>> {
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

  async function complete(read: readonly DeviceRow[]): Promise<Device[]> {
    if (read.length === 0) return []
    const batches = await batchesOf(read)
    const rows = read.filter(({ batch }) => batches.has(batch))
    const placeOf = ({ batch, number }: DeviceRow) => {
      const position = number - batches.get(batch)!.firstNumber
      return { batch, block: blockOf(position), position }
    }
    const wanted = new Map(
      rows.map((row) => {
        const { batch, block } = placeOf(row)
        return [nameOf({ batch, block }), { batch, block }]
      }),
    )
    const secrets = new Map<string, string[]>()
    for (const { batch, block, sealed } of await blocks([...wanted.values()])) {
      secrets.set(nameOf({ batch, block }), openSecrets(batches.get(batch)!.key, sealed, block))
    }
    return rows.flatMap((row) => {
      const { position, ...place } = placeOf(row)
      const block = secrets.get(nameOf(place))
      if (block === undefined) return []
      const { createdAt } = batches.get(row.batch)!
      return [{ ...row, iotId: iotIdOf(iotIdKey, row.number), secret: secretAt(block, position), createdAt }]
    })
  }

  return {
    complete,
    async createdAt(rows) {
      const batches = await batchesOf(rows)
      return rows.map(({ batch }) => batches.get(batch)?.createdAt)
    },
  }
}
