import { reserved } from '../rules/kinds.ts'
import type { ListMember } from './list-scan.ts'
import { moduleOf } from './module.ts'

/** The words around the numbers and values of a list that is written. */
export interface ListWords {
  /** Before each number. */
  readonly before: string
  /** Behind the number, for a member. */
  after(member: string): string
  /** What each byte that is not unreserved becomes, eight bytes each, of which `size` count. */
  readonly escapes: { readonly bytes: Uint8Array; readonly size: number }
}

/**
 * Writes a list that a `ListScan` has read in canonical order, N from 1 to `last` as decimal digits sort.
 * @param bytes what the members' slices lie in
 * @param take takes the next piece, of about 96 KB; its bytes are good until it returns
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
