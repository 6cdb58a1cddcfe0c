import { type Column, textAt } from '../lib/columns.ts'
import type { Random } from '../lib/random.ts'
import { open, seal } from './vault.ts'

/**
 * The device secrets of a batch, sealed 256 at a time. One seal a device costs 180 ms for a batch of 10,000,
 * one for the whole batch makes every look-up of one secret decrypt 320 KB; 40 blocks cost about 1 ms and a
 * look-up reads 8 KB (docs/decisions/0004-secret-blocks.md).
 */
const devicesPerBlock = 256

/** Which block holds the secret of the device at `position` of its batch, counted from 0. */
export const blockOf = (position: number) => Math.floor(position / devicesPerBlock)

// The number of a batch is not known before it is written; its data key is its own, so the block's number is enough.
const purposeOf = (block: number) => `device secrets ${block}`

export function sealSecrets(key: Buffer, secrets: Column, size: number, random: Random): Buffer[] {
  return Array.from({ length: Math.ceil(size / devicesPerBlock) }, (_, block) => {
    const first = block * devicesPerBlock
    const count = Math.min(devicesPerBlock, size - first)
    const list = Array.from({ length: count }, (_, i) => textAt(secrets, first + i) ?? '')
    return seal(key, Buffer.from(JSON.stringify(list)), purposeOf(block), random)
  })
}

/** The secrets of one block, in the order of its devices. */
export function openSecrets(key: Buffer, sealed: Buffer, block: number): string[] {
  return JSON.parse(open(key, sealed, purposeOf(block)).toString())
}

/** The secret at `position` among the secrets of its block. */
export const secretAt = (secrets: readonly string[], position: number) => secrets[position % devicesPerBlock]!
