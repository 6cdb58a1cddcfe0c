import { commonLength, type Reason, reasonOf } from './mistakes.ts'
import type { Step } from './steps.ts'

/** The first difference of two texts. */
export interface Difference {
  /** The number of equal UTF-8 bytes: the offset of the first differing byte, possibly within a character. */
  readonly byte: number
  /** The same in UTF-16 code units. */
  readonly index: number
  /** From 1. */
  readonly line: number
  /** In characters, from 1. */
  readonly column: number
  readonly ours: Excerpt
  readonly theirs: Excerpt
  readonly reason?: Reason
}

/** A text around the difference; an ellipsis marks each truncated end. */
export interface Excerpt {
  readonly before: string
  /** The character at the difference; empty at the end of the text. */
  readonly at: string
  readonly after: string
}

const around = 40

/**
 * Finds the first difference between a step and the client's version of it; undefined if they are equal.
 * @param theirs the pasted text, possibly with a line end added
 */
export function firstDifference(
  ours: string,
  theirs: string,
  mistaken: Step['mistaken'] = [],
): Difference | undefined {
  if (ours === theirs) return undefined
  let index = commonLength(ours, theirs)
  // Not between surrogates.
  if (/[\ud800-\udbff]/.test(ours[index - 1] ?? '')) index--
  const same = ours.slice(0, index)
  const lineStart = same.lastIndexOf('\n') + 1
  const known = mistaken.find(({ text }) => text === theirs.trim())
  const reason = known === undefined ? reasonOf(ours, theirs, index) : { kind: known.reason }
  return {
    byte: bytesOf(same).length + commonBytes(characterAt(ours, index), characterAt(theirs, index)),
    index,
    line: same.split('\n').length,
    column: [...same.slice(lineStart)].length + 1,
    ours: excerpt(ours, index),
    theirs: excerpt(theirs, index),
    ...(reason && { reason }),
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

function commonBytes(a: string, b: string): number {
  const [x, y] = [bytesOf(a), bytesOf(b)]
  const other = x.findIndex((byte, i) => byte !== y[i])
  return other < 0 ? x.length : other
}

const characterAt = (text: string, index: number) =>
  index < text.length ? String.fromCodePoint(text.codePointAt(index)!) : ''

function excerpt(text: string, index: number): Excerpt {
  const at = characterAt(text, index)
  const before = text.slice(Math.max(0, index - around), index).toWellFormed()
  const after = text.slice(index + at.length, index + at.length + around).toWellFormed()
  return {
    before: index > around ? `…${before}` : before,
    at,
    after: index + at.length + around < text.length ? `${after}…` : after,
  }
}
