import type { Clock } from '../../lib/clock.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { columnsOf, reader } from '../mapping.ts'
import { nonceSweep, sweptAtOnce } from '../nonce-sweep.ts'
import { type QuotaWindow, quotaWindow, retryAfter } from '../quota.ts'
import type * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import { type Admission, type AdmissionRequest, type AdmissionStore, Unavailable } from '../storage.ts'
import type { Connections } from './connections.ts'

const keyAndUser = [
  ...schema.accessKey.fields.map(({ name }) => `k_${name}`),
  ...schema.ramUser.fields.map(({ name }) => `u_${name}`),
].join(', ')

/**
 * Admits calls in one statement and returns all that they need to know. What decides a call's quota is in the database
 * and how it decides is in quota.ts. So a node sends the window that it computed from the facts that it last read
 * (`basis`), and the statement admits the call only if the facts are the same now; otherwise it writes nothing for the
 * call and returns the facts of now. Two nodes never wait for each other in a ring: nonces are written before windows,
 * both in one order.
 */
const admitCalls = `
  WITH asked AS (
    SELECT * FROM unnest($1::text[], $2::bytea[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[],
        $8::bigint[], $9::text[], $10::text[])
      WITH ORDINALITY a (access_key, nonce, expires_at, action, basis, window_key, calls_max, length, instance_id,
        product_key, n)
  ), known AS MATERIALIZED (
    SELECT a.*, ${columnsOf(schema.accessKey, undefined, 'k')}, ${columnsOf(schema.ramUser, undefined, 'u')},
      q.per_second AS own, ROW(k.account, k.ram_user, u.id, u.allowed, q.per_second)::text AS basis_now
    FROM asked a
      LEFT JOIN access_key k ON k.id = a.access_key
      LEFT JOIN ram_user u ON u.id = k.ram_user
      LEFT JOIN quota q ON q.account = k.account AND q.action = a.action
  ), current AS (
    SELECT * FROM known WHERE k_active AND (action IS NULL OR basis = basis_now)
  ), used AS (
    INSERT INTO nonce (hash, expires_at) SELECT nonce, expires_at FROM current ORDER BY nonce
      ON CONFLICT DO NOTHING RETURNING hash
  ), fresh AS MATERIALIZED (
    -- IS TRUE keeps the subquery apart, which is then a hash table: as a join it would compare each with each.
    SELECT n, window_key, calls_max, length,
      row_number() OVER (PARTITION BY window_key ORDER BY n DESC) - 1 AS later
    FROM current WHERE (nonce IN (SELECT hash FROM used)) IS TRUE
  ), counted AS (
    INSERT INTO quota_window AS w (key, second, calls)
      SELECT window_key, store_time($11) / max(length), count(*) FROM fresh WHERE window_key IS NOT NULL
        GROUP BY window_key ORDER BY window_key
      -- The time is read under the row's lock. A window is never turned back, or a call that waited would reset the
      -- count; one further ahead is of a clock that was set back.
      ON CONFLICT (key) DO UPDATE SET (second, calls) = (
        SELECT CASE WHEN w.second BETWEEN t.second AND t.second + 2 THEN w.second ELSE t.second END,
          excluded.calls + CASE WHEN w.second BETWEEN t.second AND t.second + 2 THEN w.calls ELSE 0 END
        FROM (SELECT store_time($11) / (SELECT max(length) FROM fresh WHERE window_key = excluded.key) AS second) t)
      RETURNING key, calls
  )
  SELECT known.n, known.length, own, basis_now, ${keyAndUser}, d.wrapped, store_time($11) AS now,
    CASE
      WHEN k_active IS NOT TRUE THEN 'key-unfit'
      WHEN NOT coalesce(known.action IS NULL OR basis = basis_now, false) THEN 'outdated'
      WHEN fresh.n IS NULL THEN 'replayed'
      WHEN counted.calls - fresh.later > fresh.calls_max THEN 'throttled'
      ELSE 'admitted'
    END AS kind,
    ${columnsOf(schema.instance, undefined, 'i')}, ${columnsOf(schema.product, undefined, 'p')}
  FROM known
    LEFT JOIN fresh ON fresh.n = known.n
    LEFT JOIN counted ON counted.key = fresh.window_key
    LEFT JOIN data_key d ON d.id = known.k_data_key
    LEFT JOIN instance i ON i.account = known.k_account AND i.instance_id IS NOT DISTINCT FROM known.instance_id
    LEFT JOIN product p ON p.product_key = known.product_key AND p.instance = i.id`

const accessKey = reader(schema.accessKey, undefined, 'k_')
const ramUser = reader(schema.ramUser, undefined, 'u_')
const instance = reader(schema.instance, undefined, 'i_')
const product = reader(schema.product, undefined, 'p_')

/** How many sweeps of nonces, one a second, pass between two deletions of the marks of closed connections. */
const sweepsPerMarks = 3600

/** Calls that one round trip takes, and round trips under way at once. */
const group = { max: 256, atOnce: 1 }

/** How often a call is sent again because what decides its quota has changed. */
const attemptsMax = 5

/** Windows that a node remembers, each of an access key and an action. */
const rememberedMax = 5000

/** The window of calls of one access key and action, and the facts that it was computed from. */
interface Remembered extends QuotaWindow {
  readonly basis: string
}

/**
 * Nonces and quotas by the database's clock, which all nodes share. Calls that come together are admitted
 * together: alone a call costs 0.4 ms, of 32 at once each a tenth of it.
 * @param testClock whether time comes from `clock` instead
 */
export function admissionStore(connections: Connections, clock: Clock, testClock: boolean): AdmissionStore {
  const testTime = () => (testClock ? clock.now() : null)
  const sweep = sweeping(connections, clock, testTime)
  const remembered = new Map<string, Remembered>()
  const nameOf = ({ accessKeyId, quota }: AdmissionRequest) => JSON.stringify([accessKeyId, quota])

  function remember(call: AdmissionRequest, row: rows.Row): void {
    const caller = { key: accessKey(row), ramUser: row.u_id === null ? undefined : ramUser(row) }
    const window = quotaWindow(caller, call.quota!, row.own ?? undefined)
    remembered.set(nameOf(call), { ...window, basis: row.basis_now })
    if (remembered.size > rememberedMax) remembered.delete(remembered.keys().next().value!)
  }

  /** Admits calls with different nonces; sends a call again if its window was computed from outdated facts. */
  async function admitDistinct(calls: readonly AdmissionRequest[]): Promise<Admission[]> {
    const admissions: Admission[] = []
    let places = calls.map((_, place) => place)
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const sent = places.map((place) => calls[place]!)
      const windows = sent.map((call) =>
        call.quota === undefined ? undefined : remembered.get(nameOf(call)),
      )
      const found = await connections.allOnce(
        admitCalls,
        sent.map(({ accessKeyId }) => accessKeyId),
        sent.map(({ nonce }) => nonce),
        sent.map(({ nonceExpiresAt }) => nonceExpiresAt),
        sent.map(({ quota }) => quota?.action ?? null),
        windows.map((window) => window?.basis ?? null),
        windows.map((window) => window?.key ?? null),
        windows.map((window) => window?.calls ?? null),
        windows.map((window) => window?.length ?? null),
        sent.map(({ instanceId }) => instanceId ?? null),
        sent.map(({ productKey }) => productKey ?? null),
        testTime(),
      )
      const outdated: number[] = []
      for (const row of found) {
        const place = places[row.n - 1]!
        if (row.kind === 'outdated') {
          remember(calls[place]!, row)
          outdated.push(place)
        } else admissions[place] = admissionOf(row)
      }
      if (outdated.length === 0) return admissions
      places = outdated
    }
    throw new Unavailable('the quotas or permissions of the caller change too often to admit its call')
  }

  /** A nonce is the access key's, so of calls with the same one all but the first are replays. */
  async function admitTogether(calls: readonly AdmissionRequest[]): Promise<Admission[]> {
    const byNonce = Map.groupBy(calls.keys(), (place) => calls[place]!.nonce.toString('latin1'))
    if (byNonce.size === calls.length) return admitDistinct(calls)
    const groups = [...byNonce.values()]
    const firsts = await admitDistinct(groups.map(([first]) => calls[first!]!))
    const admissions: Admission[] = []
    groups.forEach(([first, ...others], i) => {
      const admission = firsts[i]!
      admissions[first!] = admission
      for (const place of others)
        admissions[place] = admission.kind === 'key-unfit' ? admission : { kind: 'replayed' }
    })
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
  const key = { ...accessKey(row), wrappedKey: row.wrapped }
  switch (row.kind) {
    case 'admitted':
      return {
        kind: 'admitted',
        key,
        ramUser: row.u_id === null ? undefined : ramUser(row),
        instance: row.i_id === null ? undefined : instance(row),
        product: row.p_id === null ? undefined : product(row),
      }
    case 'throttled':
      return { kind: 'throttled', retryAfterMs: retryAfter({ length: row.length }, row.now) }
    case 'replayed':
      return { kind: 'replayed' }
    default:
      return { kind: 'key-unfit', key }
  }
}

/** Deletes expired nonces from time to time. No call waits for it, and the next sweep does what one could not. */
function sweeping({ run }: Connections, clock: Clock, testTime: () => number | null): () => void {
  const sweepUpTo = nonceSweep(clock)
  let sweeps = 0
  return () => {
    const expired = sweepUpTo()
    if (expired === undefined) return
    // Only what has expired by the database's clock, too.
    run(
      `DELETE FROM nonce WHERE hash IN (
         SELECT hash FROM nonce WHERE expires_at < least($1, store_time($3)) ORDER BY expires_at LIMIT $2
         FOR UPDATE SKIP LOCKED)`,
      expired,
      sweptAtOnce,
      testTime(),
    ).catch(() => {})
    if (sweeps++ % sweepsPerMarks === 0)
      run(`DELETE FROM commit_mark WHERE at < now() - interval '1 day'`).catch(() => {})
  }
}
