import { randomBytes } from 'node:crypto'

/** A source of cryptographically random bytes. Passed in everywhere, so that tests are repeatable. */
export interface Random {
  bytes(count: number): Buffer
}

/** Bytes generated at a time: one generation costs as much as a rejected call may. */
const pooledBytes = 4096

let pool = Buffer.alloc(0)

export const systemRandom: Random = {
  bytes(count) {
    if (count > pooledBytes) return randomBytes(count)
    if (pool.length < count) pool = randomBytes(pooledBytes)
    const bytes = Buffer.from(pool.subarray(0, count))
    // Erased, so that bytes handed out can't be read again.
    pool.fill(0, 0, count)
    pool = pool.subarray(count)
    return bytes
  },
}

/** An upper-case UUID of version 4, the form of every RequestId (wire-facts §1). */
export function uuid(random: Random): string {
  const bytes = random.bytes(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex').toUpperCase()
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Returns `count` random characters of `alphabet` (at most 256 characters), each equally likely. */
export function randomText(random: Random, count: number, alphabet = lettersAndDigits): string {
  // Larger bytes are discarded, because they would favour the first characters.
  const fair = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < count) {
    for (const byte of random.bytes(count)) {
      if (byte < fair && text.length < count) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}
