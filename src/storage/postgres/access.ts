import * as rows from '../rows.ts'
import {
  type AccessKeyStore,
  type AccountStore,
  Conflict,
  type DataKeyCounts,
  type DataKeyStore,
  type FactStore,
  type InstanceStore,
} from '../storage.ts'
import type { Connections } from './connections.ts'
import { reseal } from './reseal.ts'

const list = (allowed: readonly string[] | undefined) =>
  allowed === undefined ? null : JSON.stringify(allowed)

export const accountStore = ({ all, one, run, transaction }: Connections): AccountStore => ({
  insert: async ({ uid, name, createdAt }) =>
    (await one(
      'INSERT INTO account (uid, name, created_at) VALUES ($1, $2, $3) RETURNING id',
      uid,
      name,
      createdAt,
    ))!.id,
  all: async () => (await all('SELECT * FROM account ORDER BY id')).map(rows.account),
  find: async (id) => rows.maybe(await one('SELECT * FROM account WHERE id = $1', id), rows.account),
  insertRamUser: async ({ account, name, allowed, createdAt }) =>
    (await one(
      'INSERT INTO ram_user (account, name, allowed, created_at) VALUES ($1, $2, $3, $4) RETURNING id',
      account,
      name,
      list(allowed),
      createdAt,
    ))!.id,
  ramUsers: async (account) =>
    (await all('SELECT * FROM ram_user WHERE account = $1 ORDER BY id', account)).map(rows.ramUser),
  ramUser: async (id) => rows.maybe(await one('SELECT * FROM ram_user WHERE id = $1', id), rows.ramUser),
  deleteRamUser: (id) =>
    transaction(async ({ all, one, run }) => {
      // Whoever makes a key of the user waits, and then finds that it is gone.
      if ((await one('SELECT 1 FROM ram_user WHERE id = $1 FOR UPDATE', id)) === undefined) return false
      const keys = await all('DELETE FROM access_key WHERE ram_user = $1 RETURNING data_key', id)
      await run(
        'DELETE FROM data_key WHERE id = ANY($1::bigint[])',
        keys.map(({ data_key }) => data_key),
      )
      await run('DELETE FROM ram_user WHERE id = $1', id)
      return true
    }),
  setAllowed: async (ramUser, allowed) =>
    (await one('UPDATE ram_user SET allowed = $1 WHERE id = $2 RETURNING id', list(allowed), ramUser)) !==
    undefined,
  quotas: async (account) =>
    (await all('SELECT action, per_second FROM quota WHERE account = $1 ORDER BY action', account)).map(
      ({ action, per_second }) => ({ action, perSecond: per_second }),
    ),
  async setQuota(account, action, perSecond) {
    if (perSecond === undefined) {
      await run('DELETE FROM quota WHERE account = $1 AND action = $2', account, action)
    } else {
      await run(
        `INSERT INTO quota VALUES ($1, $2, $3)
         ON CONFLICT (account, action) DO UPDATE SET per_second = excluded.per_second`,
        account,
        action,
        perSecond,
      )
    }
  },
})

export const accessKeyStore = ({ all, one, run, transaction }: Connections): AccessKeyStore => ({
  insert: async (row, { wrapped, masterKeyId }) => {
    // The data key is refused under a master key that was rotated away.
    await run(
      `INSERT INTO access_key (id, account, ram_user, active, data_key, sealed_secret, created_at)
       VALUES ($1, $2, $3, $4, insert_data_key($5, $6), $7, $8)`,
      row.id,
      row.account,
      row.ramUser ?? null,
      row.active,
      masterKeyId,
      wrapped,
      row.sealedSecret,
      row.createdAt,
    )
  },
  find: async (id) =>
    rows.maybe(
      await one(
        'SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key WHERE k.id = $1',
        id,
      ),
      (row) => ({ ...rows.accessKey(row), wrappedKey: row.wrapped }),
    ),
  of: async (account) =>
    (await all('SELECT * FROM access_key WHERE account = $1 ORDER BY created_at, id', account)).map(
      rows.accessKey,
    ),
  setActive: (id, active, sealed) =>
    transaction(async ({ one, run }) => {
      const key = await one('SELECT data_key, sealed_secret FROM access_key WHERE id = $1 FOR UPDATE', id)
      if (key === undefined) return false
      await run('UPDATE access_key SET active = $1 WHERE id = $2', active, id)
      if (sealed === undefined) return true
      if (!sealed.before.equals(key.sealed_secret))
        throw new Conflict(`the access key ${id} was changed meanwhile`)
      const { masterKeyId, wrapped } = sealed.dataKey
      const dataKey = (await one('SELECT insert_data_key($1, $2) AS id', masterKeyId, wrapped))!
      await run(
        'UPDATE access_key SET data_key = $1, sealed_secret = $2 WHERE id = $3',
        dataKey.id,
        sealed.after,
        id,
      )
      await run('DELETE FROM data_key WHERE id = $1', key.data_key)
      return true
    }),
  delete: (id) =>
    transaction(async ({ one, run }) => {
      const deleted = await one('DELETE FROM access_key WHERE id = $1 RETURNING data_key', id)
      if (deleted === undefined) return false
      await run('DELETE FROM data_key WHERE id = $1', deleted.data_key)
      return true
    }),
})

export const instanceStore = ({ all, one }: Connections): InstanceStore => ({
  insert: async (row) =>
    (await one(
      'INSERT INTO instance (account, instance_id, kind, name, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id',
      row.account,
      row.instanceId ?? null,
      row.kind,
      row.name,
      row.createdAt,
    ))!.id,
  find: async (account, instanceId) =>
    rows.maybe(
      await one(
        'SELECT * FROM instance WHERE account = $1 AND instance_id IS NOT DISTINCT FROM $2',
        account,
        instanceId ?? null,
      ),
      rows.instance,
    ),
  of: async (account) =>
    (await all('SELECT * FROM instance WHERE account = $1 ORDER BY id', account)).map(rows.instance),
})

export const factStore = ({ one, run }: Connections): FactStore => {
  const get = async (name: string): Promise<string | undefined> =>
    (await one('SELECT value FROM fact WHERE name = $1', name))?.value
  return {
    get,
    async settle(name, value) {
      await run('INSERT INTO fact VALUES ($1, $2) ON CONFLICT DO NOTHING', name, value)
      return (await get(name))!
    },
  }
}

export const dataKeyStore = ({ one, transaction }: Connections): DataKeyStore => ({
  counts: async () =>
    (await one(
      `SELECT (SELECT count(*) FROM access_key) AS "accessKeys", (SELECT count(*) FROM product) AS products,
         (SELECT count(*) FROM batch) AS batches`,
    )) as DataKeyCounts,
  reseal: (formerId, masterKeyId, anew) =>
    transaction((session) => reseal(session, formerId, masterKeyId, anew)),
  // The log is the database server's.
  truncateLog: async () => undefined,
  find: async (id) => (await one('SELECT wrapped FROM data_key WHERE id = $1', id))?.wrapped,
  settle: (name, { wrapped, masterKeyId }) =>
    transaction(async ({ one, run }) => {
      await run('LOCK TABLE fact IN SHARE ROW EXCLUSIVE MODE')
      const before = await one('SELECT value FROM fact WHERE name = $1', name)
      if (before !== undefined) return Number(before.value)
      const { id } = (await one('SELECT insert_data_key($1, $2) AS id', masterKeyId, wrapped))!
      await run('INSERT INTO fact VALUES ($1, $2)', name, String(id))
      return id
    }),
  rewrap: (masterKeyId, rewrap) =>
    transaction(async ({ all, run }) => {
      // Whoever adds a data key waits until all are wrapped anew (insert_data_key).
      await run('SELECT pg_advisory_xact_lock(7026, 1)')
      const keys = await all('SELECT id, wrapped FROM data_key')
      for (let first = 0; first < keys.length; first += rewrappedAtOnce) {
        const some = keys.slice(first, first + rewrappedAtOnce)
        await run(
          `UPDATE data_key SET wrapped = anew.wrapped FROM unnest($1::bigint[], $2::bytea[]) anew (id, wrapped)
           WHERE data_key.id = anew.id`,
          some.map(({ id }) => id),
          some.map(({ wrapped }) => rewrap(wrapped)),
        )
      }
      await run(
        `INSERT INTO fact VALUES ('master_key_id', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        masterKeyId,
      )
      return keys.length
    }),
})

const rewrappedAtOnce = 1000
