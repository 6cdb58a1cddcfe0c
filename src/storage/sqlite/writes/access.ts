import {
  type AccessKeyRow,
  type AccountRow,
  Conflict,
  type InstanceRow,
  type NewDataKey,
  type RamUserRow,
  type ResealedAccessKey,
} from '../../storage.ts'
import type { Statements } from '../statements.ts'
import { nextRamUserId } from './counter.ts'
import { insertDataKey } from './data-keys.ts'

export function accessWrites(statements: Statements) {
  const { one, all, run, insert, transaction } = statements
  const list = (allowed: readonly string[] | undefined) =>
    allowed === undefined ? null : JSON.stringify(allowed)
  return {
    insertAccount: (row: Omit<AccountRow, 'id'>): number =>
      transaction(() =>
        insert(
          'INSERT INTO account (uid, name, created_at) VALUES (?, ?, ?)',
          row.uid,
          row.name,
          row.createdAt,
        ),
      ),
    insertRamUser: (row: Omit<RamUserRow, 'id'>): number =>
      transaction(() =>
        insert(
          'INSERT INTO ram_user (id, account, name, allowed, created_at) VALUES (?, ?, ?, ?, ?)',
          nextRamUserId(statements),
          row.account,
          row.name,
          list(row.allowed),
          row.createdAt,
        ),
      ),
    deleteRamUser: (id: number): boolean =>
      transaction(() => {
        const keys = all('DELETE FROM access_key WHERE ram_user = ? RETURNING data_key', id)
        for (const { data_key } of keys) run('DELETE FROM data_key WHERE id = ?', data_key)
        return run('DELETE FROM ram_user WHERE id = ?', id) === 1
      }),
    setAllowed: (ramUser: number, allowed: readonly string[] | undefined): boolean =>
      transaction(() => run('UPDATE ram_user SET allowed = ? WHERE id = ?', list(allowed), ramUser) === 1),
    setQuota: (account: number, action: string, perSecond: number | undefined): void =>
      transaction(() => {
        if (perSecond === undefined)
          run('DELETE FROM quota WHERE account = ? AND action = ?', account, action)
        else
          run(
            'INSERT OR REPLACE INTO quota (account, action, per_second) VALUES (?, ?, ?)',
            account,
            action,
            perSecond,
          )
      }),

    insertAccessKey: (row: Omit<AccessKeyRow, 'dataKey'>, dataKey: NewDataKey): void =>
      transaction(() => {
        run(
          `INSERT INTO access_key (id, account, ram_user, active, data_key, sealed_secret, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          row.id,
          row.account,
          row.ramUser ?? null,
          row.active ? 1 : 0,
          insertDataKey(statements, dataKey),
          row.sealedSecret,
          row.createdAt,
        )
      }),
    setAccessKeyActive: (id: string, active: boolean, sealed?: ResealedAccessKey): boolean =>
      transaction(() => {
        const key = one('SELECT data_key, sealed_secret FROM access_key WHERE id = ?', id)
        if (key === undefined) return false
        run('UPDATE access_key SET active = ? WHERE id = ?', active ? 1 : 0, id)
        if (sealed === undefined) return true
        if (Buffer.compare(key.sealed_secret, sealed.before) !== 0)
          throw new Conflict(`the access key ${id} was changed meanwhile`)
        run(
          'UPDATE access_key SET data_key = ?, sealed_secret = ? WHERE id = ?',
          insertDataKey(statements, sealed.dataKey),
          sealed.after,
          id,
        )
        run('DELETE FROM data_key WHERE id = ?', key.data_key)
        return true
      }),
    deleteAccessKey: (id: string): boolean =>
      transaction(() => {
        const key = one('SELECT data_key FROM access_key WHERE id = ?', id)
        if (key === undefined) return false
        run('DELETE FROM access_key WHERE id = ?', id)
        run('DELETE FROM data_key WHERE id = ?', key.data_key)
        return true
      }),

    insertInstance: (row: Omit<InstanceRow, 'id'>): number =>
      transaction(() =>
        insert(
          'INSERT INTO instance (account, instance_id, kind, name, created_at) VALUES (?, ?, ?, ?, ?)',
          row.account,
          row.instanceId ?? null,
          row.kind,
          row.name,
          row.createdAt,
        ),
      ),
  }
}
