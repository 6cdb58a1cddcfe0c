import type { NewDataKey, NewProductRow, ProductChange, Tag } from '../../storage.ts'
import type { Statements } from '../statements.ts'
import { nextId } from './counter.ts'
import { insertDataKey } from './data-keys.ts'
import { sessionChanged } from './session-changes.ts'

/** Tables whose rows are tied to a product, besides its batches. */
const ofProduct = [
  'group_device',
  'device_tag',
  'device_session',
  'device_subscription',
  'device_message',
  'device',
  'name_change',
  'checked_list',
  'product_tag',
  'topic_classes',
]

export function productWrites(statements: Statements) {
  const { one, run, transaction } = statements
  return {
    insertProduct: (row: NewProductRow, dataKey: NewDataKey): number =>
      transaction(() => {
        const id = nextId(statements, 'product', 1)
        run(
          `INSERT INTO product (id, instance, product_key, name, auth_type, node_type, data_format, net_type,
             protocol_type, category_key, description, commodity_code, validate_type, data_key, sealed_secret,
             created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          id,
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
          insertDataKey(statements, dataKey),
          row.sealedSecret,
          row.createdAt,
        )
        return id
      }),

    updateProduct: (id: number, { name, description, released }: ProductChange): boolean =>
      transaction(
        () =>
          run(
            `UPDATE product SET name = coalesce(?, name), description = coalesce(?, description),
               released = coalesce(?, released) WHERE id = ?`,
            name ?? null,
            description ?? null,
            released === undefined ? null : Number(released),
            id,
          ) === 1,
      ),

    deleteProduct: (id: number, at: number): boolean =>
      transaction(() => {
        const product = one('SELECT data_key FROM product WHERE id = ?', id)
        if (product === undefined) return false
        for (const table of ofProduct) run(`DELETE FROM ${table} WHERE product = ?`, id)
        run('DELETE FROM batch_block WHERE batch IN (SELECT id FROM batch WHERE product = ?)', id)
        run('CREATE TEMP TABLE IF NOT EXISTS gone (data_key INTEGER)')
        run('INSERT INTO gone SELECT data_key FROM batch WHERE product = ?', id)
        run('DELETE FROM batch WHERE product = ?', id)
        run('DELETE FROM product WHERE id = ?', id)
        run('DELETE FROM data_key WHERE id = ? OR id IN (SELECT data_key FROM gone)', product.data_key)
        run('DELETE FROM gone')
        sessionChanged(statements, id, 'product', [], at)
        return true
      }),

    setProductTags: (product: number, tags: readonly Tag[], max: number): boolean =>
      transaction(() => {
        const asked = JSON.stringify(tags)
        const { count } = one(
          `SELECT count(*) AS count FROM (SELECT key FROM product_tag WHERE product = ?
             UNION SELECT value ->> 'key' FROM json_each(?))`,
          product,
          asked,
        )!
        if (count > max) return false
        run(
          `INSERT OR REPLACE INTO product_tag (product, key, value)
           SELECT ?, value ->> 'key', value ->> 'value' FROM json_each(?)`,
          product,
          asked,
        )
        return true
      }),
    deleteProductTags: (product: number, keys: readonly string[]): void =>
      transaction(() => {
        run(
          'DELETE FROM product_tag WHERE product = ? AND key IN (SELECT value FROM json_each(?))',
          product,
          JSON.stringify(keys),
        )
      }),
  }
}
