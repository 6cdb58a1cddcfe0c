import type { FieldRule } from './device-fields.ts'

/** The fault of a value. Invisible causes come first: a character, then the length. */
export type ValueFault =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'character'
      /** The first illegal character. */
      readonly character: string
      readonly codePoint: number
      /** Its position in characters, from 1. */
      readonly place: number
      readonly isFirst: boolean
      readonly isLast: boolean
    }
  | { readonly kind: 'short'; readonly length: number; readonly min: number }
  | { readonly kind: 'long'; readonly length: number; readonly max: number }

/** Lists the faults of a value; empty if it obeys the rule. */
export function valueFaults({ min, max, characters }: FieldRule, text: string): ValueFault[] {
  if (text === '') return [{ kind: 'empty' }]
  const faults: ValueFault[] = []
  const allowed = new RegExp(`[${characters}]`)
  const all = [...text]
  const at = all.findIndex((character) => !allowed.test(character))
  if (at >= 0) {
    const isTail = all.slice(at).every((character) => character === all[at])
    faults.push({
      kind: 'character',
      character: all[at]!,
      codePoint: all[at]!.codePointAt(0)!,
      place: at + 1,
      isFirst: at === 0,
      isLast: isTail,
    })
  }
  if (all.length < min) faults.push({ kind: 'short', length: all.length, min })
  if (all.length > max) faults.push({ kind: 'long', length: all.length, max })
  return faults
}

/**
 * Names of characters that are invisible or look like others, by code point: English (Unicode's names) and
 * Chinese.
 */
const named: Readonly<Record<number, readonly [string, string]>> = {
  0: ['null', '空字符'],
  9: ['tab', '制表符'],
  10: ['line feed', '换行符'],
  13: ['carriage return', '回车符'],
  27: ['escape', '转义符'],
  32: ['space', '空格'],
  34: ['quotation mark', '双引号'],
  39: ['apostrophe', '单引号'],
  96: ['backtick', '反引号'],
  127: ['delete', '删除符'],
  133: ['next line', '换行控制符'],
  160: ['no-break space', '不间断空格'],
  173: ['soft hyphen', '软连字符'],
  8194: ['en space', '半角空格'],
  8195: ['em space', '全角空格'],
  8199: ['figure space', '数字空格'],
  8201: ['thin space', '窄空格'],
  8203: ['zero width space', '零宽空格'],
  8204: ['zero width non-joiner', '零宽不连字'],
  8205: ['zero width joiner', '零宽连字'],
  8206: ['left-to-right mark', '从左到右标记'],
  8207: ['right-to-left mark', '从右到左标记'],
  8208: ['hyphen', '连字符'],
  8209: ['non-breaking hyphen', '不间断连字符'],
  8210: ['figure dash', '数字线'],
  8211: ['en dash', '短破折号'],
  8212: ['em dash', '破折号'],
  8216: ['left single quotation mark', '左单引号'],
  8217: ['right single quotation mark', '右单引号'],
  8220: ['left double quotation mark', '左双引号'],
  8221: ['right double quotation mark', '右双引号'],
  8230: ['ellipsis', '省略号'],
  8232: ['line separator', '行分隔符'],
  8233: ['paragraph separator', '段分隔符'],
  8234: ['left-to-right embedding', '从左到右嵌入'],
  8236: ['pop directional formatting', '方向格式结束符'],
  8237: ['left-to-right override', '从左到右强制'],
  8238: ['right-to-left override', '从右到左强制'],
  8239: ['narrow no-break space', '窄不间断空格'],
  8288: ['word joiner', '单词连接符'],
  8722: ['minus sign', '减号'],
  12288: ['ideographic space', '全角空格'],
  65279: ['byte order mark', '字节顺序标记'],
  65533: ['replacement character', '替换字符'],
}

/** Unicode's general categories of characters without a glyph. */
const unseen = /^[\p{C}\p{Z}]$/u

/** Returns the name of a character that is invisible or easily mistaken for another. */
export function characterName(codePoint: number, language: 'en' | 'zh'): string | undefined {
  const name = named[codePoint]?.[language === 'en' ? 0 : 1]
  if (name !== undefined) return name
  if (codePoint >= 0xff01 && codePoint <= 0xff5e) return language === 'en' ? 'full-width form' : '全角字符'
  if (!unseen.test(String.fromCodePoint(codePoint))) return undefined
  return language === 'en' ? 'control character' : '控制字符'
}

/** Reports whether a character is displayed by its glyph rather than its name. */
export const isSeen = (codePoint: number) =>
  codePoint > 0x20 && codePoint !== 0x7f && !unseen.test(String.fromCodePoint(codePoint))

/** Formats a code point as U+200B. */
export const codePointName = (codePoint: number) =>
  `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
