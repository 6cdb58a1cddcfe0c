/** Several messages in one body, each with its length in four bytes. */

const lengthBytes = 4
/** The length that marks a failed answer. */
const failed = 0xffff_ffff

export function writeFrames(messages: readonly (Uint8Array | undefined)[]): Buffer {
  const parts = messages.flatMap((message) => {
    const length = Buffer.alloc(lengthBytes)
    length.writeUInt32BE(message?.length ?? failed)
    return message === undefined ? [length] : [length, message]
  })
  return Buffer.concat(parts)
}

/** @throws RangeError if a message extends beyond the body */
export function readFrames(body: Buffer): (Buffer | undefined)[] {
  const messages: (Buffer | undefined)[] = []
  for (let at = 0; at < body.length; ) {
    const length = body.readUInt32BE(at)
    at += lengthBytes
    if (length === failed) {
      messages.push(undefined)
      continue
    }
    if (at + length > body.length) throw new RangeError(`a message of ${length} bytes ends behind the body`)
    messages.push(body.subarray(at, at + length))
    at += length
  }
  return messages
}
