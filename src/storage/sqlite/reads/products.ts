import * as rows from '../../rows.ts'
import type { ProductFilter } from '../../storage.ts'
import type { Statements } from '../statements.ts'

/** ?3 is a list of tags as JSON; one without a value asks for its key alone. */
const filtered = `instance = ?1 AND (?2 IS NULL OR commodity_code = ?2) AND (?3 IS NULL OR id IN (
  SELECT t.product FROM json_each(?3) asked
    CROSS JOIN product_tag t ON t.key = asked.value ->> 'key'
      AND coalesce(asked.value ->> 'value', t.value) = t.value))`

export function productReads({ one, all }: Statements) {
  const valuesOf = (instance: number, { commodityCode, anyTag }: ProductFilter) =>
    [instance, commodityCode ?? null, anyTag === undefined ? null : JSON.stringify(anyTag)] as const
  return {
    product: (instance: number, productKey: string) =>
      rows.maybe(
        one('SELECT * FROM product WHERE product_key = ? AND instance = ?', productKey, instance),
        rows.product,
      ),
    productById: (instance: number, id: number) =>
      rows.maybe(one('SELECT * FROM product WHERE id = ? AND instance = ?', id, instance), rows.product),
    productPage: (instance: number, filter: ProductFilter, offset: number, limit: number) =>
      all(
        `SELECT * FROM product WHERE ${filtered} ORDER BY id DESC LIMIT ?4 OFFSET ?5`,
        ...valuesOf(instance, filter),
        limit,
        offset,
      ).map(rows.product),
    productCount: (instance: number, filter: ProductFilter): number =>
      one(`SELECT count(*) AS count FROM product WHERE ${filtered}`, ...valuesOf(instance, filter))!.count,
    productSums: (account: number) =>
      all(
        `SELECT i.id, count(*) AS products, sum(p.device_count) AS devices
         FROM instance i JOIN product p ON p.instance = i.id WHERE i.account = ? GROUP BY i.id`,
        account,
      ).map(rows.productSum),
    productTags: (product: number) =>
      all('SELECT key, value FROM product_tag WHERE product = ? ORDER BY key', product).map(rows.tag),
  }
}
