import { strayCharacter } from '../lib/stray-character.ts'

/**
 * Patterns of identifiers that an operator may choose. If no document specifies one, it follows the documents'
 * examples.
 */
export interface IdentifierRule {
  /** The wire's name, for error messages. */
  readonly name: string
  readonly pattern: RegExp
  readonly words: string
}

export const uid: IdentifierRule = { name: 'UID', pattern: /^\d{1,20}$/, words: 'up to 20 digits' }
export const accessKeyId: IdentifierRule = {
  name: 'AccessKeyId',
  pattern: /^[\w.\-@:]{1,128}$/,
  words: '1 to 128 letters, digits or _ . - @ :',
}
export const accessKeySecret: IdentifierRule = {
  name: 'AccessKeySecret',
  pattern: /^[\x21-\x7e]{1,256}$/,
  words: '1 to 256 printable ASCII characters without spaces',
}
/** Opaque letters, digits, _ and -: the documents show several forms (wire-facts §8). */
export const instanceId: IdentifierRule = {
  name: 'instance ID',
  pattern: /^[A-Za-z0-9_-]{1,64}$/,
  words: '1 to 64 letters, digits, _ or -',
}
export const productKey: IdentifierRule = {
  name: 'ProductKey',
  pattern: /^[A-Za-z0-9]{1,64}$/,
  words: '1 to 64 letters and digits',
}
/** The rule of RAM user names. */
export const userName: IdentifierRule = {
  name: 'UserName',
  pattern: /^[\w.\-@]{1,64}$/,
  words: '1 to 64 letters, digits or _ . - @',
}
/** Actions are authorised as iot:<Action>, with * as a wildcard (wire-facts §11). */
export const actionPattern: IdentifierRule = {
  name: 'action pattern',
  pattern: /^(\*|iot:[A-Za-z0-9*]+)$/,
  words: 'iot: and an action, such as iot:BatchCheckImportDevice or iot:Query*',
}

/** Describes the fault of a value in a sentence; undefined if it is valid. Secrets are not quoted. */
export function problemWith({ name, pattern, words }: IdentifierRule, value: string): string | undefined {
  if (pattern.test(value)) return undefined
  if (name !== accessKeySecret.name) return `the ${name} ${JSON.stringify(value)} must be ${words}`
  const stray = strayCharacter(value)
  return `the ${name} must be ${words}${stray === undefined ? '' : `; it ${stray}`}`
}

/** @throws Error with that description */
export function assertValid(rule: IdentifierRule, value: string): void {
  const wrong = problemWith(rule, value)
  if (wrong !== undefined) throw new Error(wrong)
}
