import type { Room } from '../../lib/http-message.ts'
import { type ColumnRoom, columnBytes, entriesIn, ListScan, membersMax } from '../../wasm/list-scan.ts'
import { type ColumnsModule, moduleOf } from '../../wasm/module.ts'
import { type Block, type Pair, type ParameterTable, unescapeInPlace } from './table.ts'

/**
 * The scan for what every client sends: one list `<name>.<N>.<member>` written plainly, which WebAssembly reads (src/wasm),
 * and a few other parameters. It gives up on anything unusual, which general.ts then reads with the same result
 * (test/property/parameters.test.ts); the bytes are as they were then. Otherwise values have been unescaped where they
 * stand: a request is scanned once.
 *
 * @param bytes the request's query [0, queryEnd) and form body [queryEnd, end), and behind them room for columns
 * @param entriesMax a higher N is left to the general scan
 * @param roomFor more room, for lists of more entries than such requests have
 * @returns undefined if the general scan must read the request, as for bytes outside of the module's memory
 */
export function quickScan(
  bytes: Buffer,
  queryEnd: number,
  end: number,
  entriesMax: number,
  roomFor?: Room,
): ParameterTable | undefined {
  const module = moduleOf(bytes)
  if (module === undefined) return undefined
  const behind = bytes.subarray(end)
  const usual = Math.min(entriesMax, usualEntries, entriesIn(behind.length, usualMembers))
  const scan = new QuickScan(module, bytes, { bytes: behind, entriesMax: usual })
  const table = scan.whole(queryEnd, end)
  if (table !== 'no room') return table
  const most = Math.min(entriesMax, Math.max(usualEntries, Math.ceil(end / shortestParameter)))
  const more = roomFor?.(columnBytes(membersMax, most))
  const again = more && new QuickScan(module, bytes, { bytes: more, entriesMax: most }).whole(queryEnd, end)
  return again === 'no room' ? undefined : again
}

/** The usual number of members of a list, and the maximum number of entries of a call. */
const usualMembers = 3
const usualEntries = 10_000
/** `<name>.<N>.<member>=&`: the minimum bytes of a parameter. */
const shortestParameter = 7

/** The maximum number of parameters outside of the list, counting '&' that end none; clients send fewer. */
const pairsMax = 128
const emptyMax = 128
/** The longest of them, in bytes. */
const pairBytesMax = 64 * 1024

const listName = /^([A-Za-z][A-Za-z0-9]*\.)([1-9][0-9]*)\.([A-Za-z][A-Za-z0-9]*)$/

/** A pair whose value has not been unescaped. */
interface FoundPair extends Pair {
  readonly isEscaped: boolean
}

interface FoundList {
  readonly scan: ListScan
  /** `<name>.` */
  readonly prefix: string
  readonly inQuery: boolean
}

class QuickScan {
  readonly #module: ColumnsModule
  readonly #bytes: Buffer
  readonly #room: ColumnRoom
  readonly #pairs: FoundPair[] = []
  #empty = 0
  #lacksRoom = false
  #list: FoundList | undefined

  constructor(module: ColumnsModule, bytes: Buffer, room: ColumnRoom) {
    this.#module = module
    this.#bytes = bytes
    this.#room = room
  }

  /** Reads all parameters; undefined if the general scan must read them. */
  whole(queryEnd: number, end: number): ParameterTable | 'no room' | undefined {
    const isRead = this.#range(0, queryEnd, true) && this.#range(queryEnd, end, false)
    return isRead ? this.#table() : this.#lacksRoom ? 'no room' : undefined
  }

  /** Scans the parameters in bytes [at, to); returns false to give up. */
  #range(at: number, to: number, inQuery: boolean): boolean {
    while (at < to) {
      if (this.#bytes[at] === 0x26) {
        if (this.#empty === emptyMax) return false
        this.#empty++
        at++
        continue
      }
      const behind = this.#list?.inQuery === inQuery ? this.#readList(at, to) : at
      at = behind === at ? this.#pair(at, to, inQuery) : behind
      if (at < 0) return false
    }
    return true
  }

  /** Reads the list's parameters from `at` on; returns the place behind them, or -1. */
  #readList(at: number, to: number): number {
    const behind = this.#list!.scan.read(at, to)
    if (behind === 'no room') this.#lacksRoom = true
    return typeof behind === 'number' ? behind : -1
  }

  /** Reads a parameter outside of the list, or finds the list's first one; returns the place behind it, or -1. */
  #pair(at: number, to: number, inQuery: boolean): number {
    const bytes = this.#bytes
    let equals = at
    for (; equals < to && bytes[equals] !== 0x3d; equals++) {
      const c = bytes[equals]
      if (c === 0x26 || c === 0x25 || c === 0x2b || equals - at > 256) return -1
    }
    if (equals === to) return -1
    const name = bytes.toString('latin1', at, equals)
    if (this.#list === undefined) {
      const [, prefix] = listName.exec(name) ?? []
      if (prefix !== undefined) return this.#beginList(prefix, at, to, inQuery)
    }
    const start = equals + 1
    const longest = Math.min(to, start + pairBytesMax)
    let isEscaped = false
    let next = start
    for (; next < longest && bytes[next] !== 0x26; next++)
      if (bytes[next] === 0x25 || bytes[next] === 0x2b) isEscaped = true
    if (this.#pairs.length === pairsMax || (next === longest && next < to)) return -1
    this.#pairs.push({ name, nameStart: at, start, length: next - start, inQuery, isEscaped })
    return next + 1
  }

  #beginList(prefix: string, at: number, to: number, inQuery: boolean): number {
    const scan = ListScan.begin(this.#module, this.#bytes, at, prefix.length, this.#room)
    if (scan === undefined) return -1
    this.#list = { scan, prefix, inQuery }
    return this.#readList(at, to)
  }

  /** Returns the table; undefined if a parameter outside of the list would sort among its entries. */
  #table(): ParameterTable | undefined {
    const list = this.#list
    const found = this.#pairs
    if (list !== undefined && found.some(({ name }) => name.startsWith(list.prefix))) return undefined
    const bytes = this.#bytes
    const pairs = found.map(({ isEscaped, ...pair }): Pair => {
      if (!isEscaped) return pair
      const { start, length } = pair
      return { ...pair, length: unescapeInPlace(bytes, start, start + length) - start }
    })
    const block = list && this.#block(list)
    return { bytes, pairs, block, plain: pairs.length + this.#empty }
  }

  #block({ scan, prefix, inQuery }: FoundList): Block {
    const { members, ...list } = scan.end()
    return {
      ...list,
      name: prefix.slice(0, -1),
      members: members.sort((a, b) => (a.name < b.name ? -1 : 1)),
      inQuery,
    }
  }
}
