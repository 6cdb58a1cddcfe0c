import { absent, type Column, type Columns, composed } from '../lib/columns.ts'
import { hashBytes } from '../lib/hash-bytes.ts'

/** What is asked of one member of every entry of a list. */
export interface Check<Member extends string, Listed extends string> {
  readonly member: Member
  /** A test of bytes; a length below 0 is absent. */
  readonly legal: (bytes: Buffer, start: number, length: number) => boolean
  /** What it may be instead; otherwise a missing one counts as empty (design §6). */
  readonly or?: 'absent' | 'absent or empty'
  /** What an entry that fails is told. */
  readonly reason: string
  /** The list of the answer that holds the values that fail, where it has one. */
  readonly list?: Listed
}

/** The rules of one kind of device list, and the words in which it is answered. */
export interface ListRules<Member extends string, Listed extends string, Detail> {
  /** In the order in which the reasons are told; six at the most, since each has a bit of a verdict. */
  readonly checks: readonly Check<Member, Listed>[]
  /** The members that make up a device's name, joined by '_'. Each has a check. */
  readonly name: readonly Member[]
  /** What is told where that name stood in the list before, or is registered, and where the value goes. */
  readonly repeated: {
    readonly reason: string
    readonly takenReason: string
    readonly member: Member
    readonly list: Listed
  }
  /** All lists of the answer, those that this kind never fills too. */
  readonly lists: readonly Listed[]
  /** The row that a bad entry gets; its values are as they were sent. */
  detail(values: { readonly [M in Member]?: string | undefined }, ErrorMsg: string): Detail
}

/**
 * Why an entry is not fit: a bit for each check, in their order, and these two, since several may apply. 0 is a
 * good entry.
 */
export const nameRepeated = 64
/** The name is registered in the product already; told of its first occurrence only. */
export const nameTaken = 128

/** The names of a list's devices; those of entries that are not legal mean nothing. */
export function namesOf<Member extends string>(
  { name }: Pick<ListRules<Member, string, unknown>, 'name'>,
  { count, members }: Columns<Member>,
): Column {
  if (name.length === 1) return members[name[0]!]
  return composed(
    count,
    name.flatMap((member, i) => (i === 0 ? [members[member]] : ['_', members[member]])),
  )
}

/** What the fields and the list itself say of each entry. `nameTaken` is not known here. */
export function judgeList<Member extends string>(
  rules: ListRules<Member, string, unknown>,
  list: Columns<Member>,
  hashSeed: number,
): Uint8Array {
  const verdicts = new Uint8Array(list.count)
  rules.checks.forEach(({ member, legal, or }, i) => {
    const { bytes, start, length } = list.members[member]
    for (let entry = 0; entry < list.count; entry++) {
      const size = length[entry]!
      if (or !== undefined && (size === absent || (or === 'absent or empty' && size === 0))) continue
      if (!legal(bytes, start[entry]!, size)) verdicts[entry]! |= 1 << i
    }
  })
  markRepeated(namesOf(rules, list), verdicts, nameIllegal(rules), hashSeed)
  return verdicts
}

/** The bits of a verdict that say: the name is not legal. */
function nameIllegal<Member extends string>({ checks, name }: ListRules<Member, string, unknown>): number {
  return checks.reduce((bits, { member }, i) => (name.includes(member) ? bits | (1 << i) : bits), 0)
}

/**
 * Marks every legal name that stood in the list before, whatever else is wrong with the entries. A table of
 * entry numbers, open addressing, names compared byte for byte; the seed is secret so that nobody can
 * choose names that collide.
 */
function markRepeated(
  { bytes, start, length }: Column,
  verdicts: Uint8Array,
  illegal: number,
  hashSeed: number,
): void {
  const mask = 2 ** Math.ceil(Math.log2(2 * verdicts.length + 2)) - 1
  // Entry number plus one; 0 is an empty place.
  const places = new Int32Array(mask + 1)
  for (let entry = 0; entry < verdicts.length; entry++) {
    if ((verdicts[entry]! & illegal) !== 0) continue
    const from = start[entry]!
    const size = length[entry]!
    let place = hashBytes(bytes, from, size, hashSeed) & mask
    for (;;) {
      const other = places[place]! - 1
      if (other < 0) {
        places[place] = entry + 1
        break
      }
      if (length[other] === size && sameBytes(bytes, start[other]!, from, size)) {
        verdicts[entry]! |= nameRepeated
        break
      }
      place = (place + 1) & mask
    }
  }
}

function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}

/** The entries whose names are to be looked up in the product: each legal name once, where it first stands. */
export function namesToLookUp<Member extends string>(
  rules: ListRules<Member, string, unknown>,
  verdicts: Uint8Array,
): Int32Array {
  const not = nameIllegal(rules) | nameRepeated
  const entries = new Int32Array(verdicts.length)
  let count = 0
  for (let entry = 0; entry < verdicts.length; entry++) {
    if ((verdicts[entry]! & not) === 0) entries[count++] = entry
  }
  return entries.subarray(0, count)
}

/** Marks the entries whose names are registered. */
export function markTaken(verdicts: Uint8Array, taken: Iterable<number>): void {
  for (const entry of taken) verdicts[entry]! |= nameTaken
}
