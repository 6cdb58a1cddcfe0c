import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import { type AccessKeyStore, type AccountStore, Conflict, type InstanceStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { insertRow } from './insert.ts'
import { insertDataKey, newDataKey } from './secrets.ts'

export const accountStore = (connections: Connections): AccountStore => {
  const { all, one, run, transaction } = connections
  return {
    insert: (row) => insertRow(connections, schema.account, row),
    all: async () => (await all('SELECT * FROM account ORDER BY id')).map(rows.account),
    find: async (id) => rows.maybe(await one('SELECT * FROM account WHERE id = $1', id), rows.account),
    insertRamUser: (row) => insertRow(connections, schema.ramUser, row),
    ramUsers: async (account) =>
      (await all('SELECT * FROM ram_user WHERE account = $1 ORDER BY id', account)).map(rows.ramUser),
    ramUser: async (id) => rows.maybe(await one('SELECT * FROM ram_user WHERE id = $1', id), rows.ramUser),
    deleteRamUser: (id) =>
      transaction(async ({ all, one, run }) => {
        // A transaction that makes a key of the user waits, and then finds that the user is gone.
        if ((await one('SELECT 1 FROM ram_user WHERE id = $1 FOR UPDATE', id)) === undefined) return false
        const keys = await all('DELETE FROM access_key WHERE ram_user = $1 RETURNING data_key', id)
        await run(
          'DELETE FROM data_key WHERE id = ANY($1::bigint[])',
          keys.map(({ data_key }) => data_key),
        )
        await run('DELETE FROM ram_user WHERE id = $1', id)
        return true
      }),
    setAllowed: async (ramUser, allowed) => {
      const list = allowed === undefined ? null : JSON.stringify(allowed)
      const sql = 'UPDATE ram_user SET allowed = $1 WHERE id = $2 RETURNING id'
      return (await one(sql, list, ramUser)) !== undefined
    },
    quotas: async (account) =>
      (await all('SELECT * FROM quota WHERE account = $1 ORDER BY action', account)).map(rows.quota),
    async setQuota(account, action, perSecond) {
      if (perSecond === undefined) {
        await run('DELETE FROM quota WHERE account = $1 AND action = $2', account, action)
      } else {
        await run(
          `INSERT INTO quota (account, action, per_second) VALUES ($1, $2, $3)
           ON CONFLICT (account, action) DO UPDATE SET per_second = excluded.per_second`,
          account,
          action,
          perSecond,
        )
      }
    },
  }
}

export const accessKeyStore = (connections: Connections): AccessKeyStore => ({
  async insert(row, dataKey) {
    await insertRow(connections, schema.accessKey, { ...row, dataKey: newDataKey(dataKey) })
  },
  find: async (id) =>
    rows.maybe(
      await connections.one(
        'SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key WHERE k.id = $1',
        id,
      ),
      rows.sealedAccessKey,
    ),
  of: async (account) =>
    (
      await connections.all('SELECT * FROM access_key WHERE account = $1 ORDER BY created_at, id', account)
    ).map(rows.accessKey),
  setActive: (id, active, sealed) =>
    connections.transaction(async (session) => {
      const { one, run } = session
      const key = await one('SELECT data_key, sealed_secret FROM access_key WHERE id = $1 FOR UPDATE', id)
      if (key === undefined) return false
      await run('UPDATE access_key SET active = $1 WHERE id = $2', active, id)
      if (sealed === undefined) return true
      if (!sealed.before.equals(key.sealed_secret))
        throw new Conflict(`the access key ${id} was changed meanwhile`)
      await run(
        'UPDATE access_key SET data_key = $1, sealed_secret = $2 WHERE id = $3',
        await insertDataKey(session, sealed.dataKey),
        sealed.after,
        id,
      )
      await run('DELETE FROM data_key WHERE id = $1', key.data_key)
      return true
    }),
  delete: (id) =>
    connections.transaction(async ({ one, run }) => {
      const deleted = await one('DELETE FROM access_key WHERE id = $1 RETURNING data_key', id)
      if (deleted === undefined) return false
      await run('DELETE FROM data_key WHERE id = $1', deleted.data_key)
      return true
    }),
})

export const instanceStore = (connections: Connections): InstanceStore => ({
  insert: (row) => insertRow(connections, schema.instance, row),
  find: async (account, instanceId) =>
    rows.maybe(
      await connections.one(
        'SELECT * FROM instance WHERE account = $1 AND instance_id IS NOT DISTINCT FROM $2',
        account,
        instanceId ?? null,
      ),
      rows.instance,
    ),
  of: async (account) =>
    (await connections.all('SELECT * FROM instance WHERE account = $1 ORDER BY id', account)).map(
      rows.instance,
    ),
})
