import * as rows from '../../rows.ts'
import type { DataKeyCounts } from '../../storage.ts'
import type { Statements } from '../statements.ts'

export function accessReads({ one, all }: Statements) {
  return {
    accounts: () => all('SELECT * FROM account ORDER BY id').map(rows.account),
    account: (id: number) => rows.maybe(one('SELECT * FROM account WHERE id = ?', id), rows.account),
    ramUsers: (of: number) =>
      all('SELECT * FROM ram_user WHERE account = ? ORDER BY id', of).map(rows.ramUser),
    ramUser: (id: number) => rows.maybe(one('SELECT * FROM ram_user WHERE id = ?', id), rows.ramUser),
    quotas: (of: number) =>
      all('SELECT action, per_second FROM quota WHERE account = ? ORDER BY action', of).map((row) => ({
        action: row.action as string,
        perSecond: row.per_second as number,
      })),
    quota: (of: number, action: string): number | undefined =>
      one('SELECT per_second FROM quota WHERE account = ? AND action = ?', of, action)?.per_second,

    accessKey: (id: string) =>
      rows.maybe(
        one(
          'SELECT k.*, d.wrapped FROM access_key k JOIN data_key d ON d.id = k.data_key WHERE k.id = ?',
          id,
        ),
        (row) => ({ ...rows.accessKey(row), wrappedKey: rows.buffer(row.wrapped) }),
      ),
    accessKeys: (of: number) =>
      all('SELECT * FROM access_key WHERE account = ? ORDER BY created_at, id', of).map(rows.accessKey),

    instance: (of: number, instanceId: string | undefined) =>
      rows.maybe(
        instanceId === undefined
          ? one('SELECT * FROM instance WHERE account = ? AND instance_id IS NULL', of)
          : one('SELECT * FROM instance WHERE instance_id = ? AND account = ?', instanceId, of),
        rows.instance,
      ),
    instances: (of: number) =>
      all('SELECT * FROM instance WHERE account = ? ORDER BY id', of).map(rows.instance),

    dataKey: (id: number) =>
      rows.maybe(one('SELECT wrapped FROM data_key WHERE id = ?', id), (row) => rows.buffer(row.wrapped)),
    dataKeys: () =>
      all('SELECT id, wrapped FROM data_key ORDER BY id').map((row) => ({
        id: row.id as number,
        wrapped: rows.buffer(row.wrapped),
      })),
    dataKeyCounts: () =>
      one(
        `SELECT (SELECT count(*) FROM access_key) AS accessKeys, (SELECT count(*) FROM product) AS products,
           (SELECT count(*) FROM batch) AS batches`,
      ) as unknown as DataKeyCounts,
    fact: (name: string): string | undefined => one('SELECT value FROM fact WHERE name = ?', name)?.value,
  }
}
