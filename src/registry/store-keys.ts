import { hkdfSync } from 'node:crypto'
import type { Storage } from '../storage/storage.ts'
import type { Vault } from './vault.ts'

/**
 * Keys of the store itself. Their results are the same on every node, and after a rotation of the master key.
 */
export interface StoreKeys {
  /** Encrypts IotIds; AES-128. */
  readonly iotId: Buffer
  /** Encrypts the device numbers in page tokens; AES-128. */
  readonly place: Buffer
  /** Authenticates other page tokens; HMAC-SHA256. */
  readonly pageToken: Buffer
  /** Authenticates messages between nodes; HMAC-SHA256. */
  readonly nodeMessage: Buffer
  /** Seed of the hashes of device names, secret so that clients can't choose colliding names; four bytes. */
  readonly nameHash: Buffer
  /** Authenticates snapshots of names; HMAC-SHA256. */
  readonly nameSnapshot: Buffer
}

/**
 * Reads the keys, or generates them for a new store. All derive from one data key of 32 bytes, which rotations
 * wrap again with the others. Its first half is the IotId key itself, so that existing IotIds stay valid; the
 * other keys are derived from its second half (HKDF-SHA256), so none reveals another.
 */
export async function storeKeys({ dataKeys }: Storage, vault: Vault): Promise<StoreKeys> {
  const id = await vault.withNewDataKey((_key, dataKey) => dataKeys.settle('iot_id_key', dataKey))
  const key = await vault.withDataKeys(async (unwrap) => unwrap((await dataKeys.find(id))!))
  const derived = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', key.subarray(16), '', `rollcall ${purpose}`, bytes))
  return {
    iotId: key.subarray(0, 16),
    place: derived('place in a list', 16),
    pageToken: derived('page token', 32),
    nodeMessage: derived('node message', 32),
    nameHash: derived('name hash', 4),
    nameSnapshot: derived('name snapshot', 32),
  }
}
