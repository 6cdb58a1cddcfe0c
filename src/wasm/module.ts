import { kindOf } from '../rules/kinds.ts'
import { classTables, noteOfBytes } from './character-classes.ts'
import { instantiate } from './instantiate.ts'

/** An address in a module's memory. */
type Address = { readonly value: number }

/** The exports of assembly/columns.ts, where they are described. */
interface Exports {
  readonly slotsFrom: Address
  readonly lowNibbles: Address
  readonly highNibbles: Address
  readonly kindsOfClasses: Address
  readonly kindOf: Address
  readonly noteOf: Address
  setUnreservedClasses(classes: number): void

  readonly prefixBytesMax: { readonly value: number }
  beginList(bytes: number, at: number, length: number, entriesMax: number, from: number, to: number): void
  readList(at: number, to: number): number
  endList(): void
  memberCount(): number
  lastNumber(): number
  parameterCount(): number
  kindsOfAll(): number
  tailOf(member: number): number
  tailLengthOf(member: number): number
  columnsOf(member: number): number

  readonly piece: Address
  readonly escapes: Address
  readonly before: Address
  beginText(bytes: number, last: number, before: number, escapeSize: number, reservedKind: number): void
  nextAfter(): number
  addMember(afterLength: number, starts: number, lengths: number, kinds: number): void
  writePiece(): number

  readonly entriesMax: { readonly value: number }
  readonly hashes: Address
  readonly verdicts: Address
  markIllegal(
    lengths: number,
    kinds: number,
    count: number,
    shortest: number,
    longest: number,
    outside: number,
    exempt: number,
    bit: number,
  ): void
  entriesWith(bits: number, count: number, wanted: number): number
  hashColumn(bytes: number, starts: number, lengths: number, count: number, seed: number): void
  markRepeated(
    bytes: number,
    starts: number,
    lengths: number,
    count: number,
    illegal: number,
    bit: number,
  ): void

  readonly fieldsMax: { readonly value: number }
  readonly wordBytes: { readonly value: number }
  readonly entries: Address
  readonly between: Address
  readonly otherBytesMax: { readonly value: number }
  readonly otherBytes: Address
  readonly otherStarts: Address
  readonly otherLengths: Address
  beginRows(count: number, lengthBetween: number, unusualKinds: number): void
  nextWord(word: number): number
  addField(
    bytes: number,
    starts: number,
    lengths: number,
    kinds: number,
    always: number,
    asFirstLength: number,
    asNextLength: number,
    closeLength: number,
  ): void
  nextRow(): number
  writeRows(from: number): number
}

/** A memory, the loops over its content, and the end of the loops' own data. */
export interface ColumnsModule {
  readonly loops: Exports
  readonly bytes: Buffer
  readonly slotsFrom: number
}

const pageBytes = 65_536
/** The address space of a module, in pages. */
const pagesMax = 65_536
/** The loops read at most this many bytes beyond their input. */
const behindBytes = 64

const modules = new WeakMap<ArrayBufferLike, ColumnsModule>()

/**
 * Creates a memory of at least `bytesMin` bytes, or the maximum of a module. The system allocates pages when
 * they are first written.
 */
export function columnsModule(bytesMin: number): ColumnsModule {
  const memory = new WebAssembly.Memory({ initial: Math.min(pagesMax, Math.ceil(bytesMin / pageBytes) + 16) })
  const loops = instantiate('columns', memory) as unknown as Exports
  const bytes = Buffer.from(memory.buffer, 0, memory.buffer.byteLength - behindBytes)
  const { lowNibbles, highNibbles, kindsOfClasses, unreserved } = classTables()
  bytes.set(lowNibbles, loops.lowNibbles.value)
  bytes.set(highNibbles, loops.highNibbles.value)
  bytes.set(kindsOfClasses, loops.kindsOfClasses.value)
  bytes.set(kindOf, loops.kindOf.value)
  bytes.set(noteOfBytes(), loops.noteOf.value)
  loops.setUnreservedClasses(unreserved)
  const module = { loops, bytes, slotsFrom: loops.slotsFrom.value }
  modules.set(memory.buffer, module)
  return module
}

/** Returns the module whose memory contains these bytes; undefined for any other memory. */
export const moduleOf = ({ buffer }: { readonly buffer: ArrayBufferLike }): ColumnsModule | undefined =>
  modules.get(buffer)
