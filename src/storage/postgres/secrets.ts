import { Sql } from '../mapping.ts'
import type { DataKeyCounts, DataKeyStore, FactStore, NewDataKey } from '../storage.ts'
import type { Connections, Session } from './connections.ts'
import { lockUntilCommit } from './locks.ts'
import { reseal } from './reseal.ts'

const rewrappedAtOnce = 1000

/** Inserts a data key within a row's own statement; the row is refused if the master key was rotated away. */
export const newDataKey = ({ masterKeyId, wrapped }: NewDataKey): Sql =>
  new Sql('insert_data_key(?, ?)', masterKeyId, wrapped)

/** Within a transaction. @throws StaleMasterKey */
export const insertDataKey = async (
  { one }: Pick<Session, 'one'>,
  { masterKeyId, wrapped }: NewDataKey,
): Promise<number> => (await one('SELECT insert_data_key($1, $2) AS id', masterKeyId, wrapped))!.id

export const factStore = ({ one, run }: Connections): FactStore => {
  const get = async (name: string): Promise<string | undefined> =>
    (await one('SELECT value FROM fact WHERE name = $1', name))?.value
  return {
    get,
    async settle(name, value) {
      await run('INSERT INTO fact (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', name, value)
      return (await get(name))!
    },
  }
}

export const dataKeyStore = ({ one, transaction }: Connections): DataKeyStore => ({
  find: async (id) => (await one('SELECT wrapped FROM data_key WHERE id = $1', id))?.wrapped,
  counts: async () =>
    (await one(
      `SELECT (SELECT count(*) FROM access_key) AS "accessKeys", (SELECT count(*) FROM product) AS products,
         (SELECT count(*) FROM batch) AS batches`,
    )) as DataKeyCounts,
  settle: (name, dataKey) =>
    transaction(async (session) => {
      await session.run('LOCK TABLE fact IN SHARE ROW EXCLUSIVE MODE')
      const before = await session.one('SELECT value FROM fact WHERE name = $1', name)
      if (before !== undefined) return Number(before.value)
      const id = await insertDataKey(session, dataKey)
      await session.run('INSERT INTO fact (name, value) VALUES ($1, $2)', name, String(id))
      return id
    }),
  rewrap: (masterKeyId, rewrap) =>
    transaction(async ({ all, run }) => {
      // A transaction that adds a data key waits until all are rewrapped (insert_data_key).
      await run(lockUntilCommit('masterKey'))
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
        `INSERT INTO fact (name, value) VALUES ('master_key_id', $1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        masterKeyId,
      )
      return keys.length
    }),
  reseal: (formerId, masterKeyId, anew) =>
    transaction((session) => reseal(session, formerId, masterKeyId, anew)),
  // The log is the database server's.
  truncateLog: async () => undefined,
})
