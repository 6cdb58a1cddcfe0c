import type { ColumnLoops } from '../lib/hashed-column.ts'
import { columnLoops } from './column-loops.ts'
import type { ColumnsModule } from './module.ts'

/** The module's results other than an address (assembly/list.ts). */
const leaveIt = 0
const needsRoom = 1

/** The room for the columns of a list, and the highest N that fits. */
export interface ColumnRoom {
  readonly bytes: Buffer
  readonly entriesMax: number
}

/** A member of a list's entries: its slices by N; index 0 is unused. */
export interface ListMember {
  readonly name: string
  readonly start: Int32Array
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

/** Maximum members in the module. */
export const membersMax = 8

/** Maximum size of the columns of `members` members for N up to `entriesMax`: two words and a byte per N. */
export const columnBytes = (members: number, entriesMax: number) => members * (9 * (entriesMax + 1) + 3) + 3
/** Returns the highest N for which `bytes` bytes suffice. */
export const entriesIn = (bytes: number, members: number) => Math.floor(((bytes - 3) / members - 3) / 9) - 1

/**
 * Scans the list `<name>.<N>.<member>` of one request in the module's memory. Values are unescaped in place
 * after all have been read; until then the bytes are unchanged.
 */
export class ListScan {
  readonly #module: ColumnsModule
  readonly #bytes: Buffer
  readonly #room: ColumnRoom

  /** @returns undefined if the prefix is too long for the module */
  static begin(
    module: ColumnsModule,
    bytes: Buffer,
    at: number,
    prefixLength: number,
    room: ColumnRoom,
  ): ListScan | undefined {
    if (prefixLength > module.loops.prefixBytesMax.value) return undefined
    const { byteOffset } = bytes
    const from = Math.ceil(room.bytes.byteOffset / 4) * 4
    const to = room.bytes.byteOffset + room.bytes.length
    module.loops.beginList(byteOffset, byteOffset + at, prefixLength, room.entriesMax, from, to)
    return new ListScan(module, bytes, room)
  }

  private constructor(module: ColumnsModule, bytes: Buffer, room: ColumnRoom) {
    this.#module = module
    this.#bytes = bytes
    this.#room = room
  }

  /**
   * Reads parameters of the list in [at, to).
   * @returns the offset after the list's last parameter, or the obstacle
   */
  read(at: number, to: number): number | 'unusual' | 'no room' {
    const { byteOffset } = this.#bytes
    const behind = this.#module.loops.readList(byteOffset + at, byteOffset + to) >>> 0
    if (behind === leaveIt) return 'unusual'
    return behind === needsRoom ? 'no room' : behind - byteOffset
  }

  /** Ends the scan. The request must not be scanned again, because its escapes are gone. */
  end() {
    const { loops } = this.#module
    loops.endList()
    return {
      members: Array.from({ length: loops.memberCount() }, (_, member) => this.#member(member)),
      last: loops.lastNumber(),
      count: loops.parameterCount(),
      kinds: loops.kindsOfAll(),
      loops: columnLoops(this.#module) satisfies ColumnLoops,
    }
  }

  #member(member: number): ListMember {
    const { loops, bytes } = this.#module
    const slices = this.#room.entriesMax + 1
    const at = loops.columnsOf(member) >>> 0
    const tail = loops.tailOf(member) >>> 0
    return {
      // Between '.' and '='.
      name: bytes.toString('latin1', tail + 1, tail + loops.tailLengthOf(member) - 1),
      start: new Int32Array(bytes.buffer, at, slices),
      length: new Int32Array(bytes.buffer, at + 4 * slices, slices),
      kinds: new Uint8Array(bytes.buffer, at + 8 * slices, slices),
    }
  }
}
