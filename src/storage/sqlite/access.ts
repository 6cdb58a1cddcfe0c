import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import { type AccessKeyStore, type AccountStore, Conflict, type InstanceStore } from '../storage.ts'
import { nextRamUserId } from './counter.ts'
import { insertDataKey } from './secrets.ts'
import { subject } from './subject.ts'

export const accounts = subject<AccountStore, 'all' | 'find' | 'ramUsers' | 'ramUser' | 'quotas'>(
  ({ one, all }) => ({
    all: () => all('SELECT * FROM account ORDER BY id').map(rows.account),
    find: (id) => rows.maybe(one('SELECT * FROM account WHERE id = ?', id), rows.account),
    ramUsers: (account) =>
      all('SELECT * FROM ram_user WHERE account = ? ORDER BY id', account).map(rows.ramUser),
    ramUser: (id) => rows.maybe(one('SELECT * FROM ram_user WHERE id = ?', id), rows.ramUser),
    quotas: (account) =>
      all('SELECT * FROM quota WHERE account = ? ORDER BY action', account).map(rows.quota),
  }),
  (statements) => {
    const { all, run, insert, transaction } = statements
    return {
      insert: (row) => transaction(() => insert(schema.account, row)),
      insertRamUser: (row) =>
        transaction(() => insert(schema.ramUser, row, { id: nextRamUserId(statements) })),
      deleteRamUser: (id) =>
        transaction(() => {
          const keys = all('DELETE FROM access_key WHERE ram_user = ? RETURNING data_key', id)
          for (const { data_key } of keys) run('DELETE FROM data_key WHERE id = ?', data_key)
          return run('DELETE FROM ram_user WHERE id = ?', id) === 1
        }),
      setAllowed: (ramUser, allowed) =>
        transaction(() => {
          const list = allowed === undefined ? null : JSON.stringify(allowed)
          return run('UPDATE ram_user SET allowed = ? WHERE id = ?', list, ramUser) === 1
        }),
      setQuota: (account, action, perSecond) =>
        transaction(() => {
          run('DELETE FROM quota WHERE account = ? AND action = ?', account, action)
          if (perSecond !== undefined) insert(schema.quota, { account, action, perSecond })
        }),
    }
  },
)

export const accessKeys = subject<AccessKeyStore, 'find' | 'of'>(
  ({ one, all }) => ({
    find: (id) =>
      rows.maybe(
        one(
          'SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key WHERE k.id = ?',
          id,
        ),
        rows.sealedAccessKey,
      ),
    of: (account) =>
      all('SELECT * FROM access_key WHERE account = ? ORDER BY created_at, id', account).map(rows.accessKey),
  }),
  (statements) => {
    const { one, run, insert, transaction } = statements
    return {
      insert: (row, dataKey) =>
        transaction(() => {
          insert(schema.accessKey, { ...row, dataKey: insertDataKey(statements, dataKey) })
        }),
      setActive: (id, active, sealed) =>
        transaction(() => {
          const key = one('SELECT data_key, sealed_secret FROM access_key WHERE id = ?', id)
          if (key === undefined) return false
          run('UPDATE access_key SET active = ? WHERE id = ?', Number(active), id)
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
      delete: (id) =>
        transaction(() => {
          const key = one('DELETE FROM access_key WHERE id = ? RETURNING data_key', id)
          if (key === undefined) return false
          run('DELETE FROM data_key WHERE id = ?', key.data_key)
          return true
        }),
    }
  },
)

export const instances = subject<InstanceStore, 'find' | 'of'>(
  ({ one, all }) => ({
    find: (account, instanceId) =>
      rows.maybe(
        instanceId === undefined
          ? one('SELECT * FROM instance WHERE account = ? AND instance_id IS NULL', account)
          : one('SELECT * FROM instance WHERE instance_id = ? AND account = ?', instanceId, account),
        rows.instance,
      ),
    of: (account) => all('SELECT * FROM instance WHERE account = ? ORDER BY id', account).map(rows.instance),
  }),
  ({ insert, transaction }) => ({
    insert: (row) => transaction(() => insert(schema.instance, row)),
  }),
)
