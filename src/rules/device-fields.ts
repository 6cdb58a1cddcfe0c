import { bitOutside, characters as of } from './kinds.ts'
import { widthOf } from './width.ts'

/**
 * What the fields of a device may hold, as the page of BatchCheckImportDevice says. Everything that speaks
 * of a device name (the judge of lists, forms, help, reference pages) reads it here.
 */
export interface FieldRule {
  /** Length in characters; all characters allowed are ASCII, so in bytes too. */
  readonly min: number
  readonly max: number
  /** The characters allowed, as the inside of a regular expression's class. */
  readonly characters: string
}

export const deviceName: FieldRule = { min: 4, max: 32, characters: of.nameOrSecret }
export const deviceSecret: FieldRule = { min: 1, max: 32, characters: of.nameOrSecret }
export const serialNumber: FieldRule = { min: 1, max: 64, characters: of.serialNumber }
/** Of ImportDevice (wire-facts §6). */
export const nickname: FieldRule = { min: 1, max: 64, characters: of.serialNumber }

/** A rule in words, for messages and reference pages. */
export function describeRule({ min, max, characters }: FieldRule): string {
  return `${min === max ? min : `${min} to ${max}`} characters of ${characters.replaceAll('\\', '')}`
}

/** The same in Chinese, for the documentation. */
export function describeRuleInChinese({ min, max, characters }: FieldRule): string {
  return `${min === max ? min : `${min}～${max}`} 个字符，可含 ${characters.replaceAll('\\', '')}`
}

/** Tells of a value in a column whether it is legal. */
export interface FieldTest {
  /** By its bytes; a length below 0 is absent, so illegal. */
  legal(bytes: Uint8Array, start: number, length: number): boolean
  /** By its kinds, where those say it: a length from min to max and no byte outside of the set. */
  readonly byKind?: { readonly min: number; readonly max: number; readonly outside: number }
}

/** The test of a rule. */
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

/** Returns true if a text obeys a rule. */
export function obeys({ min, max, characters }: FieldRule, text: string): boolean {
  return text.length >= min && text.length <= max && new RegExp(`^[${characters}]*$`).test(text)
}

/** A nickname as most operations take it (wire-facts §6): Chinese and Japanese characters count as two. */
const nicknameUpTo = (max: number) => ({
  min: 4,
  max,
  words: `4 to ${max} letters, digits, _ and Chinese or Japanese characters, which count as two`,
})
export const registeredNickname = nicknameUpTo(64)
/** Of BatchUpdateDeviceNickname. */
export const changedNickname = nicknameUpTo(32)

const nicknameCharacters = /^[A-Za-z0-9_[\p{L}&&[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]]]*$/v

export function isNickname({ min, max }: typeof registeredNickname, text: string): boolean {
  const width = widthOf(text)
  return width >= min && width <= max && nicknameCharacters.test(text)
}
