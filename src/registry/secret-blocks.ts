import { type Column, textAt } from '../lib/columns.ts'
import type { Random } from '../lib/random.ts'
import { type BlockPlace, blockPurpose } from './purposes.ts'
import { openFor, seal } from './vault.ts'

/**
 * The device secrets of a batch, sealed 256 at a time. One seal a device costs 180 ms for a batch of 10,000,
 * one for the whole batch makes every look-up of one secret decrypt 320 KB; 40 blocks cost about 1 ms and a
 * look-up reads 8 KB (docs/decisions/0004-secret-blocks.md).
 */
const devicesPerBlock = 256

/** Which block holds the secret of the device at `position` of its batch, counted from 0. */
export const blockOf = (position: number) => Math.floor(position / devicesPerBlock)

/** The secrets of one block in the order of its devices; null for a device that was deleted. */
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
 * Opens a block.
 * @throws Error when it was not sealed for this place
 */
export function openSecrets(key: Buffer, sealed: Buffer, place: BlockPlace): BlockSecrets {
  return JSON.parse(openFor('a block of device secrets', key, sealed, blockPurpose(place)).toString())
}

/** The secret at `position` among the secrets of its block; null when its device was deleted. */
export const secretAt = (secrets: BlockSecrets, position: number) => secrets[position % devicesPerBlock]!

/**
 * Seals a block anew, without the secrets of devices that are not to be kept.
 * @param isKept whether the device at a position of the batch is kept
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
