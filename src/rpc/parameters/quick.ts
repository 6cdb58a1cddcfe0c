import { absent } from '../../lib/columns.ts'
import { digitCountOf, digitsMask, digitsOf, tabledMax } from '../../lib/decimal.ts'
import { firstFreeBit, kindOf } from '../../lib/kinds.ts'
import { Literal } from '../../lib/literal.ts'
import { viewOf } from '../../lib/words.ts'
import { type Block, decodeHex, type Pair, type ParameterTable } from './table.ts'

/**
 * The scan for what every client sends: one list `<name>.<N>.<member>` written plainly, and a few other
 * parameters. It reads each byte once, names in words and values two bytes at a look (about 1 ms for 10,000
 * devices), and gives up on anything unusual, which general.ts then reads with the same result
 * (test/property/parameters.test.ts).
 *
 * @param bytes the request's query [0, queryEnd) and form body [queryEnd, end), and behind them room for values
 *   that must be decoded
 * @param entriesMax a higher N is left to the general scan
 * @returns undefined where the general scan must look
 */
export function quickScan(
  bytes: Buffer,
  queryEnd: number,
  end: number,
  entriesMax: number,
): ParameterTable | undefined {
  const scan = new QuickScan(bytes, end, entriesMax)
  if (!scan.range(0, queryEnd, true) || !scan.range(queryEnd, end, false)) return undefined
  return scan.table()
}

/** Parameters outside of the list; more than that is not what a client sends. */
const pairsMax = 128
const membersMax = 8

const listName = /^([A-Za-z][A-Za-z0-9]*\.)([1-9][0-9]*)\.([A-Za-z][A-Za-z0-9]*)$/

/** What ends the quick look at a value: its end, an escape, and a plus, which only the general scan reads. */
const ampersand = firstFreeBit
const percent = firstFreeBit << 1
const plus = firstFreeBit << 2
const stops = ampersand | percent | plus

const kindOrStop = Uint8Array.from(kindOf)
kindOrStop[0x26] = ampersand
kindOrStop[0x25] = percent
kindOrStop[0x2b] = plus
/** The same of two bytes at once: values are half of a call's bytes, and this halves the looks at them. */
const kindOrStopOfTwo = Uint8Array.from(
  { length: 65_536 },
  (_, two) => kindOrStop[two & 255]! | kindOrStop[two >> 8]!,
)

interface GrowingMember {
  readonly name: string
  /** `<member>=` */
  readonly key: Literal
  start: Int32Array
  length: Int32Array
  kinds: Uint8Array
}

const nothing = new Literal('')

class QuickScan {
  bytes: Buffer
  view: DataView
  free: number
  readonly entriesMax: number
  readonly pairs: Pair[] = []
  /** `<list name>.`, empty until a list is met. */
  prefix = nothing
  listName = ''
  members: GrowingMember[] = []
  /** Clients write members by turns: the place of the one that comes next then, and the number of its entry. */
  next = 0
  expected = 1
  last = 0
  capacity = 0
  blockInQuery = false
  blockKinds = 0
  /** Where the value that was read last lies, decoded, and its kinds. */
  valueStart = 0
  valueLength = 0
  valueKinds = 0

  constructor(bytes: Buffer, end: number, entriesMax: number) {
    this.bytes = bytes
    this.view = viewOf(bytes)
    this.free = end
    this.entriesMax = entriesMax
  }

  /** Scans the parameters in bytes [at, to); false gives up. */
  range(at: number, to: number, inQuery: boolean): boolean {
    while (at < to) {
      if (this.bytes[at] === 0x26) {
        at++
        continue
      }
      const inBlock = this.prefix !== nothing && this.prefix.standsAt(this.view, at, to)
      const next = inBlock ? this.listEntry(at, to, inQuery) : this.pair(at, to, inQuery)
      if (next < 0) return false
      at = next
    }
    return true
  }

  /** Reads `<name>.<N>.<member>=<value>`; gives the place behind it, or -1. */
  listEntry(at: number, to: number, inQuery: boolean): number {
    if (inQuery !== this.blockInQuery) return -1
    const { bytes } = this
    let i = at + this.prefix.length
    let n = this.expected
    if (this.isNumberAt(i, n)) i += digitCountOf[n]!
    else {
      for (n = 0; i < to; i++) {
        const digit = bytes[i]! - 0x30
        if (digit < 0 || digit > 9) break
        n = n * 10 + digit
        if (n === 0 || n > this.entriesMax) return -1
      }
    }
    if (n === 0 || i >= to || bytes[i] !== 0x2e) return -1
    const member = this.memberAt(i + 1, to) ?? this.newMember(i + 1, to)
    if (member === undefined) return -1
    this.expected = this.next === 0 ? n + 1 : n
    if (n > this.last) this.grow(n)
    if (member.length[n] !== absent) return -1
    const next = this.value(i + 1 + member.key.length, to)
    if (next < 0) return -1
    member.start[n] = this.valueStart
    member.length[n] = this.valueLength
    member.kinds[n] = this.valueKinds
    this.blockKinds |= this.valueKinds
    return next
  }

  /** Whether the digits of n, and no more of them, stand at `at`. */
  isNumberAt(at: number, n: number): boolean {
    if (n >= tabledMax || n > this.entriesMax || at + 5 > this.bytes.length) return false
    const count = digitCountOf[n]!
    return (
      ((this.view.getInt32(at, true) ^ digitsOf[n]!) & digitsMask[count]!) === 0 &&
      this.bytes[at + count] === 0x2e
    )
  }

  /** The member whose `<member>=` stands at `at`, where it has been met before. */
  memberAt(at: number, to: number): GrowingMember | undefined {
    const { members } = this
    for (let tried = 0; tried < members.length; tried++) {
      const member = members[this.next]!
      this.next = this.next + 1 === members.length ? 0 : this.next + 1
      if (member.key.standsAt(this.view, at, to)) return member
    }
    return undefined
  }

  /** A member that is met for the first time, if it is plainly written. */
  newMember(at: number, to: number): GrowingMember | undefined {
    const { bytes, members } = this
    const equals = bytes.indexOf(0x3d, at)
    if (equals < 0 || equals >= to || equals - at > 64 || members.length === membersMax) return undefined
    const name = bytes.toString('latin1', at, equals)
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return undefined
    const member: GrowingMember = {
      name,
      key: new Literal(`${name}=`),
      start: new Int32Array(this.capacity + 1),
      length: new Int32Array(this.capacity + 1).fill(absent),
      kinds: new Uint8Array(this.capacity + 1),
    }
    members.push(member)
    this.next = 0
    return member
  }

  /** Makes room for entry n: a call of one device stays small, one of 10,000 grows a few times. */
  grow(n: number): void {
    this.last = n
    if (n <= this.capacity) return
    this.capacity = Math.min(this.entriesMax, Math.max(16, 8 * n))
    for (const member of this.members) {
      member.start = enlarged(member.start, new Int32Array(this.capacity + 1))
      member.length = enlarged(member.length, new Int32Array(this.capacity + 1).fill(absent))
      member.kinds = enlarged(member.kinds, new Uint8Array(this.capacity + 1))
    }
  }

  /** Reads a parameter outside of the list, or the first one of it; gives the place behind it, or -1. */
  pair(at: number, to: number, inQuery: boolean): number {
    const { bytes } = this
    let equals = at
    for (; equals < to && bytes[equals] !== 0x3d; equals++) {
      const c = bytes[equals]
      if (c === 0x26 || c === 0x25 || c === 0x2b || equals - at > 256) return -1
    }
    if (equals === to) return -1
    const name = bytes.toString('latin1', at, equals)
    if (this.prefix === nothing) {
      const list = listName.exec(name)
      if (list !== null) {
        this.listName = list[1]!
        this.prefix = new Literal(this.listName)
        this.blockInQuery = inQuery
        return this.listEntry(at, to, inQuery)
      }
    }
    const next = this.pairs.length < pairsMax ? this.value(equals + 1, to) : -1
    if (next >= 0) this.pairs.push({ name, start: this.valueStart, length: this.valueLength, inQuery })
    return next
  }

  /** Reads the value at `at` into the value fields; gives the place behind its '&', or -1. */
  value(at: number, to: number): number {
    const { bytes, view } = this
    let kinds = 0
    let i = at
    for (; i + 3 < to; i += 4) {
      let word = view.getInt32(i, true)
      let found = kindOrStopOfTwo[word & 0xffff]! | kindOrStopOfTwo[word >>> 16]!
      if ((found & stops) !== 0) {
        // The lowest bit set is the top one of the first byte that is an '&'.
        const differs = word ^ 0x26262626
        const ends = (differs - 0x01010101) & ~differs & 0x80808080
        if (ends === 0) break
        const length = (31 - Math.clz32(ends & -ends)) >> 3
        // What stands behind the '&' becomes an 'a'.
        word = (word & digitsMask[length]!) | (0x61616161 & ~digitsMask[length]!)
        found = kindOrStopOfTwo[word & 0xffff]! | kindOrStopOfTwo[word >>> 16]!
        if ((found & stops) !== 0) break
        this.valueStart = at
        this.valueLength = i + length - at
        this.valueKinds = kinds | found
        return i + length + 1
      }
      kinds |= found
    }
    for (; i < to; i++) {
      const found = kindOrStop[bytes[i]!]!
      if ((found & stops) === 0) kinds |= found
      else if (found === ampersand) break
      else if (found === plus) return -1
      else return this.escapedValue(at, to)
    }
    this.valueStart = at
    this.valueLength = i - at
    this.valueKinds = kinds
    return i + 1
  }

  /** Reads the value at `at`, which has an escape, decoding it behind everything else. */
  escapedValue(at: number, to: number): number {
    let { bytes } = this
    const start = this.free
    let decoded = start
    let kinds = 0
    let i = at
    for (; i < to; i++) {
      let c = bytes[i]!
      if (c === 0x26) break
      if (c === 0x2b) return -1
      if (c === 0x25) {
        if (i + 2 >= to) return -1
        const high = decodeHex[bytes[i + 1]!]!
        const low = decodeHex[bytes[i + 2]!]!
        if (high === 255 || low === 255) return -1
        c = high * 16 + low
        i += 2
      }
      if (decoded === bytes.length) bytes = this.enlarge(decoded)
      kinds |= kindOf[c]!
      bytes[decoded++] = c
    }
    this.valueStart = start
    this.valueLength = decoded - start
    this.valueKinds = kinds
    this.free = decoded
    return i + 1
  }

  /** Goes over to a larger buffer, which has the first bytes of the one so far. */
  enlarge(used: number): Buffer {
    const bigger = Buffer.allocUnsafe(2 * used + 64)
    this.bytes.copy(bigger, 0, 0, used)
    this.bytes = bigger
    this.view = viewOf(bigger)
    return bigger
  }

  /** The table; undefined where a parameter outside of the list would sort among its entries. */
  table(): ParameterTable | undefined {
    const prefix = this.listName
    if (prefix !== '' && this.pairs.some((pair) => pair.name.startsWith(prefix))) return undefined
    const block: Block | undefined =
      prefix === ''
        ? undefined
        : {
            name: prefix.slice(0, -1),
            members: this.members.sort((a, b) => (a.name < b.name ? -1 : 1)),
            last: this.last,
            inQuery: this.blockInQuery,
            kinds: this.blockKinds,
          }
    const bytes = this.bytes.subarray(0, this.free)
    return { bytes, pairs: this.pairs, block }
  }
}

function enlarged<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
