import type { Column } from '../../lib/columns.ts'
import { nameChangesMs } from '../retention.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { NameStore } from '../storage.ts'
import type { Statements } from './statements.ts'
import { subject } from './subject.ts'

export const names = subject<NameStore, keyof NameStore>(
  ({ one, all }) => ({
    // One statement for all names. CROSS JOIN as in devices.ts.
    namesTaken(product, names, entries) {
      if (entries.length === 0) return []
      const found = all(
        'SELECT asked.key FROM json_each(?1) asked CROSS JOIN device d ON d.product = ?2 AND d.name = asked.value',
        jsonList(names, entries),
        product,
      )
      return found.map(({ key }) => entries[key]!)
    },
    namesAfter(product, after, limit) {
      const { names, last } = one(
        `SELECT CAST(group_concat(name, char(10)) AS BLOB) AS names, max(name) AS last
         FROM (SELECT name FROM device WHERE product = ? AND name > ? ORDER BY name LIMIT ?)`,
        product,
        after,
        limit,
      )!
      return last === null ? { names: new Uint8Array() } : { names, last }
    },
    changesSince: (product, revision, limit) =>
      all(
        'SELECT * FROM name_change WHERE product = ? AND revision > ? ORDER BY revision LIMIT ?',
        product,
        revision,
        limit,
      ).map(rows.nameChange),
  }),
  () => ({}),
)

/** ["name","name",…] straight from bytes: the names asked for are valid, so JSON needs no escapes in them. */
function jsonList({ bytes, start, length }: Column, entries: Int32Array): string {
  let size = 1
  for (const entry of entries) size += length[entry]! + 3
  const json = Buffer.allocUnsafe(size)
  let end = 0
  for (const entry of entries) {
    json[end++] = end === 1 ? 0x5b : 0x2c
    json[end++] = 0x22
    const from = start[entry]!
    for (let i = from; i < from + length[entry]!; i++) json[end++] = bytes[i]!
    json[end++] = 0x22
  }
  json[end++] = 0x5d
  return json.toString('latin1', 0, end)
}

/** Within a transaction that added or removed devices: the product's count, its revision and the change log. */
export function namesChanged(
  { one, run, insert }: Statements,
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
  const removed = how === 'removed'
  insert(schema.nameChange, {
    product,
    revision,
    removed,
    names: Buffer.from(names.join('\n')),
    createdAt: at,
  })
  run('DELETE FROM name_change WHERE product = ? AND created_at < ?', product, at - nameChangesMs)
}
