import { placeOfName } from './column-names.ts'
import type { ArtifactKind } from './faults.ts'

type Members = Readonly<Record<string, unknown>>

/** A member as text. */
export interface Value {
  readonly text: string
  /** The artifact that makes the number differ from the intended value. */
  readonly artifact?: ArtifactKind | undefined
  /** Whether it is true or false. */
  readonly isOther?: boolean
}

/** Returns a member by its name or dotted path. */
export function memberAt(object: Members, path: string): unknown {
  if (Object.hasOwn(object, path)) return object[path]
  let value: unknown = object
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Members)[name]
  }
  return value
}

/** The names that lead to a member, as they stand in the object: a path is compared without case and punctuation. */
export function pathIn(object: Members, path: string): string | undefined {
  const names: string[] = []
  let value: unknown = object
  for (const wanted of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    const own = Object.keys(value)
    const place = placeOfName(own, wanted)
    if (place < 0) return undefined
    names.push(own[place]!)
    value = (value as Members)[own[place]!]
  }
  return names.join('.')
}

/**
 * Returns a member as text; a number keeps all digits that the file has.
 * @param text the source of the whole object; empty if the digits don't matter
 */
export function textOfMember(object: Members, path: string, text: string): Value {
  const value = memberAt(object, path)
  if (value === undefined || value === null) return { text: '' }
  if (typeof value === 'string') return { text: value }
  if (typeof value === 'boolean') return { text: String(value), isOther: true }
  if (typeof value !== 'number') return { text: JSON.stringify(value) }
  const digits = text === '' ? String(value) : digitsIn(text, object, path)
  return { text: digits, artifact: artifactOfNumber(digits) }
}

function artifactOfNumber(digits: string): ArtifactKind | undefined {
  if (/e/i.test(digits)) return 'scientific'
  if (/\.0+$/.test(digits)) return 'float'
  return digits.replace(/^-|\..*$/g, '').length > 15 ? 'tooManyDigits' : undefined
}

/** Returns the digits of a number from the object's source. */
function digitsIn(text: string, object: Members, path: string): string {
  const last = Object.hasOwn(object, path) ? path : path.split('.').at(-1)!
  const digits = new Map<unknown, string>()
  const keep = function (this: unknown, key: string, value: unknown, context?: { source?: string }) {
    // Objects inside may have members of the same name.
    if (key === last && typeof value === 'number') digits.set(this, context?.source ?? String(value))
    return value
  }
  const outermost = JSON.parse(text, keep as (this: unknown, key: string, value: unknown) => unknown)
  const holder = last === path ? outermost : memberAt(outermost, path.split('.').slice(0, -1).join('.'))
  return digits.get(holder) ?? ''
}

/** Counts the members in an object's source; a duplicate counts twice. */
export function countMembers(text: string): number {
  let depth = 0
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      for (at++; text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++
    } else if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) depth--
    else if (code === 0x3a && depth === 1) count++
  }
  return count
}

/** Lists the members that an object's source has twice. */
export function namesTwice(text: string): string[] {
  const names: string[] = []
  let depth = 0
  let last = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (token === ':') {
      if (depth === 1) names.push(JSON.parse(last))
    } else last = token
  }
  return names.filter((name, i) => names.indexOf(name) < i)
}
