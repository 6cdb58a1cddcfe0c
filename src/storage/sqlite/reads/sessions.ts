import * as rows from '../../rows.ts'
import type {
  DeviceKey,
  FoundSignIn,
  MessageRow,
  NodeRow,
  SessionChange,
  SessionCounts,
  SessionRow,
  SignInCandidates,
  SignInProduct,
  SubscriptionRow,
  TopicClassesRow,
} from '../../storage.ts'
import type { Statements } from '../statements.ts'

/** The columns of a product that a sign-in needs. */
const product = `SELECT p.id, p.product_key, p.auth_type, i.account FROM product p
  JOIN instance i ON i.id = p.instance`

export function sessionReads({ one, all }: Statements) {
  return {
    nodes: (now: number): NodeRow[] =>
      all('SELECT id, address FROM node WHERE lease_until > ? ORDER BY id', now).map(rows.node),
    sessions: (devices: readonly DeviceKey[], now: number): (SessionRow | undefined)[] =>
      devices.map(({ product, name, number }) =>
        rows.maybe(
          one(
            `SELECT s.*, n.lease_until, n.address AS node_address FROM device_session s
               LEFT JOIN node n ON n.id = s.node WHERE s.product = ? AND s.name = ? AND s.number = ?`,
            product,
            name,
            number,
          ),
          (row) => rows.session(row, now),
        ),
      ),
    sessionCounts(products: readonly number[], group: number | undefined, now: number): SessionCounts {
      const where = `s.product IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR EXISTS (
        SELECT 1 FROM group_device g WHERE g.device_group = ?2 AND g.product = s.product AND g.name = s.name))`
      const values = [JSON.stringify(products), group ?? null] as const
      const { active, online } = one(
        `SELECT count(*) AS active,
           coalesce(sum(s.online AND s.node IN (SELECT id FROM node WHERE lease_until > ?3)), 0) AS online
         FROM device_session s WHERE ${where}`,
        ...values,
        now,
      )!
      const { disabled } = one(
        `SELECT count(*) AS disabled FROM device d JOIN device_session s ON s.product = d.product AND s.name = d.name
         WHERE d.disabled = 1 AND d.product IN (SELECT value FROM json_each(?1)) AND ${where}`,
        ...values,
      )!
      return { active, online, disabled }
    },
    sessionChangesAfter: (id: number, limit: number): SessionChange[] =>
      all(
        'SELECT id, product, kind, numbers FROM session_change WHERE id > ? ORDER BY id LIMIT ?',
        id,
        limit,
      ).map(rows.sessionChange),
    subscriptions: ({ product, name, number }: DeviceKey): SubscriptionRow[] =>
      all(
        `SELECT filter, qos, at FROM device_subscription WHERE product = ? AND name = ? AND number = ?
         ORDER BY filter`,
        product,
        name,
        number,
      ).map(rows.subscription),
    messages: (
      { product, name, number }: DeviceKey,
      after: number,
      limit: number,
      now: number,
    ): MessageRow[] =>
      all(
        `SELECT * FROM device_message WHERE product = ? AND name = ? AND id > ? AND number = ? AND expires_at > ?
         ORDER BY id LIMIT ?`,
        product,
        name,
        after,
        number,
        now,
        limit,
      ).map(rows.message),

    topicClasses: (product: number): TopicClassesRow | undefined =>
      rows.maybe(one('SELECT * FROM topic_classes WHERE product = ?', product), rows.topicClasses),

    /** Looks devices up by name for their sign-ins. It reads each product once, so one snapshot holds all of its calls. */
    signIns() {
      const known = new Map<string, readonly SignInProduct[]>()
      function productsOf(candidates: SignInCandidates, max: number): readonly SignInProduct[] {
        const key = candidates === 'one-party' ? candidates : candidates.productKeys.join()
        let found = known.get(key)
        if (found === undefined) {
          const read =
            candidates === 'one-party'
              ? all(`${product} WHERE p.auth_type = 'one-party' LIMIT ?`, max + 1)
              : candidates.productKeys.flatMap((one) => all(`${product} WHERE p.product_key = ?`, one))
          found = read.map(rows.signInProduct)
          known.set(key, found)
        }
        return found
      }
      const sql = 'SELECT product, number, name, batch, disabled FROM device WHERE product = ? AND name = ?'
      return (name: string, candidates: SignInCandidates, max: number): FoundSignIn[] | undefined => {
        const products = productsOf(candidates, max)
        if (candidates === 'one-party' && products.length > max) return undefined
        const found: FoundSignIn[] = []
        for (const candidate of products) {
          const device = one(sql, candidate.id, name)
          if (device !== undefined) found.push({ product: candidate, device: rows.signInDevice(device) })
        }
        return found
      }
    },
  }
}
