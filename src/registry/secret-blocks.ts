import { type Column, textAt } from '../lib/columns.ts'
import type { Random } from '../lib/random.ts'
import { type BlockPlace, blockPurpose } from './purposes.ts'
import { openFor, seal } from './vault.ts'

/**
 * Device secrets of a batch per sealed block. Sealing each secret alone takes 180 ms for a batch of 10,000;
 * sealing the batch as a whole makes each lookup decrypt 320 KB. With 40 blocks, sealing takes about 1 ms and a
 * lookup reads 8 KB (docs/decisions/0004-secret-blocks.md).
 */
const devicesPerBlock = 256

/** The block of the device at `position` of its batch, counted from 0. */
export const blockOf = (position: number) => Math.floor(position / devicesPerBlock)

/** The secrets of one block in device order; null for a deleted device. */
export type BlockSecrets = (string | null)[]

/** Seals the secrets of a batch's devices. */
export function sealSecrets(
  key: Buffer,
  batch: Omit<BlockPlace, 'block'>,
  secrets: Column,
  size: number,
  random: Random,
): Buffer[] {
  return Array.from({ length: Math.ceil(size / devicesPerBlock) }, (_, block) => {
    const first = block * devicesPerBlock
    const count = Math.min(devicesPerBlock, size - first)
    const list = Array.from({ length: count }, (_, i) => textAt(secrets, first + i) ?? '')
    return seal(key, Buffer.from(JSON.stringify(list)), blockPurpose({ ...batch, block }), random)
  })
}

/**
 * Decrypts a block.
 * @throws Error if it was sealed for another place
 */
export function openSecrets(key: Buffer, sealed: Buffer, place: BlockPlace): BlockSecrets {
  return JSON.parse(openFor('a block of device secrets', key, sealed, blockPurpose(place)).toString())
}

/** The secret of the device at `position` of the batch, from its block; null if the device was deleted. */
export const secretAt = (secrets: BlockSecrets, position: number) => secrets[position % devicesPerBlock]!

/**
 * Seals a block again, without the secrets of removed devices.
 * @param isKept whether to keep the device at a position of the batch
 */
export function resealBlock(
  from: { readonly key: Buffer; readonly purpose: string; readonly sealed: Buffer },
  to: { readonly key: Buffer; readonly purpose: string },
  isKept: (position: number) => boolean,
  block: number,
  random: Random,
): Buffer {
  const opened = openFor('a block of device secrets', from.key, from.sealed, from.purpose)
  const list: BlockSecrets = JSON.parse(opened.toString())
  const kept = list.map((secret, i) => (isKept(block * devicesPerBlock + i) ? secret : null))
  return seal(to.key, Buffer.from(JSON.stringify(kept)), to.purpose, random)
}
