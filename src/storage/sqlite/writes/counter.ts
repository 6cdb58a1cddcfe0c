import type { Statements } from '../statements.ts'

/** Draws `count` numbers in a row and gives the first; within a transaction. They are never drawn again. */
export function drawn({ one }: Statements, name: 'device number' | 'product', count: number): number {
  return one(
    'UPDATE counter SET next = next + ? WHERE name = ? RETURNING next - ? AS first',
    count,
    name,
    count,
  )!.first
}

/** An ApplyId that no batch has had. */
export function drawnApplyId({ one }: Statements): number {
  return one(`UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'batch' RETURNING seq`)!.seq
}
