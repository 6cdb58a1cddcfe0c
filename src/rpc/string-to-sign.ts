import type { Hash, Hmac } from 'node:crypto'
import { LongMessage, LongText } from './long-message.ts'
import { bytesOfLongValues, type Canonical, type CanonicalWriter, wholeUpTo } from './parameters/canonical.ts'
import { Refusal } from './refusals.ts'

/**
 * The maximum length of the string to sign of a request, in bytes. A percent-encoded request stays below: three of its
 * bytes become five, and each of 200,000 parameters adds at most five. A byte that a client should have escaped, and a
 * space that it sent as '+', become five bytes: without a limit, 16 MB from a client without a key would make the
 * server sign 80 MB.
 * @param requestBytes of query and body
 */
export const stringToSignMax = (requestBytes: number) => 2 * requestBytes + 1024 * 1024

/**
 * Adds a text to a hash; returns its length in bytes.
 * @throws Refusal StringToSignTooLong
 */
export function hashText(
  writer: CanonicalWriter,
  text: Canonical,
  hash: Hash | Hmac,
  bytesMax: number,
): number {
  const refuseAbove = (bytes: number) => {
    if (bytes > bytesMax) throw new Refusal('StringToSignTooLong', { max: bytesMax })
  }
  refuseAbove(bytesOfLongValues(text))
  let bytes = 0
  writer.write(text, (piece) => {
    bytes += piece.length
    refuseAbove(bytes)
    hash.update(piece)
  })
  return bytes
}

const nothing = Buffer.alloc(0)
const tooLong = (bytesMax: number) => `(more than ${bytesMax} bytes, not shown)`

/**
 * The string that the server would have signed for a client that sends a malformed signature. Such a client
 * knows the ID of a key but may not have the key, so it gets at most 64 KiB.
 * @param tail the bytes that follow `text`
 */
export function excerptOf(writer: CanonicalWriter, text: Canonical, tail = nothing): string {
  const all = wholeUpTo(excerptBytesMax, (take) => {
    writer.write(text, take)
    take(tail)
  })
  return all?.toString('latin1') ?? tooLong(excerptBytesMax)
}

/**
 * The string that the server signed, for a client to compare with its own.
 * @param bytes the length of `text`
 * @param tail the bytes that follow `text`
 */
export function wholeText(
  writer: CanonicalWriter,
  text: Canonical,
  bytes: number,
  tail = nothing,
): string | LongMessage {
  if (bytes + tail.length > wholeBytesMax) return tooLong(wholeBytesMax)
  const { head, form } = text
  const parameters = new LongText(
    bytes - Buffer.byteLength(head),
    (take) => writer.write({ ...text, head: '' }, take),
    { hasAmpersands: form.and === '&' },
  )
  const ending = tail.toString('latin1')
  return parameters.bytes > longBytes
    ? new LongMessage([head, parameters, ending])
    : head + parameters.whole() + ending
}

/** A longer text goes into the answer without becoming a string. */
const longBytes = 4 * 1024
const excerptBytesMax = 64 * 1024
/** The string to sign of a full call has up to 5.6 MB; a longer one is an attempt to make the server send much. */
const wholeBytesMax = 8 * 1024 * 1024
