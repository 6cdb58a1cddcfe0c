import type { Clock } from '../../lib/clock.ts'
import * as rows from '../rows.ts'
import type { Gate } from '../storage.ts'
import type { Connections } from './connections.ts'

const sweepEveryMs = 1000
/** So many nonces go at once, that the sweep is short. */
const sweepMax = 10_000

/** The columns of a table under a prefix, so that those of several tables come in one row. */
const prefixed = (alias: string, columns: string) =>
  columns
    .trim()
    .split(/\s+/)
    .map((column) => `${alias}.${column} AS ${alias}_${column}`)
    .join(', ')

/** Everything that a call needs to know, in one round trip. */
const admit = `
  SELECT a.kind, a.retry_after_ms, d.wrapped,
    ${prefixed('k', 'id account ram_user active data_key sealed_secret created_at')},
    ${prefixed('u', 'id account name allowed created_at')},
    ${prefixed('i', 'id account instance_id kind name created_at')},
    ${prefixed(
      'p',
      `id instance product_key name auth_type node_type data_format net_type protocol_type category_key
       description commodity_code validate_type released data_key sealed_secret device_count revision created_at`,
    )}
  FROM access_key k
    JOIN data_key d ON d.id = k.data_key
    LEFT JOIN ram_user u ON u.id = k.ram_user
    LEFT JOIN instance i ON i.account = k.account AND i.instance_id IS NOT DISTINCT FROM $2
    LEFT JOIN product p ON p.product_key = $3 AND p.instance = i.id
    CROSS JOIN LATERAL admit_call(k.account, k.active, $4, $5, $6, $7, $8, $9) a
  WHERE k.id = $1`

/**
 * Nonces and quotas by the database's clock, which all nodes share.
 * @param clock instead of the database's own, for tests
 */
export function postgresGate({ one, run }: Connections, clock: Clock, testClock: boolean): Gate {
  let sweptAt = clock.now()

  function sweep(): void {
    const now = clock.now()
    if (Math.abs(now - sweptAt) < sweepEveryMs) return
    sweptAt = now
    // Nobody waits for it, and the next one may do what this one can't.
    run(
      `DELETE FROM nonce WHERE hash IN (
         SELECT hash FROM nonce WHERE expires_at < $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      now,
      sweepMax,
    ).catch(() => {})
  }

  return {
    async admit({ accessKeyId, nonce, nonceExpiresAt, quota, instanceId, productKey }) {
      sweep()
      const row = await one(
        admit,
        accessKeyId,
        instanceId ?? null,
        productKey ?? null,
        nonce,
        nonceExpiresAt,
        quota?.action ?? null,
        quota?.apart ?? null,
        quota?.perSecond ?? null,
        testClock ? clock.now() : null,
      )
      if (row === undefined) return { kind: 'key-unfit', key: undefined }
      const key = { ...rows.accessKey(columnsOf(row, 'k_')), wrappedKey: row.wrapped }
      switch (row.kind) {
        case 'admitted':
          return {
            kind: 'admitted',
            key,
            ramUser: row.u_id === null ? undefined : rows.ramUser(columnsOf(row, 'u_')),
            instance: row.i_id === null ? undefined : rows.instance(columnsOf(row, 'i_')),
            product: row.p_id === null ? undefined : rows.product(columnsOf(row, 'p_')),
          }
        case 'throttled':
          return { kind: 'throttled', retryAfterMs: row.retry_after_ms }
        case 'replayed':
          return { kind: 'replayed' }
        default:
          return { kind: 'key-unfit', key }
      }
    },
  }
}

/** The columns of one table among those of a row, without their prefix. */
function columnsOf(row: rows.Row, prefix: string): rows.Row {
  const columns: rows.Row = {}
  for (const name in row) if (name.startsWith(prefix)) columns[name.slice(prefix.length)] = row[name]
  return columns
}
