/** The base64 of a text in UTF-8. */
export function toBase64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}

/** A payload as a person reads it: indented if it is JSON, the text if it is UTF-8, else base64. */
export function shownPayload(base64: string): string {
  let text: string
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return `base64:${base64}`
  }
  if (/[^\P{Cc}\t\r\n]/u.test(text)) return `base64:${base64}`
  try {
    // Numbers beyond 2^53 would change their digits.
    return /\d{16}/.test(text) ? text : JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
