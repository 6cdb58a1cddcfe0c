import type { Clock } from '../../lib/clock.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { nonceSweep, sweptAtOnce } from '../nonce-sweep.ts'
import * as rows from '../rows.ts'
import { type Admission, type AdmissionRequest, type AdmissionStore, deniedPerSecond } from '../storage.ts'
import type { Connections } from './connections.ts'

/** The columns of a table under a prefix, so that those of several tables come in one row. */
const prefixed = (alias: string, columns: string) =>
  columns
    .trim()
    .split(/\s+/)
    .map((column) => `${alias}.${column} AS ${alias}_${column}`)
    .join(', ')

/** Everything that calls need to know, in one round trip. */
const admitCalls = `
  SELECT a.n, a.kind, a.retry_after_ms, d.wrapped,
    ${prefixed('k', 'id account ram_user active data_key sealed_secret created_at')},
    ${prefixed('u', 'id account name allowed created_at')},
    ${prefixed('i', 'id account instance_id kind name created_at')},
    ${prefixed(
      'p',
      `id instance product_key name auth_type node_type data_format net_type protocol_type category_key
       description commodity_code validate_type released data_key sealed_secret device_count revision created_at`,
    )}
  FROM admit_calls($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) a
    LEFT JOIN access_key k ON k.id = a.access_key
    LEFT JOIN data_key d ON d.id = k.data_key
    LEFT JOIN ram_user u ON u.id = k.ram_user
    LEFT JOIN instance i ON i.account = k.account AND i.instance_id IS NOT DISTINCT FROM ($11::text[])[a.n]
    LEFT JOIN product p ON p.product_key = ($12::text[])[a.n] AND p.instance = i.id`

/** With so many sweeps of nonces, of which there is one a second, go the marks of connections long gone. */
const sweepsPerMarks = 3600

/** Calls that one round trip takes, and round trips under way at once. */
const group = { max: 256, atOnce: 1 }

/**
 * Nonces and quotas by the database's clock, which all nodes share. Calls that come together are admitted
 * together: alone a call costs 0.4 ms, of 32 at once each a tenth of it.
 * @param testClock whether time comes from `clock` instead
 */
export function admissionStore(
  { allOnce, run }: Connections,
  clock: Clock,
  testClock: boolean,
): AdmissionStore {
  const sweepUpTo = nonceSweep(clock)
  let sweeps = 0

  function sweep(): void {
    const expired = sweepUpTo()
    if (expired === undefined) return
    // Nobody waits for it, and the next one may do what this one can't. The database's clock must have come so
    // far too.
    run(
      `DELETE FROM nonce WHERE hash IN (
         SELECT hash FROM nonce WHERE expires_at < least($1, store_time($3)) ORDER BY expires_at LIMIT $2
         FOR UPDATE SKIP LOCKED)`,
      expired,
      sweptAtOnce,
      testClock ? clock.now() : null,
    ).catch(() => {})
    if (sweeps++ % sweepsPerMarks === 0) {
      run(`DELETE FROM commit_mark WHERE at < now() - interval '1 day'`).catch(() => {})
    }
  }

  async function admitTogether(calls: readonly AdmissionRequest[]): Promise<Admission[]> {
    // The order in which the database takes them.
    const order = calls.map((_, i) => i).sort((a, b) => calls[a]!.nonce.compare(calls[b]!.nonce))
    const column = <T extends string | number | Buffer>(of: (call: AdmissionRequest) => T | undefined) =>
      order.map((i) => of(calls[i]!) ?? null)
    const found = await allOnce(
      admitCalls,
      column(({ accessKeyId }) => accessKeyId),
      column(({ nonce }) => nonce),
      column(({ nonceExpiresAt }) => nonceExpiresAt),
      column(({ quota }) => quota?.action),
      column(({ quota }) => quota?.apart),
      column(({ quota }) => quota?.perWindow),
      column(({ quota }) => quota?.windowSeconds),
      column(({ quota }) => quota?.callers),
      deniedPerSecond,
      testClock ? clock.now() : null,
      column(({ instanceId }) => instanceId),
      column(({ productKey }) => productKey),
    )
    const admissions: Admission[] = []
    for (const row of found) admissions[order[row.n - 1]!] = admissionOf(row)
    return admissions
  }

  const admit = coalesce(admitTogether, group)
  return {
    admit(call) {
      sweep()
      return admit(call)
    },
  }
}

function admissionOf(row: rows.Row): Admission {
  if (row.k_id === null) return { kind: 'key-unfit', key: undefined }
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
}

/** The columns of one table among those of a row, without their prefix. */
function columnsOf(row: rows.Row, prefix: string): rows.Row {
  const columns: rows.Row = {}
  for (const name in row) if (name.startsWith(prefix)) columns[name.slice(prefix.length)] = row[name]
  return columns
}
