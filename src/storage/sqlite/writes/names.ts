import type { Statements } from '../statements.ts'

/** How long a change is told of; a node that looks at a product more seldom reads its names anew. */
const rememberedMs = 60 * 60_000

/** Within a transaction that added or removed devices: the product's count, its revision and the change log. */
export function namesChanged(
  { one, run }: Statements,
  product: number,
  names: readonly string[],
  how: 'added' | 'removed',
  at: number,
): void {
  const { revision } = one(
    'UPDATE product SET device_count = device_count + ?, revision = revision + 1 WHERE id = ? RETURNING revision',
    how === 'added' ? names.length : -names.length,
    product,
  )!
  run(
    'INSERT INTO name_change (product, revision, removed, names, created_at) VALUES (?, ?, ?, ?, ?)',
    product,
    revision,
    how === 'removed' ? 1 : 0,
    Buffer.from(names.join('\n')),
    at,
  )
  run('DELETE FROM name_change WHERE product = ? AND created_at < ?', product, at - rememberedMs)
}
