/** Conversions between bytes and text that work without Node. */

const encoder = new TextEncoder()
// Keeps a byte order mark inside a text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Up to this number of bytes, building an ASCII text is faster than calling a decoder. */
const shortMax = 64

/** Decodes UTF-8 bytes in [start, end); invalid ones become \ufffd. */
export function textIn(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (end - start > shortMax) return decoder.decode(bytes.subarray(start, end))
  let text = ''
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte > 0x7f) return decoder.decode(bytes.subarray(start, end))
    text += String.fromCharCode(byte)
  }
  return text
}

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

/** Returns the UTF-8 length of a well-formed text in bytes. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Each half of a surrogate pair counts two.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return length
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    all.set(part, end)
    end += part.length
  }
  return all
}

const none = new Int32Array(0)

export function isAscii(bytes: Uint8Array): boolean {
  let at = 0
  while (at < bytes.length && ((bytes.byteOffset + at) & 3) !== 0) if (bytes[at++]! > 0x7f) return false
  const count = (bytes.length - at) >> 2
  const words = count === 0 ? none : new Int32Array(bytes.buffer, bytes.byteOffset + at, count)
  for (let i = 0; i < words.length; i++) if ((words[i]! & 0x80808080) !== 0) return false
  for (at += 4 * words.length; at < bytes.length; at++) if (bytes[at]! > 0x7f) return false
  return true
}

const strict = new TextDecoder('utf-8', { fatal: true })

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}
