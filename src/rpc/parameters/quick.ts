import { QuickList } from './quick-list.ts'
import type { Pair, ParameterTable } from './table.ts'
import { ValueReader } from './value.ts'

/**
 * The scan for what every client sends: one list `<name>.<N>.<member>` written plainly, and a few other
 * parameters. It reads each byte once, names in words and values two bytes at a look (about 1.3 ms for 10,000
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

/** Parameters outside of the list, and '&' that end none; a client sends fewer. */
const pairsMax = 128
const emptyMax = 128
/** The longest of them, in bytes. */
const pairBytesMax = 64 * 1024

const listName = /^([A-Za-z][A-Za-z0-9]*\.)([1-9][0-9]*)\.([A-Za-z][A-Za-z0-9]*)$/

class QuickScan {
  readonly #values: ValueReader
  readonly #end: number
  readonly #entriesMax: number
  readonly #pairs: Pair[] = []
  #empty = 0
  #list: QuickList | undefined

  constructor(bytes: Buffer, end: number, entriesMax: number) {
    this.#values = new ValueReader(bytes, end)
    this.#end = end
    this.#entriesMax = entriesMax
  }

  /** Scans the parameters in bytes [at, to); false gives up. */
  range(at: number, to: number, inQuery: boolean): boolean {
    while (at < to) {
      if (this.#values.bytes[at] === 0x26) {
        if (this.#empty === emptyMax) return false
        this.#empty++
        at++
        continue
      }
      const behind = this.#list?.inQuery === inQuery ? this.#list.read(this.#values, at, to) : at
      if (behind < 0) return false
      at = behind > at ? behind : this.#pair(at, to, inQuery)
      if (at < 0) return false
    }
    return true
  }

  /** Reads a parameter outside of the list, or finds the first one of it; gives the place behind it, or -1. */
  #pair(at: number, to: number, inQuery: boolean): number {
    const { bytes } = this.#values
    let equals = at
    for (; equals < to && bytes[equals] !== 0x3d; equals++) {
      const c = bytes[equals]
      if (c === 0x26 || c === 0x25 || c === 0x2b || equals - at > 256) return -1
    }
    if (equals === to) return -1
    const name = bytes.toString('latin1', at, equals)
    if (this.#list === undefined) {
      const [, prefix] = listName.exec(name) ?? []
      if (prefix !== undefined) {
        this.#list = new QuickList(prefix, inQuery, this.#entriesMax, this.#end - at, this.#values)
        return this.#list.read(this.#values, at, to)
      }
    }
    const ampersand = to - equals > pairBytesMax ? bytes.indexOf(0x26, equals) : to
    if (this.#pairs.length === pairsMax || ampersand < 0 || ampersand - equals > pairBytesMax) return -1
    const next = this.#values.read(equals + 1, to)
    const { start, length } = this.#values
    this.#pairs.push({ name, nameStart: at, start, length, inQuery })
    return next
  }

  /** The table; undefined where a parameter outside of the list would sort among its entries. */
  table(): ParameterTable | undefined {
    const block = this.#list?.block()
    const prefix = `${block?.name}.`
    if (block !== undefined && this.#pairs.some((pair) => pair.name.startsWith(prefix))) return undefined
    const bytes = this.#values.bytes.subarray(0, this.#values.free)
    return { bytes, pairs: this.#pairs, block, plain: this.#pairs.length + this.#empty }
  }
}
