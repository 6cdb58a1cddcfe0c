import { unreserved } from '../../signature/percent.ts'
import { type Block, decodeHex, type Pair, type ParameterTable } from './table.ts'

/**
 * The scan for what every client sends: one list `<name>.<N>.<member>` written plainly, and a few other
 * parameters. It reads each byte once (about 1.5 ms for 10,000 devices) and gives up on anything unusual,
 * which general.ts then reads with the same result (test/property/parameters.test.ts).
 *
 * @param bytes the request's query [0, queryEnd) and form body [queryEnd, end)
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

interface GrowingMember {
  readonly name: string
  /** The bytes of `<member>=`. */
  readonly key: Buffer
  start: Int32Array
  lengthPlusOne: Int32Array
  encoded: Uint8Array
}

class QuickScan {
  bytes: Buffer
  free: number
  readonly entriesMax: number
  readonly pairs: Pair[] = []
  /** The bytes of `<list name>.`, empty until a list is met. */
  prefix: Buffer = Buffer.alloc(0)
  members: GrowingMember[] = []
  last = 0
  capacity = 0
  blockInQuery = false
  /** Where the value that was read last lies, decoded, and whether it must be encoded to be signed. */
  valueStart = 0
  valueLength = 0
  valueEncoded = 0

  constructor(bytes: Buffer, end: number, entriesMax: number) {
    this.bytes = bytes
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
      const next = this.inBlock(at, to) ? this.listEntry(at, to, inQuery) : this.pair(at, to, inQuery)
      if (next < 0) return false
      at = next
    }
    return true
  }

  /** Whether the parameter at `at` begins as the list's parameters do. */
  inBlock(at: number, to: number): boolean {
    const { bytes, prefix } = this
    const length = prefix.length
    if (length === 0 || at + length > to) return false
    for (let i = 0; i < length; i++) if (bytes[at + i] !== prefix[i]) return false
    return true
  }

  /** Reads `<name>.<N>.<member>=<value>`; gives the place behind it, or -1. */
  listEntry(at: number, to: number, inQuery: boolean): number {
    if (inQuery !== this.blockInQuery) return -1
    const { bytes } = this
    let i = at + this.prefix.length
    let n = 0
    for (; i < to; i++) {
      const digit = bytes[i]! - 0x30
      if (digit < 0 || digit > 9) break
      n = n * 10 + digit
      if (n === 0 || n > this.entriesMax) return -1
    }
    if (n === 0 || i >= to || bytes[i] !== 0x2e) return -1
    const member = this.memberAt(i + 1, to)
    if (member === undefined) return -1
    if (n > this.last) this.grow(n)
    if (member.lengthPlusOne[n] !== 0) return -1
    const next = this.value(i + 1 + member.key.length, to)
    if (next < 0) return -1
    member.start[n] = this.valueStart
    member.lengthPlusOne[n] = this.valueLength + 1
    member.encoded[n] = this.valueEncoded
    return next
  }

  /** The member whose `<member>=` stands at `at`, a new one if it is plainly written. */
  memberAt(at: number, to: number): GrowingMember | undefined {
    const { bytes, members } = this
    candidates: for (let m = 0; m < members.length; m++) {
      const key = members[m]!.key
      if (at + key.length > to) continue
      for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) continue candidates
      return members[m]
    }
    const equals = bytes.indexOf(0x3d, at)
    if (equals < 0 || equals >= to || equals - at > 64 || members.length === membersMax) return undefined
    const name = bytes.toString('latin1', at, equals)
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return undefined
    const member: GrowingMember = {
      name,
      key: Buffer.from(`${name}=`, 'latin1'),
      start: new Int32Array(this.capacity + 1),
      lengthPlusOne: new Int32Array(this.capacity + 1),
      encoded: new Uint8Array(this.capacity + 1),
    }
    members.push(member)
    return member
  }

  /** Makes room for entry n: a call of one device stays small, one of 10,000 doubles a few times. */
  grow(n: number): void {
    this.last = n
    if (n <= this.capacity) return
    this.capacity = Math.min(this.entriesMax, Math.max(16, 2 * n))
    for (const member of this.members) {
      member.start = enlarged(member.start, new Int32Array(this.capacity + 1))
      member.lengthPlusOne = enlarged(member.lengthPlusOne, new Int32Array(this.capacity + 1))
      member.encoded = enlarged(member.encoded, new Uint8Array(this.capacity + 1))
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
    if (this.prefix.length === 0) {
      const list = listName.exec(name)
      if (list !== null) {
        this.prefix = Buffer.from(list[1]!, 'latin1')
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
    const { bytes } = this
    let plain = 1
    let escaped = false
    let i = at
    for (; i < to; i++) {
      const c = bytes[i]!
      if (unreserved[c] === 1) continue
      if (c === 0x26) break
      if (c === 0x2b) return -1
      if (c === 0x25) escaped = true
      plain = 0
    }
    this.valueStart = at
    this.valueLength = i - at
    this.valueEncoded = 1 - plain
    if (escaped && !this.decode(at, i)) return -1
    return i + 1
  }

  /** Decodes the escapes of bytes [from, to) behind everything else; false for a broken one. */
  decode(from: number, to: number): boolean {
    if (this.free + (to - from) > this.bytes.length) {
      const bigger = Buffer.allocUnsafe(2 * this.bytes.length + (to - from))
      this.bytes.copy(bigger, 0, 0, this.free)
      this.bytes = bigger
    }
    const { bytes } = this
    let free = this.free
    for (let i = from; i < to; i++) {
      let c = bytes[i]!
      if (c === 0x25) {
        if (i + 2 >= to) return false
        const high = decodeHex[bytes[i + 1]!]!
        const low = decodeHex[bytes[i + 2]!]!
        if (high === 255 || low === 255) return false
        c = high * 16 + low
        i += 2
      }
      bytes[free++] = c
    }
    this.valueStart = this.free
    this.valueLength = free - this.free
    this.free = free
    return true
  }

  /** The table; undefined where a parameter outside of the list would sort among its entries. */
  table(): ParameterTable | undefined {
    const prefix = this.prefix.toString('latin1')
    if (prefix !== '' && this.pairs.some((pair) => pair.name.startsWith(prefix))) return undefined
    const block: Block | undefined =
      prefix === ''
        ? undefined
        : {
            name: prefix.slice(0, -1),
            members: this.members.sort((a, b) => (a.name < b.name ? -1 : 1)),
            last: this.last,
            inQuery: this.blockInQuery,
          }
    const bytes = this.bytes.subarray(0, this.free)
    return { bytes, pairs: this.pairs, block }
  }
}

function enlarged<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
