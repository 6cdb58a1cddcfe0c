import { bitOutside, characters as of } from './kinds.ts'
import { widthOf } from './width.ts'

/**
 * Rules for the fields of a device, from the page of BatchCheckImportDevice. All uses of a device name (list
 * validation, forms, help, reference pages) read them here.
 */
export interface FieldRule {
  /** Length in characters; all legal characters are ASCII, so also in bytes. */
  readonly min: number
  readonly max: number
  /** The legal characters, as the inside of a regular expression's class. */
  readonly characters: string
}

export const deviceName: FieldRule = { min: 4, max: 32, characters: of.nameOrSecret }
export const deviceSecret: FieldRule = { min: 1, max: 32, characters: of.nameOrSecret }
export const serialNumber: FieldRule = { min: 1, max: 64, characters: of.serialNumber }
/** ImportDevice (wire-facts §6). */
export const nickname: FieldRule = { min: 1, max: 64, characters: of.serialNumber }

/** Describes a rule, for messages and reference pages. */
export function describeRule({ min, max, characters }: FieldRule): string {
  return `${min === max ? min : `${min} to ${max}`} characters of ${characters.replaceAll('\\', '')}`
}

/** The same in Chinese, for the documentation. */
export function describeRuleInChinese({ min, max, characters }: FieldRule): string {
  return `${min === max ? min : `${min}～${max}`} 个字符，可含 ${characters.replaceAll('\\', '')}`
}

/** Tests whether a value of a column is legal. */
export interface FieldTest {
  /** Tests the bytes; a negative length is absent, so illegal. */
  legal(bytes: Uint8Array, start: number, length: number): boolean
  /** Allows a test by the value's kinds: a length from min to max and no byte outside the set. */
  readonly byKind?: { readonly min: number; readonly max: number; readonly outside: number }
}

/** Creates the test of a rule. */
export function testOf({ min, max, characters }: FieldRule): FieldTest {
  const oneOf = new RegExp(`[${characters}]`)
  const allowed = Uint8Array.from({ length: 256 }, (_, byte) =>
    byte < 128 && oneOf.test(String.fromCharCode(byte)) ? 1 : 0,
  )
  const outside = bitOutside(characters)
  return {
    legal(bytes, start, length) {
      if (length < min || length > max) return false
      for (let i = start; i < start + length; i++) if (allowed[bytes[i]!] === 0) return false
      return true
    },
    ...(outside !== undefined && { byKind: { min, max, outside } }),
  }
}

/** Reports whether a text obeys a rule. */
export function obeys({ min, max, characters }: FieldRule, text: string): boolean {
  return text.length >= min && text.length <= max && new RegExp(`^[${characters}]*$`).test(text)
}

/** The nickname rule of most operations (wire-facts §6): Chinese and Japanese characters count as two. */
const nicknameUpTo = (max: number) => ({
  min: 4,
  max,
  words: `4 to ${max} letters, digits, _ and Chinese or Japanese characters, which count as two`,
})
export const registeredNickname = nicknameUpTo(64)
/** BatchUpdateDeviceNickname. */
export const changedNickname = nicknameUpTo(32)

const nicknameCharacters = /^[A-Za-z0-9_[\p{L}&&[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]]*$/v

export function isNickname({ min, max }: typeof registeredNickname, text: string): boolean {
  const width = widthOf(text)
  return width >= min && width <= max && nicknameCharacters.test(text)
}
