import { reserved } from '../rules/kinds.ts'
import type { ListMember } from './list-scan.ts'
import { moduleOf } from './module.ts'

/** The texts around the numbers and values of a list. */
export interface ListWords {
  /** Before each number. */
  readonly before: string
  /** After the number, for a member. */
  after(member: string): string
  /** The escape of each byte that is not unreserved, eight bytes each, of which `size` are valid. */
  readonly escapes: { readonly bytes: Uint8Array; readonly size: number }
}

/**
 * Writes a list from a `ListScan` in canonical order, N from 1 to `last` sorted as decimal strings.
 * @param bytes buffer of the members' slices
 * @param take receives the next chunk of about 96 KB; its bytes are valid until it returns
 */
export function writeList(
  bytes: Buffer,
  members: readonly ListMember[],
  last: number,
  words: ListWords,
  take: (piece: Buffer) => void,
): void {
  const { loops, bytes: all } = moduleOf(bytes)!
  all.set(words.escapes.bytes, loops.escapes.value)
  const before = all.write(words.before, loops.before.value, 'latin1')
  loops.beginText(bytes.byteOffset, last, before, words.escapes.size, reserved)
  for (const { name, start, length, kinds } of members) {
    const after = all.write(words.after(name), loops.nextAfter(), 'latin1')
    loops.addMember(after, start.byteOffset, length.byteOffset, kinds.byteOffset)
  }
  const piece = loops.piece.value
  for (;;) {
    const end = loops.writePiece()
    if (end === piece) return
    take(all.subarray(piece, end))
  }
}
