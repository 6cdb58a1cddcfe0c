import { tablesOfProduct } from '../content.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { ProductFilter, ProductStore } from '../storage.ts'
import { nextId } from './counter.ts'
import { insertDataKey } from './secrets.ts'
import { sessionChanged } from './session-changes.ts'
import { subject } from './subject.ts'

/** ?3 is a list of tags as JSON; one without a value asks for its key alone. */
const filtered = `instance = ?1 AND (?2 IS NULL OR commodity_code = ?2) AND (?3 IS NULL OR id IN (
  SELECT t.product FROM json_each(?3) asked
    CROSS JOIN product_tag t ON t.key = asked.value ->> 'key'
      AND coalesce(asked.value ->> 'value', t.value) = t.value))`

const valuesOf = (instance: number, { commodityCode, anyTag }: ProductFilter) =>
  [instance, commodityCode ?? null, anyTag === undefined ? null : JSON.stringify(anyTag)] as const

export const products = subject<ProductStore, 'find' | 'findById' | 'page' | 'count' | 'sums' | 'tags'>(
  ({ one, all }) => ({
    find: (instance, productKey) =>
      rows.maybe(
        one('SELECT * FROM product WHERE product_key = ? AND instance = ?', productKey, instance),
        rows.product,
      ),
    findById: (instance, id) =>
      rows.maybe(one('SELECT * FROM product WHERE id = ? AND instance = ?', id, instance), rows.product),
    page: (instance, filter, offset, limit) =>
      all(
        `SELECT * FROM product WHERE ${filtered} ORDER BY id DESC LIMIT ?4 OFFSET ?5`,
        ...valuesOf(instance, filter),
        limit,
        offset,
      ).map(rows.product),
    count: (instance, filter) =>
      one(`SELECT count(*) AS count FROM product WHERE ${filtered}`, ...valuesOf(instance, filter))!.count,
    sums: (account) =>
      all(
        `SELECT i.id, count(*) AS products, sum(p.device_count) AS devices
         FROM instance i JOIN product p ON p.instance = i.id WHERE i.account = ? GROUP BY i.id`,
        account,
      ).map(rows.productSum),
    tags: (product) =>
      all('SELECT key, value FROM product_tag WHERE product = ? ORDER BY key', product).map(rows.tag),
  }),
  (statements) => {
    const { one, run, insert, transaction } = statements
    return {
      insert: (row, dataKey) =>
        transaction(() => {
          const id = nextId(statements, 'product', 1)
          return insert(schema.product, { ...row, dataKey: insertDataKey(statements, dataKey) }, { id })
        }),
      update: (id, { name, description, released }) =>
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
      delete: (id) =>
        transaction(() => {
          const product = one('SELECT data_key FROM product WHERE id = ?', id)
          if (product === undefined) return false
          for (const table of tablesOfProduct) run(`DELETE FROM ${table} WHERE product = ?`, id)
          run('DELETE FROM batch_block WHERE batch IN (SELECT id FROM batch WHERE product = ?)', id)
          run('CREATE TEMP TABLE IF NOT EXISTS gone (data_key INTEGER)')
          run('INSERT INTO gone SELECT data_key FROM batch WHERE product = ?', id)
          run('DELETE FROM batch WHERE product = ?', id)
          run('DELETE FROM product WHERE id = ?', id)
          run('DELETE FROM data_key WHERE id = ? OR id IN (SELECT data_key FROM gone)', product.data_key)
          run('DELETE FROM gone')
          sessionChanged(statements, id, 'product', [])
          return true
        }),
      setTags: (product, tags, max) =>
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
      deleteTags: (product, keys) =>
        transaction(() => {
          run(
            'DELETE FROM product_tag WHERE product = ? AND key IN (SELECT value FROM json_each(?))',
            product,
            JSON.stringify(keys),
          )
        }),
    }
  },
)
