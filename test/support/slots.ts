import { absent, type Column, type Columns } from '../../src/lib/columns.ts'
import { type Request, withRoom } from '../../src/lib/http-message.ts'
import { columnLoops } from '../../src/wasm/column-loops.ts'
import { moduleOf } from '../../src/wasm/module.ts'
import { RequestMemory } from '../../src/wasm/request-memory.ts'
import { withKinds } from './kinds.ts'

/** The memory of the requests that a test makes; none is given back, and a full one is left to the collector. */
let memory = new RequestMemory(2 ** 26)

/** A buffer of at least so many bytes where a quick scan reads. */
export function slot(bytes: number): Buffer {
  if (memory.touchedBytes + bytes > 2 ** 27) memory = new RequestMemory(2 ** 26)
  return memory.take(bytes)
}

/** Copies a list into a slot, like the quick scan; the start of an absent value is undefined there. */
export function inSlot<Member extends string>(list: Columns<Member>): Columns<Member> {
  const columns = Object.entries<Column>(withKinds(list).members)
  const { bytes: all } = columns[0]![1]
  const bytes = slot(all.length + 64)
  bytes.set(all)
  const loops = columnLoops(moduleOf(bytes)!)
  const members = columns.map(([name, { start, length, kinds }]) => {
    const starts = intsIn(start.map((from, entry) => (length[entry] === absent ? 0x7fff_ff00 : from)))
    const noted = slot(kinds!.length + 64).subarray(0, kinds!.length)
    noted.set(kinds!)
    return [
      name,
      { bytes: bytes.subarray(0, all.length), start: starts, length: intsIn(length), kinds: noted, loops },
    ]
  })
  return { ...list, members: Object.fromEntries(members) }
}

function intsIn(of: Int32Array): Int32Array {
  const { buffer, byteOffset } = slot(4 * of.length + 64)
  const ints = new Int32Array(buffer, byteOffset, of.length)
  ints.set(of)
  return ints
}

/** The same request with its bytes where a listener puts them: a scan changes them, so each call has its own. */
export function received(request: Omit<Request, 'room'>): Request {
  const bytes = slot(withRoom(request.end))
  request.bytes.copy(bytes, 0, 0, request.end)
  return { ...request, bytes, room: slot }
}
