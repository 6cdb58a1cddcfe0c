import type { Statements } from './statements.ts'

/** Takes `count` consecutive numbers and returns the first; within a transaction. They are never given again. */
export function nextId({ one }: Statements, name: 'device number' | 'product', count: number): number {
  return one(
    'UPDATE counter SET next = next + ? WHERE name = ? RETURNING next - ? AS first',
    count,
    name,
    count,
  )!.first
}

/** A number that no RAM user has had here or in a restored backup. */
export function nextRamUserId({ one }: Statements): number {
  return one(
    `UPDATE counter SET next = max(next, (SELECT coalesce(max(id), 0) + 1 FROM ram_user)) + 1 WHERE name = 'ram user'
     RETURNING next - 1 AS first`,
  )!.first
}

/** An ApplyId that no batch has had. */
export function nextApplyId({ one }: Statements): number {
  return one(`UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'batch' RETURNING seq`)!.seq
}
