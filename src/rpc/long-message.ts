/** Takes the next piece of a text; its bytes are good until it returns. */
export type Take = (piece: Buffer) => void

/**
 * ASCII text of a known length that is written piece by piece when it is needed: a string to sign may have 8 MB, and
 * making a string of it, escaping that and encoding it costs ten times as much as signing it. It consists of characters
 * that JSON leaves as they are; the only character that XML escapes in it is '&'.
 */
export class LongText {
  readonly bytes: number
  readonly write: (take: Take) => void
  readonly hasAmpersands: boolean

  constructor(bytes: number, write: (take: Take) => void, { hasAmpersands }: { hasAmpersands: boolean }) {
    this.bytes = bytes
    this.write = write
    this.hasAmpersands = hasAmpersands
  }

  whole(): string {
    const all = Buffer.allocUnsafeSlow(this.bytes)
    this.copyTo(all, 0)
    return all.toString('latin1')
  }

  /** Writes the text at a place of a buffer; returns the place behind it. */
  copyTo(buffer: Buffer, at: number): number {
    this.write((piece) => {
      at += piece.copy(buffer, at)
    })
    return at
  }
}

/** A message of an answer that has long texts among its parts. */
export class LongMessage {
  readonly parts: readonly (string | LongText)[]
  constructor(parts: readonly (string | LongText)[]) {
    this.parts = parts
  }

  /** For people: the long texts are left out. */
  toString(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : `(${part.bytes} bytes)`)).join('')
  }
}

/** The long message in an answer's body, if it has one. */
export const longMessageIn = (body: object): LongMessage | undefined =>
  Object.values(body).find((value) => value instanceof LongMessage)

/** The parts of a member of such a body: one text, unless it is the message. */
export const partsOf = (value: unknown): readonly (string | LongText)[] =>
  value instanceof LongMessage ? value.parts : [String(value)]

/** Texts one after the other, as UTF-8. */
export function bytesOf(parts: readonly (string | LongText)[]): Buffer {
  const sizes = parts.map((part) => (typeof part === 'string' ? Buffer.byteLength(part) : part.bytes))
  const all = Buffer.allocUnsafeSlow(sizes.reduce((sum, size) => sum + size, 0))
  let at = 0
  for (const part of parts) at = typeof part === 'string' ? at + all.write(part, at) : part.copyTo(all, at)
  return all
}
