import type { Rows } from '../device-files/rows.ts'
import { hashSlice, viewOf } from '../lib/byte-words.ts'
import { absent } from '../lib/columns.ts'
import { NameSet } from '../lib/name-set.ts'
import { nameRepeated, namesToLookUp, validateList } from '../rules/device-list.ts'
import { type DeviceList, importList } from '../rules/import-list.ts'
import { type EarlierRow, type Reason, reasonsOf } from './reasons.ts'
import type { BadRows } from './target.ts'

/** The verdict of a row with a fault; its name is not compared with others. */
const faulty = 32

/** Every how many names a place is recorded. */
const notedEvery = 64

/**
 * Validates the rows of a file without calls: their fields, faults, and repeated names. Names are stored
 * exactly, about 32 bytes each: 320 MB for ten million.
 */
export class FileValidator {
  readonly #met = new NameSet()
  readonly #seed: number
  /** The place of every 64th name. */
  readonly #places: number[] = []
  readonly #lines = new LineRuns()

  /** @param seed random seed of the names' hashes, so that a list can't be made of colliding names */
  constructor(seed: number) {
    this.#seed = seed
  }

  /** Returns a verdict for each of the next rows; 0 is good, `reasons` describes others. */
  verdicts(rows: Rows): Uint8Array {
    const list = rows.faults.size === 0 ? rows : withoutNames(rows)
    const { verdicts, names } = validateList(importList, list, this.#seed)
    for (const entry of rows.faults.keys()) verdicts[entry] = faulty
    const legal = namesToLookUp(importList, verdicts)
    const firstInList = rows.faults.size === 0 ? legal : legal.filter((entry) => verdicts[entry] !== faulty)
    for (const entry of this.#met.hits(names, firstInList)) verdicts[entry]! |= nameRepeated
    const { view, start, length, hashes } = names
    const sheet = rows.sheet?.(0)
    for (const entry of firstInList) {
      if ((verdicts[entry]! & nameRepeated) !== 0) continue
      const ordinal = this.#met.size
      const place = this.#met.add(view, start[entry]!, length[entry]!, hashes[entry]!)
      if (ordinal % notedEvery === 0) this.#places.push(place)
      this.#lines.add(ordinal, rows.line(entry), sheet)
    }
    return verdicts
  }

  /** Splits the next rows into good ones, by entry, and bad ones with their reasons. */
  judge(rows: Rows): { readonly good: Int32Array; readonly bad: BadRows } {
    const verdicts = this.verdicts(rows)
    const good = new Int32Array(rows.count)
    const bad: BadRows = new Map()
    let count = 0
    verdicts.forEach((verdict, entry) => {
      if (verdict === 0) good[count++] = entry
      else bad.set(entry, this.reasons(rows, entry, verdict))
    })
    return { good: good.subarray(0, count), bad }
  }

  /** Describes a verdict other than 0. */
  reasons(rows: Rows, entry: number, verdict: number): readonly Reason[] {
    return reasonsOf(rows, entry, verdict, (...row) => this.#before(...row))
  }

  /** Returns the row in which a name occurred first. */
  #before({ members: { DeviceName } }: Rows, entry: number): EarlierRow | undefined {
    const view = viewOf(DeviceName.bytes)
    const start = DeviceName.start[entry]!
    const length = DeviceName.length[entry]!
    const place = this.#met.placeOf(view, start, length, hashSlice(view, start, length, this.#seed))
    return place < 0 ? undefined : this.#lines.at(this.#ordinalOf(place))
  }

  /** The ordinal of the name at a place; names are stored in order. */
  #ordinalOf(place: number): number {
    let low = 0
    let high = this.#places.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#places[middle]! <= place) low = middle
      else high = middle - 1
    }
    let ordinal = low * notedEvery
    for (let at = this.#places[low]!; at < place; at = this.#met.placeBehind(at)) ordinal++
    return ordinal
  }
}

/** Excludes the names of rows that have a fault. */
function withoutNames({ count, members, discarded, faults }: Rows): DeviceList {
  const length = Int32Array.from(members.DeviceName.length)
  for (const entry of faults.keys()) length[entry] = absent
  return { count, discarded, members: { ...members, DeviceName: { ...members.DeviceName, length } } }
}

/** The lines of names in order of addition, as runs of consecutive lines. */
class LineRuns {
  readonly #ordinals: number[] = []
  readonly #firstLines: number[] = []
  readonly #sheets: (string | undefined)[] = []
  #next = -1
  #sheet: string | undefined

  add(ordinal: number, line: number, sheet: string | undefined): void {
    if (line !== this.#next || sheet !== this.#sheet || ordinal === 0) {
      this.#ordinals.push(ordinal)
      this.#firstLines.push(line)
      if (sheet !== undefined) this.#sheets[this.#ordinals.length - 1] = sheet
      this.#sheet = sheet
    }
    this.#next = line + 1
  }

  at(ordinal: number): EarlierRow {
    let low = 0
    let high = this.#ordinals.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#ordinals[middle]! <= ordinal) low = middle
      else high = middle - 1
    }
    const sheet = this.#sheets[low]
    return {
      line: this.#firstLines[low]! + ordinal - this.#ordinals[low]!,
      ...(sheet !== undefined && { sheet }),
    }
  }
}
