import { type NewDataKey, StaleMasterKey } from '../../storage.ts'
import type { Statements } from '../statements.ts'

/** Within a transaction. @throws StaleMasterKey */
export function insertDataKey({ one, insert }: Statements, key: NewDataKey): number {
  const fact = one(`SELECT value FROM fact WHERE name = 'master_key_id'`)
  if (fact?.value !== key.masterKeyId) throw new StaleMasterKey('the master key was rotated')
  return insert('INSERT INTO data_key (wrapped) VALUES (?)', key.wrapped)
}

export function dataKeyWrites(statements: Statements) {
  const { one, all, run, transaction } = statements
  return {
    settleFact: (name: string, value: string): string =>
      transaction(() => {
        run('INSERT OR IGNORE INTO fact (name, value) VALUES (?, ?)', name, value)
        return one('SELECT value FROM fact WHERE name = ?', name)!.value
      }),
    settleDataKey: (name: string, dataKey: NewDataKey): number =>
      transaction(() => {
        const before = one('SELECT value FROM fact WHERE name = ?', name)
        if (before !== undefined) return Number(before.value)
        const id = insertDataKey(statements, dataKey)
        run('INSERT INTO fact (name, value) VALUES (?, ?)', name, String(id))
        return id
      }),
    rewrapDataKeys: (masterKeyId: string, rewrap: (wrapped: Uint8Array) => Uint8Array): number =>
      transaction(() => {
        const keys = all('SELECT id, wrapped FROM data_key')
        for (const { id, wrapped } of keys)
          run('UPDATE data_key SET wrapped = ? WHERE id = ?', rewrap(wrapped), id)
        run(`INSERT OR REPLACE INTO fact (name, value) VALUES ('master_key_id', ?)`, masterKeyId)
        return keys.length
      }),
  }
}
