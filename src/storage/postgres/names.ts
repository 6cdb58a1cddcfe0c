import { type Column, textAt } from '../../lib/columns.ts'
import { nameChangesMs } from '../retention.ts'
import * as rows from '../rows.ts'
import type { NameStore } from '../storage.ts'
import type { Connections, Session } from './connections.ts'

export const nameStore = ({ all }: Connections): NameStore => ({
  async namesTaken(product, names, entries) {
    if (entries.length === 0) return []
    const asked = new Map(Array.from(entries, (entry) => [textAt(names, entry)!, entry]))
    const found = await all(
      `SELECT name FROM device WHERE product = $1 AND name = ANY(string_to_array($2, E'\\n'))`,
      product,
      lines(names, entries),
    )
    return found.map(({ name }) => asked.get(name)!)
  },
  async namesAfter(product, after, limit) {
    const found = await all(
      'SELECT name FROM device WHERE product = $1 AND name > $2 ORDER BY name LIMIT $3',
      product,
      after,
      limit,
    )
    const names = Buffer.from(found.map(({ name }) => name).join('\n'))
    return found.length === 0 ? { names } : { names, last: found.at(-1)!.name }
  },
  changesSince: async (product, revision, limit) =>
    (
      await all(
        'SELECT * FROM name_change WHERE product = $1 AND revision > $2 ORDER BY revision LIMIT $3',
        product,
        revision,
        limit,
      )
    ).map(rows.nameChange),
})

/** The names of entries, separated by line feeds, straight from bytes: the names asked for are valid. */
function lines({ bytes, start, length }: Column, entries: Int32Array): string {
  let size = 0
  for (const entry of entries) size += length[entry]! + 1
  const text = Buffer.allocUnsafe(size)
  let end = 0
  for (const entry of entries) {
    text.set(bytes.subarray(start[entry]!, start[entry]! + length[entry]!), end)
    end += length[entry]!
    text[end++] = 0x0a
  }
  return text.toString('latin1', 0, end - 1)
}

/** The product's count, revision and change log; last in a transaction, because it locks the product's row. */
export const namesChanged = (
  { run }: Session,
  product: number,
  names: readonly string[],
  how: 'added' | 'removed',
  at: number,
): Promise<void> =>
  run(
    'SELECT names_changed($1, $2, $3, $4, $5)',
    product,
    how === 'added' ? names.length : -names.length,
    names.join('\n'),
    at,
    nameChangesMs,
  )
