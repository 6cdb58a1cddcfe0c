import { hkdfSync } from 'node:crypto'
import type { Storage } from '../storage/storage.ts'
import type { Vault } from './vault.ts'

/** Keys of the store itself: what they make is the same on every node, and after a rotation of the master key. */
export interface StoreKeys {
  /** Enciphers IotIds; AES-128. */
  readonly iotId: Buffer
  /** Enciphers the numbers of devices in page tokens; AES-128. */
  readonly place: Buffer
  /** Authenticates the other page tokens; HMAC-SHA256. */
  readonly pageToken: Buffer
  /** Authenticates what nodes send each other; HMAC-SHA256. */
  readonly nodeMessage: Buffer
  /** Seeds the hashes of device names, so that clients can't choose names that collide; four bytes. */
  readonly nameHash: Buffer
  /** Authenticates the snapshots of names; HMAC-SHA256. */
  readonly nameSnapshot: Buffer
}

/**
 * Reads them, or draws them for a store that has none yet. They all come from one data key of 32 bytes, which is
 * wrapped again with the others. Its first half is the key of IotIds as it is, since IotIds must stay what they are;
 * the others are derived from its second half (HKDF-SHA256), so none of them tells anything of another.
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
