import { tablesOfProduct } from '../content.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { ProductFilter, ProductStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { insertRow } from './insert.ts'
import { newDataKey } from './secrets.ts'
import { sessionChanged } from './session-changes.ts'

/** $3 is a list of tags as JSON; one without a value asks for its key alone. */
const filtered = `p.instance = $1 AND ($2::text IS NULL OR p.commodity_code = $2) AND ($3::json IS NULL OR p.id IN (
  SELECT t.product FROM json_array_elements($3) asked
    JOIN product_tag t ON t.key = asked ->> 'key' AND coalesce(asked ->> 'value', t.value) = t.value))`

const valuesOf = (instance: number, { commodityCode, anyTag }: ProductFilter) =>
  [instance, commodityCode ?? null, anyTag === undefined ? null : JSON.stringify(anyTag)] as const

export const productStore = (connections: Connections): ProductStore => {
  const { one, run, transaction } = connections
  return {
    ...productReads(connections),
    insert: (row, dataKey) =>
      insertRow(connections, schema.product, { ...row, dataKey: newDataKey(dataKey) }),
    update: async (id, { name, description, released }) =>
      (await one(
        `UPDATE product SET name = coalesce($2, name), description = coalesce($3, description),
         released = coalesce($4, released) WHERE id = $1 RETURNING id`,
        id,
        name ?? null,
        description ?? null,
        released ?? null,
      )) !== undefined,

    delete: (id) =>
      transaction(async (session) => {
        const { all, one, run } = session
        // Under this lock no batch is added, and those that were begun have ended.
        const product = await one('SELECT data_key FROM product WHERE id = $1 FOR UPDATE', id)
        if (product === undefined) return false
        for (const table of tablesOfProduct) await run(`DELETE FROM ${table} WHERE product = $1`, id)
        await run(
          'DELETE FROM batch_block WHERE batch IN (SELECT b.id FROM batch b WHERE b.product = $1)',
          id,
        )
        const keys = await all('DELETE FROM batch WHERE product = $1 RETURNING data_key', id)
        await run('DELETE FROM product WHERE id = $1', id)
        await run(
          'DELETE FROM data_key WHERE id = ANY($1::bigint[])',
          [product, ...keys].map(({ data_key }) => data_key),
        )
        await sessionChanged(session, id, 'product', [])
        return true
      }),

    setTags: (product, tags, max) =>
      transaction(async ({ one, run }) => {
        // The second of two concurrent calls counts the products that the first has added.
        await run('SELECT 1 FROM product WHERE id = $1 FOR UPDATE', product)
        const keys = tags.map(({ key }) => key)
        const { count } = (await one(
          `SELECT count(*) AS count FROM (
           SELECT key FROM product_tag WHERE product = $1 UNION SELECT * FROM unnest($2::text[])) all_keys`,
          product,
          keys,
        ))!
        if (count > max) return false
        await run(
          `INSERT INTO product_tag SELECT $1, t.key, t.value FROM unnest($2::text[], $3::text[]) t (key, value)
         ON CONFLICT (product, key) DO UPDATE SET value = excluded.value`,
          product,
          keys,
          tags.map(({ value }) => value),
        )
        return true
      }),
    deleteTags: async (product, keys) => {
      await run('DELETE FROM product_tag WHERE product = $1 AND key = ANY($2::text[])', product, keys)
    },
  }
}

type Reads = Pick<ProductStore, 'find' | 'findById' | 'page' | 'count' | 'sums' | 'tags'>

const productReads = ({ all, one }: Connections): Reads => ({
  find: async (instance, productKey) =>
    rows.maybe(
      await one('SELECT * FROM product WHERE product_key = $1 AND instance = $2', productKey, instance),
      rows.product,
    ),
  findById: async (instance, id) =>
    rows.maybe(
      await one('SELECT * FROM product WHERE id = $1 AND instance = $2', id, instance),
      rows.product,
    ),
  page: async (instance, filter, offset, limit) =>
    (
      await all(
        `SELECT p.* FROM product p WHERE ${filtered} ORDER BY p.id DESC LIMIT $4 OFFSET $5`,
        ...valuesOf(instance, filter),
        limit,
        offset,
      )
    ).map(rows.product),
  count: async (instance, filter) =>
    (await one(`SELECT count(*) AS count FROM product p WHERE ${filtered}`, ...valuesOf(instance, filter)))!
      .count,
  sums: async (account) =>
    (
      await all(
        `SELECT i.id, count(*) AS products, sum(p.device_count)::bigint AS devices
         FROM instance i JOIN product p ON p.instance = i.id WHERE i.account = $1 GROUP BY i.id`,
        account,
      )
    ).map(rows.productSum),
  tags: async (product) =>
    (await all('SELECT key, value FROM product_tag WHERE product = $1 ORDER BY key', product)).map(rows.tag),
})
