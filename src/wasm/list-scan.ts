import type { ColumnLoops } from '../lib/hashed-column.ts'
import { columnLoops } from './column-loops.ts'
import type { ColumnsModule } from './module.ts'

/** What the module returns in the place of an address (assembly/list.ts). */
const leaveIt = 0
const needsRoom = 1

/** Where the columns of a list go, and the highest N that they have place for. */
export interface ColumnRoom {
  readonly bytes: Buffer
  readonly entriesMax: number
}

/** A member of a list's entries: its slices by N, of which nothing has the N 0. */
export interface ListMember {
  readonly name: string
  readonly start: Int32Array
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

/** The most members that the module takes. */
export const membersMax = 8

/** What the columns of so many members take at most, for N up to `entriesMax`: two words and a byte for each N. */
export const columnBytes = (members: number, entriesMax: number) => members * (9 * (entriesMax + 1) + 3) + 3
/** The highest N for which so many bytes suffice. */
export const entriesIn = (bytes: number, members: number) => Math.floor(((bytes - 3) / members - 3) / 9) - 1

/**
 * The scan of the list `<name>.<N>.<member>` of one request, which lies in the module's memory. Values are unescaped where they
 * stand, once all have been read: until then the bytes are as they were received.
 */
export class ListScan {
  readonly #module: ColumnsModule
  readonly #bytes: Buffer
  readonly #room: ColumnRoom

  /** @returns undefined for a prefix that is longer than the module takes */
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
   * @returns the place behind the last one that is the list's, or what stands in the way
   */
  read(at: number, to: number): number | 'unusual' | 'no room' {
    const { byteOffset } = this.#bytes
    const behind = this.#module.loops.readList(byteOffset + at, byteOffset + to) >>> 0
    if (behind === leaveIt) return 'unusual'
    return behind === needsRoom ? 'no room' : behind - byteOffset
  }

  /** Ends the scan. Nothing may be scanned again then: escapes are gone. */
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
