import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type {
  AccessKeyRow,
  AccountRow,
  BatchRow,
  InstanceRow,
  NewBatch,
  NewDataKey,
  ProductRow,
  RamUserRow,
} from '../storage.ts'
import { StaleMasterKey } from '../storage.ts'

import { storageError } from './errors.ts'

/** A batch as it crosses to the writing thread: strings instead of slices of a request's bytes. */
export interface NewBatchRows extends Omit<NewBatch, 'names' | 'sns' | 'nicknames' | 'size'> {
  readonly names: readonly string[]
  readonly sns: readonly (string | null)[]
  readonly nicknames: readonly (string | null)[] | undefined
}

/** Every write of the roll, each one transaction. They take and give plain data, so they can run on a thread. */
export type Writes = ReturnType<typeof writesOn>

export function writesOn(database: DatabaseSync) {
  const statements = new Map<string, StatementSync>()

  function run(sql: string, ...values: (string | number | Uint8Array | null)[]) {
    let statement = statements.get(sql)
    if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)))
    return statement.run(...values)
  }

  function one<Row>(sql: string, ...values: (string | number | null)[]): Row | undefined {
    let statement = statements.get(sql)
    if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)))
    return statement.get(...values) as Row | undefined
  }

  /** Runs `write` as one transaction; errors are told as the port has them. */
  function transaction<T>(write: () => T): T {
    try {
      database.exec('BEGIN IMMEDIATE')
      const result = write()
      database.exec('COMMIT')
      return result
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw storageError(error)
    }
  }

  const inserted = (result: { lastInsertRowid: number | bigint }) => Number(result.lastInsertRowid)

  function insertDataKey(key: NewDataKey): number {
    const fact = one<{ value: string }>(`SELECT value FROM fact WHERE name = 'master_key_id'`)
    if (fact?.value !== key.masterKeyId) throw new StaleMasterKey('the master key was rotated')
    return inserted(run('INSERT INTO data_key (wrapped) VALUES (?)', key.wrapped))
  }

  return {
    insertAccount: (row: Omit<AccountRow, 'id'>): number =>
      transaction(() =>
        inserted(
          run(
            'INSERT INTO account (uid, name, created_at) VALUES (?, ?, ?)',
            row.uid,
            row.name,
            row.createdAt,
          ),
        ),
      ),

    insertRamUser: (row: Omit<RamUserRow, 'id'>): number =>
      transaction(() =>
        inserted(
          run(
            'INSERT INTO ram_user (account, name, allowed, created_at) VALUES (?, ?, ?, ?)',
            row.account,
            row.name,
            row.allowed === undefined ? null : JSON.stringify(row.allowed),
            row.createdAt,
          ),
        ),
      ),

    setAllowed: (ramUser: number, allowed: readonly string[] | undefined): void =>
      transaction(() => {
        run(
          'UPDATE ram_user SET allowed = ? WHERE id = ?',
          allowed === undefined ? null : JSON.stringify(allowed),
          ramUser,
        )
      }),

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
          insertDataKey(dataKey),
          row.sealedSecret,
          row.createdAt,
        )
      }),

    setAccessKeyActive: (id: string, active: boolean): boolean =>
      transaction(
        () => run('UPDATE access_key SET active = ? WHERE id = ?', active ? 1 : 0, id).changes === 1,
      ),

    deleteAccessKey: (id: string): boolean =>
      transaction(() => {
        const key = one<{ data_key: number }>('SELECT data_key FROM access_key WHERE id = ?', id)
        if (key === undefined) return false
        run('DELETE FROM access_key WHERE id = ?', id)
        run('DELETE FROM data_key WHERE id = ?', key.data_key)
        return true
      }),

    insertInstance: (row: Omit<InstanceRow, 'id'>): number =>
      transaction(() =>
        inserted(
          run(
            'INSERT INTO instance (account, instance_id, kind, name, created_at) VALUES (?, ?, ?, ?, ?)',
            row.account,
            row.instanceId ?? null,
            row.kind,
            row.name,
            row.createdAt,
          ),
        ),
      ),

    insertProduct: (
      row: Omit<ProductRow, 'id' | 'dataKey' | 'deviceCount' | 'revision'>,
      dataKey: NewDataKey,
    ): number =>
      transaction(() =>
        inserted(
          run(
            `INSERT INTO product (instance, product_key, name, auth_type, node_type, data_format, net_type, protocol_type,
               category_key, description, commodity_code, validate_type, data_key, sealed_secret, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            row.instance,
            row.productKey,
            row.name,
            row.authType,
            row.nodeType,
            row.dataFormat,
            row.netType,
            row.protocolType ?? null,
            row.categoryKey ?? null,
            row.description,
            row.commodityCode,
            row.validateType ?? null,
            insertDataKey(dataKey),
            row.sealedSecret,
            row.createdAt,
          ),
        ),
      ),

    insertBatch: (batch: NewBatchRows): BatchRow =>
      transaction(() => {
        const dataKey = insertDataKey(batch.dataKey)
        // Batches are never deleted, so the last one tells the next number even after devices are.
        const last = one<{ next: number }>(
          'SELECT first_number + size AS next FROM batch ORDER BY id DESC LIMIT 1',
        )
        const firstNumber = last?.next ?? 1
        const size = batch.names.length
        const id = inserted(
          run(
            'INSERT INTO batch (account, product, first_number, size, data_key, created_at) VALUES (?, ?, ?, ?, ?, ?)',
            batch.account,
            batch.product,
            firstNumber,
            size,
            dataKey,
            batch.createdAt,
          ),
        )
        batch.blocks.forEach((sealed, block) => {
          run('INSERT INTO batch_block (batch, block, sealed) VALUES (?, ?, ?)', id, block, sealed)
        })
        batch.names.forEach((name, i) => {
          run(
            'INSERT INTO device (number, product, name, batch, sn, nickname) VALUES (?, ?, ?, ?, ?, ?)',
            firstNumber + i,
            batch.product,
            name,
            id,
            batch.sns[i] ?? null,
            batch.nicknames?.[i] ?? null,
          )
        })
        run(
          'UPDATE product SET device_count = device_count + ?, revision = revision + 1 WHERE id = ?',
          size,
          batch.product,
        )
        const { account, product, createdAt } = batch
        return { id, account, product, firstNumber, size, dataKey, createdAt }
      }),

    deleteDevice: (number: number): boolean =>
      transaction(() => {
        const device = one<{ product: number }>('SELECT product FROM device WHERE number = ?', number)
        if (device === undefined) return false
        run('DELETE FROM device WHERE number = ?', number)
        run(
          'UPDATE product SET device_count = device_count - 1, revision = revision + 1 WHERE id = ?',
          device.product,
        )
        return true
      }),

    settleFact: (name: string, value: string): string =>
      transaction(() => {
        run('INSERT OR IGNORE INTO fact (name, value) VALUES (?, ?)', name, value)
        return one<{ value: string }>('SELECT value FROM fact WHERE name = ?', name)!.value
      }),

    settleDataKey: (name: string, dataKey: NewDataKey): number =>
      transaction(() => {
        const before = one<{ value: string }>('SELECT value FROM fact WHERE name = ?', name)
        if (before !== undefined) return Number(before.value)
        const id = insertDataKey(dataKey)
        run('INSERT INTO fact (name, value) VALUES (?, ?)', name, String(id))
        return id
      }),

    rewrapDataKeys: (masterKeyId: string, rewrap: (wrapped: Uint8Array) => Uint8Array): number =>
      transaction(() => {
        const keys = database.prepare('SELECT id, wrapped FROM data_key').all() as {
          id: number
          wrapped: Uint8Array
        }[]
        for (const { id, wrapped } of keys)
          run('UPDATE data_key SET wrapped = ? WHERE id = ?', rewrap(wrapped), id)
        run(`INSERT OR REPLACE INTO fact (name, value) VALUES ('master_key_id', ?)`, masterKeyId)
        return keys.length
      }),
  }
}
