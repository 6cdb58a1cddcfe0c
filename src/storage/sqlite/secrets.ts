import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import {
  type DataKeyCounts,
  type DataKeyStore,
  type FactStore,
  type NewDataKey,
  StaleMasterKey,
} from '../storage.ts'
import type { Statements } from './statements.ts'
import { subject } from './subject.ts'

/** Within a transaction. @throws StaleMasterKey */
export function insertDataKey({ one, insert }: Statements, { wrapped, masterKeyId }: NewDataKey): number {
  const fact = one(`SELECT value FROM fact WHERE name = 'master_key_id'`)
  if (fact?.value !== masterKeyId) throw new StaleMasterKey('the master key was rotated')
  return insert(schema.dataKey, { wrapped })
}

const factOf = ({ one }: Statements, name: string): string | undefined =>
  one('SELECT value FROM fact WHERE name = ?', name)?.value

export const facts = subject<FactStore, 'get'>(
  (statements) => ({ get: (name) => factOf(statements, name) }),
  (statements) => ({
    settle: (name, value) =>
      statements.transaction(() => {
        statements.run('INSERT OR IGNORE INTO fact (name, value) VALUES (?, ?)', name, value)
        return factOf(statements, name)!
      }),
  }),
)

export const dataKeys = subject<DataKeyStore, 'find' | 'counts', 'settle'>(
  ({ one }) => ({
    find: (id) =>
      rows.maybe(one('SELECT wrapped FROM data_key WHERE id = ?', id), ({ wrapped }) => rows.buffer(wrapped)),
    counts: () =>
      one(
        `SELECT (SELECT count(*) FROM access_key) AS accessKeys, (SELECT count(*) FROM product) AS products,
           (SELECT count(*) FROM batch) AS batches`,
      ) as unknown as DataKeyCounts,
  }),
  (statements) => ({
    settle: (name, dataKey) =>
      statements.transaction(() => {
        const before = factOf(statements, name)
        if (before !== undefined) return Number(before)
        const id = insertDataKey(statements, dataKey)
        statements.insert(schema.fact, { name, value: String(id) })
        return id
      }),
  }),
)

/** DataKeyStore.rewrap on the caller's own connection: a function can't be sent to the writing thread. */
export function rewrap(
  { all, run, transaction }: Statements,
  masterKeyId: string,
  rewrapped: (wrapped: Buffer) => Buffer,
): number {
  const wrappedKeys = () =>
    all('SELECT id, wrapped FROM data_key ORDER BY id').map(({ id, wrapped }) => ({
      id: id as number,
      wrapped: rows.buffer(wrapped),
    }))
  // Wrapped before the lock is taken, so that other writes wait only for the keys that were added since.
  const done = new Map(wrappedKeys().map(({ wrapped }) => [wrapped.toString('hex'), rewrapped(wrapped)]))
  return transaction(() => {
    const keys = wrappedKeys()
    for (const { id, wrapped } of keys) {
      const anew = done.get(wrapped.toString('hex')) ?? rewrapped(wrapped)
      run('UPDATE data_key SET wrapped = ? WHERE id = ?', anew, id)
    }
    run(`INSERT OR REPLACE INTO fact (name, value) VALUES ('master_key_id', ?)`, masterKeyId)
    return keys.length
  })
}
