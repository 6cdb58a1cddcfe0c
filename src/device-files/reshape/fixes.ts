import { codePointName, isSeen } from '../../rules/value-faults.ts'

/** Describes what can be mended in a value without changing what a person sees in it. Each is chosen by the person, or not done. */
export const fixes = ['strip-invisible', 'full-width', 'trim', 'unquote'] as const
export type Fix = (typeof fixes)[number]

const pairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '‘': '’',
  '«': '»',
  '「': '」',
}

/** Controls, format characters (zero-width, bidirectional), and fillers; spaces are left to `trim`. */
const invisible = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}/gu

const change: { readonly [F in Fix]: (text: string) => string } = {
  'strip-invisible': (text) =>
    text.replaceAll(invisible, (character) => (isSpaceLike(character) ? character : '')),
  // U+FF01 to U+FF5E are ASCII in the width of an ideograph.
  'full-width': (text) =>
    text.replaceAll(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0)),
  trim: (text) => text.trim(),
  unquote,
}

/** Tabs and line ends are spaces: they are trimmed where they stand at an end, and remain a fault elsewhere. */
const isSpaceLike = (character: string) => /[\t\n\v\f\r\u0085]/.test(character)

/** Takes away a pair of quotes around a text, Excel's ="…", or an apostrophe or backtick in front of a number. */
function unquote(text: string): string {
  const formula = /^="(.*)"$/s.exec(text)
  if (formula !== null) return formula[1]!
  const closing = pairs[text[0] ?? '']
  if (closing !== undefined && text.length > 1 && text.endsWith(closing)) return text.slice(1, -1)
  return /^['`][^'`]/.test(text) ? text.slice(1) : text
}

/**
 * Mends a value with those fixes that were chosen, in the order of `fixes`.
 * @returns the value, and the fixes that changed it
 */
export function mended(text: string, chosen: readonly Fix[]): { readonly text: string; readonly by: Fix[] } {
  const by: Fix[] = []
  let value = text
  const apply = (fix: Fix) => {
    const next = change[fix](value)
    if (next !== value && !by.includes(fix)) by.push(fix)
    value = next
  }
  for (const fix of fixes) if (chosen.includes(fix)) apply(fix)
  // Quotes that are gone may have had spaces inside.
  if (by.includes('unquote') && chosen.includes('trim')) apply('trim')
  return { text: value, by }
}

/** A text with what can't be seen in it written out: `a‹U+200B›b`, and its spaces as `·`. */
export const visible = (text: string): string =>
  Array.from(text, (character) => {
    if (character === ' ') return '·'
    const codePoint = character.codePointAt(0)!
    return isSeen(codePoint) ? character : `‹${codePointName(codePoint)}›`
  }).join('')
