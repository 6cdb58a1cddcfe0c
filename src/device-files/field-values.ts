import { textAt } from '../lib/columns.ts'
import { ColumnCounts, isRounded } from './column-counts.ts'
import type { ArtifactKind, FaultList } from './faults.ts'
import { type FieldName, parameters } from './fields.ts'
import type { Finding } from './notes.ts'
import type { Rows } from './rows.ts'
import { notDigits } from './scan.ts'
import { artifactOf, isExponent, mayBeArtifact, spreadsheetDigits } from './spreadsheet-artifacts.ts'
import { UnreadableFile } from './unreadable.ts'
import { isPlaceholder, mayBePlaceholder } from './words-for-nothing.ts'

/** Minimum number of devices with the same secret that is reported. */
const sameMin = 3
/** Rows of a chunk that are sampled for such a secret. */
const sameSample = 40

const zero = 0x30
const nine = 0x39
const isDigit = (byte: number) => byte >= zero && byte <= nine

/** Artifacts that only a comparison with the other values of the column shows. */
type Doubtful = Extract<ArtifactKind, 'lostZeros' | 'tooManyDigits' | 'scientific'>

/** Values that are damaged if later values confirm it. */
class Pending {
  count = 0
  line = 0

  add(line: number): void {
    if (this.count++ === 0) this.line = line
  }
}

/** The values of one field's column. */
export class FieldValues {
  readonly field: FieldName
  readonly #counts = new ColumnCounts()
  readonly #allowed: ReadonlySet<string>
  readonly #isTyped: boolean
  /**
   * Rows that were returned as valid, by the number of digits of their value, and those whose value is 12E5 or
   * rounded.
   */
  readonly #short: Pending[] = []
  readonly #rounded = new Pending()
  readonly #exponents = new Pending()
  /** The secret that several devices share. */
  #common: Uint8Array | undefined
  #same = { line: 0, count: 0 }

  /** @param isTyped whether the file distinguishes texts from numbers, so that the text 12E5 is a text */
  constructor(field: FieldName, isTyped: boolean, allowed: ReadonlySet<string>) {
    this.field = field
    this.#isTyped = isTyped
    this.#allowed = allowed
  }

  inspect(rows: Rows, found: FaultList): void {
    const exponents: number[] = []
    this.#counts.nextChunk()
    const hasNumbers = this.#count(rows, found, exponents)
    if (!this.#allowed.has('DamagedNumber')) {
      if (hasNumbers) this.#judgeNumbers(rows, found)
      const { hasExponents } = this.#counts
      for (const entry of exponents)
        if (hasExponents) this.#add(found, entry, 'scientific')
        else this.#exponents.add(rows.line(entry))
    }
    if (this.field === 'secret') this.#lookForSame(rows)
  }

  /** @throws UnreadableFile if later values show that rows already returned are damaged */
  end(): void {
    const { usualDigits, areLongRounded, hasExponents } = this.#counts
    for (let digits = 0; digits < usualDigits; digits++) this.#refuse('lostZeros', this.#short[digits])
    if (areLongRounded) this.#refuse('tooManyDigits', this.#rounded)
    if (hasExponents) this.#refuse('scientific', this.#exponents)
  }

  #refuse(kind: Doubtful, pending: Pending | undefined): void {
    if (pending === undefined || pending.count === 0) return
    const { line, count } = pending
    throw new UnreadableFile({ code: 'AmbiguousNumbers', field: this.field, kind, line, count })
  }

  /** Checks and counts each value. @returns whether there are numbers to compare */
  #count(rows: Rows, found: FaultList, exponents: number[]): boolean {
    const column = rows.members[parameters[this.field]]
    const { bytes, start, length, kinds } = column
    const counts = this.#counts
    const mayHaveArtifact = !this.#allowed.has('DamagedNumber')
    const mayBeNothing = !this.#allowed.has('Placeholder')
    let hasNumbers = false
    let texts = 0
    for (let entry = 0; entry < rows.count; entry++) {
      const size = length[entry]!
      if (size <= 0) continue
      const from = start[entry]!
      const areDigits =
        kinds === undefined ? areAllDigits(bytes, from, from + size) : (kinds[entry]! & notDigits) === 0
      if (mayBeNothing && mayBePlaceholder(bytes, from, size)) {
        const text = textAt(column, entry)!
        if (isPlaceholder(text, this.field === 'name')) {
          found.add(entry, { code: 'Placeholder', field: this.field, text })
          continue
        }
      }
      if (areDigits) {
        if (rows.faults.has(entry)) continue
        counts.addNumber(bytes, from, size)
        hasNumbers = true
        continue
      }
      if (!mayHaveArtifact || !mayBeArtifact(bytes, from, from + size)) {
        texts++
        continue
      }
      const text = textAt(column, entry)!
      const kind = artifactOf(text)
      if (kind !== undefined) {
        this.#add(found, entry, kind)
        if (kind === 'scientific') counts.addScientific()
      } else if (!this.#isTyped && isExponent(text)) {
        counts.addExponent()
        exponents.push(entry)
      } else texts++
    }
    counts.addTexts(texts)
    return hasNumbers
  }

  #judgeNumbers(rows: Rows, found: FaultList): void {
    const { bytes, start, length, kinds } = rows.members[parameters[this.field]]
    const { usualDigits, areLongRounded } = this.#counts
    for (let entry = 0; entry < rows.count; entry++) {
      const size = length[entry]!
      if (size <= 0) continue
      const from = start[entry]!
      const areDigits =
        kinds === undefined ? areAllDigits(bytes, from, from + size) : (kinds[entry]! & notDigits) === 0
      if (!areDigits || rows.faults.has(entry)) continue
      if (size < usualDigits) this.#add(found, entry, 'lostZeros')
      else if (size > spreadsheetDigits && isRounded(bytes, from, size)) {
        if (areLongRounded) this.#add(found, entry, 'tooManyDigits')
        else this.#rounded.add(rows.line(entry))
      } else if (size < spreadsheetDigits) (this.#short[size] ??= new Pending()).add(rows.line(entry))
    }
  }

  #add(found: FaultList, entry: number, kind: ArtifactKind): void {
    found.add(entry, { code: 'DamagedNumber', field: this.field, kind })
  }

  #lookForSame(rows: Rows): void {
    const { bytes, start, length } = rows.members.DeviceSecret
    this.#common ??= commonIn(rows)
    const common = this.#common
    if (common === undefined) return
    for (let entry = 0; entry < rows.count; entry++) {
      if (length[entry] !== common.length) continue
      const from = start[entry]!
      let i = 0
      while (i < common.length && bytes[from + i] === common[i]) i++
      if (i === common.length && this.#same.count++ === 0) this.#same.line = rows.line(entry)
    }
  }

  sameSecret(): Finding | undefined {
    const { line, count } = this.#same
    return count >= sameMin ? { code: 'SameSecret', field: 'secret', line, count } : undefined
  }
}

function areAllDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isDigit(bytes[i]!)) return false
  return true
}

/** Returns a secret that three or more rows share which don't follow each other. */
function commonIn(rows: Rows): Uint8Array | undefined {
  const step = Math.max(1, Math.floor(rows.count / sameSample))
  const counts = new Map<string, number>()
  for (let entry = 0; entry < rows.count; entry += step) {
    const secret = textAt(rows.members.DeviceSecret, entry)
    if (!secret || isPlaceholder(secret)) continue
    const count = (counts.get(secret) ?? 0) + 1
    if (count === sameMin) return new TextEncoder().encode(secret)
    counts.set(secret, count)
  }
  return undefined
}
