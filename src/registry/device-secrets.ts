import type { BatchRow, DeviceRow, Storage } from '../storage/storage.ts'
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

type OpenBatch = BatchRow & { readonly key: Buffer }

/** Batches that are remembered: their rows never change, and a data key stays the same when it is wrapped anew. */
const rememberedMax = 10_000

/**
 * Completes rows with what is kept of their batches; each batch is read once, each block of secrets opened once.
 * Devices whose product was deleted since they were read are left out.
 */
export function withSecrets({ devices: store }: Storage, vault: Vault, iotIdKey: Buffer) {
  const remembered = new Map<number, OpenBatch>()

  async function batchesOf(rows: readonly DeviceRow[]): Promise<Map<number, OpenBatch>> {
    const ids = new Set(rows.map(({ batch }) => batch))
    const batches = new Map([...ids].flatMap((id) => (remembered.has(id) ? [[id, remembered.get(id)!]] : [])))
    if (batches.size === ids.size) return batches
    for (const batch of await store.batches([...ids].filter((id) => !batches.has(id)))) {
      const open = { ...batch, key: await vault.unwrap(batch.wrappedKey) }
      batches.set(batch.id, open)
      if (remembered.size >= rememberedMax) remembered.clear()
      remembered.set(batch.id, open)
    }
    return batches
  }

  return async function complete(read: readonly DeviceRow[]): Promise<Device[]> {
    if (read.length === 0) return []
    const batches = await batchesOf(read)
    const rows = read.filter(({ batch }) => batches.has(batch))
    const placeOf = ({ batch, number }: DeviceRow) => {
      const position = number - batches.get(batch)!.firstNumber
      return { batch, block: blockOf(position), position }
    }
    const nameOf = ({ batch, block }: { readonly batch: number; readonly block: number }) =>
      `${batch} ${block}`
    const wanted = new Map(
      rows.map((row) => {
        const { batch, block } = placeOf(row)
        return [nameOf({ batch, block }), { batch, block }]
      }),
    )
    const secrets = new Map<string, string[]>()
    for (const { batch, block, sealed } of await store.blocks([...wanted.values()])) {
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
}
