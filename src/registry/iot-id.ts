import { decrypt, encrypt } from './encryption.ts'

/**
 * An IotId is its device's number, encrypted: a permutation under a key of the store, so that it needs no
 * random unique index, tells nothing of the number, and one that was made up is recognised.
 *
 * It has 22 characters, and the trailing 000100 is how the cloud's IotIds end.
 */
const tail = '000100'

export const iotIdOf = (key: Buffer, number: number) => encrypt(key, number, 0) + tail

/** The device number of an IotId; undefined when no device of this store ever had it. */
export const numberOf = (key: Buffer, iotId: string): number | undefined =>
  iotId.endsWith(tail) ? decrypt(key, iotId.slice(0, -tail.length), 0) : undefined
