import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * An IotId is its device's number, enciphered: a permutation under a key of the store, so that it needs no
 * random unique index, tells nothing of the number, and one that was made up is recognised.
 *
 * One AES-128 block holds the number and eight zero bytes; written in base 62 it has 22 characters, and the
 * trailing 000100 is how the cloud's IotIds end.
 */
const tail = '000100'
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const digits = 22

export function iotIdOf(key: Buffer, number: number): string {
  const block = Buffer.alloc(16)
  block.writeBigUInt64BE(BigInt(number))
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  let rest = BigInt(`0x${cipher.update(block).toString('hex')}`)
  let text = ''
  for (let i = 0; i < digits; i++) {
    text = alphabet[Number(rest % 62n)] + text
    rest /= 62n
  }
  return text + tail
}

/** The device number of an IotId; undefined when no device of this store ever had it. */
export function numberOf(key: Buffer, iotId: string): number | undefined {
  if (iotId.length !== digits + tail.length || !iotId.endsWith(tail)) return undefined
  let value = 0n
  for (const c of iotId.slice(0, digits)) {
    const digit = alphabet.indexOf(c)
    if (digit < 0) return undefined
    value = value * 62n + BigInt(digit)
  }
  const hex = value.toString(16).padStart(32, '0')
  if (hex.length > 32) return undefined
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  const block = decipher.update(Buffer.from(hex, 'hex'))
  if (block.readBigUInt64BE(8) !== 0n) return undefined
  const number = block.readBigUInt64BE(0)
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : undefined
}
