import { decrypt, encrypt } from './encryption.ts'

/**
 * An IotId is the encrypted number of its device: a permutation under a key of the store. It needs no random
 * unique index, reveals nothing of the number, and a made-up IotId is detected.
 * It has 22 characters plus 000100, the ending of the cloud's IotIds.
 */
const tail = '000100'

export const iotIdOf = (key: Buffer, number: number) => encrypt(key, number, 0) + tail

/** Returns the device number of an IotId; undefined if no device of this store ever had it. */
export const numberOf = (key: Buffer, iotId: string): number | undefined =>
  iotId.endsWith(tail) ? decrypt(key, iotId.slice(0, -tail.length), 0) : undefined
