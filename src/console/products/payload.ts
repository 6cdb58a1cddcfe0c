/** Encodes a text as UTF-8 in Base64. */
export function toBase64(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}

/** Formats a payload for display: indented if it is JSON, as text if it is UTF-8, otherwise as Base64. */
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
    // Numbers above 2^53 would change.
    return /\d{16}/.test(text) ? text : JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
