/** Several messages in one body: each as four bytes of length and its bytes. */

const lengthBytes = 4
/** Stands for the length of an answer that could not be given. */
const failed = 0xffff_ffff

export function writeFrames(messages: readonly (Uint8Array | undefined)[]): Buffer {
  const parts = messages.flatMap((message) => {
    const length = Buffer.alloc(lengthBytes)
    length.writeUInt32BE(message?.length ?? failed)
    return message === undefined ? [length] : [length, message]
  })
  return Buffer.concat(parts)
}

/** @throws RangeError when a message ends behind the body */
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
