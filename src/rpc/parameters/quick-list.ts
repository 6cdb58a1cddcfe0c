import { firstBytes } from '../../lib/byte-words.ts'
import { absent } from '../../lib/columns.ts'
import { digitCountOf, digitsOf, tabledMax } from '../../lib/decimal.ts'
import { Literal } from '../../lib/literal.ts'
import type { Block, BlockMember } from './table.ts'
import type { ValueReader } from './value.ts'

/** So many members there is room for at first, and at the most. */
const membersAtFirst = 4
const membersMax = 8
/**
 * So many entries there is room for at first: as many as a call may name. Their numbers may have gaps; a higher number
 * is taken only where the bytes suffice for a list without any, so that a few bytes never claim megabytes.
 */
const entriesAtFirst = 10_000

/** Whether the digits of n stand at `at`; others may follow. */
const isNumberAt = (view: DataView, at: number, n: number) =>
  ((view.getInt32(at, true) ^ digitsOf[n]!) & firstBytes[digitCountOf[n]!]!) === 0

/**
 * The list of a quick scan, `<name>.<N>.<member>`: slices by member and N, all members in the same three arrays so
 * that the loop over a full call holds them at hand.
 */
export class QuickList {
  readonly #prefix: Literal
  readonly #name: string
  readonly #entriesMax: number
  /** The highest N that is compared with what was expected, instead of being read. */
  readonly #expectedMax: number
  readonly inQuery: boolean
  readonly #names: string[] = []
  /** `.<member>=` of each. */
  readonly #keys: Literal[] = []
  /** Slices of each member, the one of N at `member × (capacity + 1) + N`. */
  #capacity = 0
  #start: Int32Array = new Int32Array()
  #length: Int32Array = new Int32Array()
  #kinds: Uint8Array = new Uint8Array()
  #last = 0
  #count = 0
  #allKinds = 0
  /** Clients write members by turns: the place of the one that comes next then, and the number of its entry. */
  #nextMember = 0
  #nextNumber = 1

  /**
   * @param prefix `<name>.`
   * @param entriesMax a higher N is left to the general scan
   * @param bytesLeft of the request: they bound the number of entries
   */
  constructor(prefix: string, inQuery: boolean, entriesMax: number, bytesLeft: number, values: ValueReader) {
    this.#prefix = new Literal(prefix)
    this.#name = prefix.slice(0, -1)
    this.#expectedMax = Math.min(entriesMax, tabledMax - 1)
    this.inQuery = inQuery
    const entries = Math.ceil(bytesLeft / (prefix.length + 4))
    this.#entriesMax = Math.min(entriesMax, Math.max(entries, entriesAtFirst))
    this.#roomFor(membersAtFirst, Math.min(entriesMax, entries, entriesAtFirst), values)
  }

  /**
   * Reads parameters of the list from `at` on.
   * @returns the place behind the last one that is the list's, or -1 where the general scan must look
   */
  read(values: ValueReader, at: number, to: number): number {
    const prefix = this.#prefix
    while (at < to && prefix.standsAt(values.view, at, to)) {
      const { view } = values
      let i = at + prefix.length
      let n = this.#nextNumber
      let member = -1
      if (n <= this.#expectedMax && i + 4 <= to && isNumberAt(view, i, n)) {
        i += digitCountOf[n]!
        member = this.#memberAt(view, i, to)
      }
      if (member < 0) {
        i = this.#number(values.bytes, at + prefix.length, to)
        if (i < 0) return -1
        n = this.#nextNumber
        member = this.#memberAt(view, i, to)
        if (member < 0) member = this.#newMember(values, i, to)
        if (member < 0) return -1
      }
      const next = values.read(i + this.#keys[member]!.length, to)
      // Beyond what so few bytes should have.
      if (n > this.#capacity) this.#roomFor(membersMax, Math.min(this.#entriesMax, 2 * n), values)
      const place = member * (this.#capacity + 1) + n
      if (this.#length[place] !== absent) return -1
      this.#start[place] = values.start
      this.#length[place] = values.length
      this.#kinds[place] = values.kinds
      this.#allKinds |= values.kinds
      this.#count++
      if (n > this.#last) this.#last = n
      this.#nextNumber = this.#nextMember === 0 ? n + 1 : n
      at = next
    }
    return at
  }

  /** Reads a number, as the one that comes next; gives the place behind it, or -1. */
  #number(bytes: Buffer, at: number, to: number): number {
    let n = 0
    for (; at < to; at++) {
      const digit = bytes[at]! - 0x30
      if (digit < 0 || digit > 9) break
      n = n * 10 + digit
      if (n === 0 || n > this.#entriesMax) return -1
    }
    this.#nextNumber = n
    return n === 0 ? -1 : at
  }

  /** The member whose `.<member>=` stands at `at`; -1 where none does. */
  #memberAt(view: DataView, at: number, to: number): number {
    const keys = this.#keys
    for (let tried = 0; tried < keys.length; tried++) {
      const member = this.#nextMember
      this.#nextMember = member + 1 === keys.length ? 0 : member + 1
      if (keys[member]!.standsAt(view, at, to)) return member
    }
    return -1
  }

  /** A member that is met for the first time, if it is plainly written. */
  #newMember(values: ValueReader, at: number, to: number): number {
    const { bytes } = values
    const equals = bytes.indexOf(0x3d, at)
    if (equals < 0 || equals >= to || equals - at > 64 || this.#names.length === membersMax) return -1
    const key = bytes.toString('latin1', at, equals + 1)
    const [, name] = /^\.([A-Za-z][A-Za-z0-9]*)=$/.exec(key) ?? []
    if (name === undefined) return -1
    this.#nextMember = 0
    this.#keys.push(new Literal(key))
    if (this.#names.length === membersAtFirst) this.#roomFor(membersMax, this.#capacity, values)
    return this.#names.push(name) - 1
  }

  /** Nothing but the lengths is set: where one is absent, nobody asks for the rest. */
  #roomFor(members: number, capacity: number, values: ValueReader): void {
    const before = this.#members()
    const stride = capacity + 1
    const slices = members * stride
    const { buffer, at } = values.roomFor(9 * slices)
    this.#capacity = capacity
    this.#start = new Int32Array(buffer, at, slices)
    this.#length = new Int32Array(buffer, at + 4 * slices, slices).fill(absent)
    this.#kinds = new Uint8Array(buffer, at + 8 * slices, slices)
    before.forEach(({ start, length, kinds }, member) => {
      this.#start.set(start, member * stride)
      this.#length.set(length, member * stride)
      this.#kinds.set(kinds, member * stride)
    })
  }

  #members(): BlockMember[] {
    const stride = this.#capacity + 1
    return this.#names.map((name, member) => {
      const [from, to] = [member * stride, (member + 1) * stride]
      return {
        name,
        start: this.#start.subarray(from, to),
        length: this.#length.subarray(from, to),
        kinds: this.#kinds.subarray(from, to),
      }
    })
  }

  block(): Block {
    return {
      name: this.#name,
      members: this.#members().sort((a, b) => (a.name < b.name ? -1 : 1)),
      last: this.#last,
      inQuery: this.inQuery,
      kinds: this.#allKinds,
      count: this.#count,
    }
  }
}
