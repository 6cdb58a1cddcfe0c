/** Legacy encodings in use; they are told apart by the characters that the bytes would decode to. */
export type Legacy = 'gb18030' | 'shift_jis' | 'big5' | 'windows-1252'

/**
 * Detects the encoding of text that is not UTF-8. Names and secrets are ASCII in all of them; a wrong guess
 * affects only other columns.
 * @param bytes any number of lines; the last character may be incomplete
 */
export function legacyOf(bytes: Uint8Array): Legacy {
  if (isLatin(bytes)) return 'windows-1252'
  const scored = (['gb18030', 'shift_jis', 'big5'] as const).map((encoding) => ({
    encoding,
    score: scoreOf(bytes, encoding),
  }))
  const best = scored.reduce((most, next) => (next.score > most.score ? next : most))
  return best.score > 0 ? best.encoding : 'windows-1252'
}

/** Reports whether bytes above ASCII are nearly always isolated, like accented letters. */
function isLatin(bytes: Uint8Array): boolean {
  let runs = 0
  let alone = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue
    const from = at
    while (at < bytes.length && bytes[at]! >= 0x80) at++
    runs++
    // Lead bytes of Chinese and Japanese characters are below Latin-1's letters, where it has signs.
    if (at - from === 1 && bytes[from]! >= 0xc0) alone++
  }
  return runs > 0 && alone >= 0.8 * runs
}

/** The share of common characters from 0 to 1; 0 if the bytes are invalid in the encoding. */
function scoreOf(bytes: Uint8Array, encoding: 'gb18030' | 'shift_jis' | 'big5'): number {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return 0
  }
  let all = 0
  let usual = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!
    if (lead < 0x80) continue
    all++
    if (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf) {
      usual += 0.5
      continue
    }
    const trail = bytes[++at] ?? 0
    if (isUsual[encoding](lead, trail)) usual++
  }
  return all === 0 ? 0 : usual / all
}

const isUsual = {
  // GB2312 characters and punctuation.
  gb18030: (lead: number, trail: number) =>
    trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa3)),
  // Kana and level 1 kanji.
  shift_jis: (lead: number, trail: number) =>
    (lead === 0x82 && trail >= 0x9f) || lead === 0x83 || lead === 0x81 || (lead >= 0x88 && lead <= 0x9f),
  // The most frequent characters.
  big5: (lead: number) => lead >= 0xa4 && lead <= 0xc6,
} as const
