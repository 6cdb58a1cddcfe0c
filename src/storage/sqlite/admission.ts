import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../lib/clock.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { nonceSweep, sweptAtOnce } from '../nonce-sweep.ts'
import { quotaWindow, retryAfter, windowNumber } from '../quota.ts'
import type { Admission, AdmissionRequest, AdmissionStore, RamUserRow, SealedAccessKey } from '../storage.ts'
import { accessKeys, accounts, instances } from './access.ts'
import type { AdmissionLock } from './admission-lock.ts'
import { products } from './products.ts'
import type { Statements } from './statements.ts'

/** How long a call waits for another process's lock on the admission file, in milliseconds. */
const waitMs = 1000
/** A check waits for less, because its answer is wanted soon. */
const checkWaitMs = 500
/** Calls that share one transaction: it delays this process and others by at most 5 ms. */
const group = { max: 256, atOnce: 1, gather: () => nextTurn() }

/** An active key and its RAM user, undefined for the account's own keys. */
interface Caller {
  readonly key: SealedAccessKey
  readonly ramUser: RamUserRow | undefined
}

export interface SqliteAdmission extends AdmissionStore {
  /** @throws Unavailable when nothing can be written there */
  check(): Promise<void>
}

/**
 * Nonces and quotas in gate.db. The calls of a turn of the event loop share one short transaction, about 0.02 ms each.
 * @param roll where the callers are, and what calls name
 */
export function admissionStore(
  database: DatabaseSync,
  locked: AdmissionLock,
  roll: Statements,
  clock: Clock,
): SqliteAdmission {
  const { find: findKey } = accessKeys.reads(roll)
  const { ramUser: findRamUser } = accounts.reads(roll)
  const { find: findInstance } = instances.reads(roll)
  const { find: findProduct } = products.reads(roll)
  const burn = database.prepare('INSERT OR IGNORE INTO nonce (hash, expires_at) VALUES (?, ?)')
  const sweep = database.prepare(
    'DELETE FROM nonce WHERE hash IN (SELECT hash FROM nonce WHERE expires_at < ? ORDER BY expires_at LIMIT ?)',
  )
  // A window never goes back, or processes whose clocks differ by a moment would reset each other's counts;
  // one further ahead is a clock that was set back.
  const take = database.prepare(
    `INSERT INTO quota_window (key, second, calls) VALUES (?1, ?2, 1)
     ON CONFLICT (key) DO UPDATE SET
       calls = CASE WHEN second BETWEEN ?2 AND ?2 + 2 THEN calls + 1 ELSE 1 END,
       second = CASE WHEN second BETWEEN ?2 AND ?2 + 2 THEN second ELSE ?2 END
     RETURNING calls`,
  )
  const sweepUpTo = nonceSweep(clock)

  function callerOf(key: SealedAccessKey | undefined): Caller | undefined {
    if (!key?.active) return undefined
    return { key, ramUser: key.ramUser === undefined ? undefined : findRamUser(key.ramUser) }
  }

  const ownQuota = (account: number, action: string): number | undefined =>
    roll.one('SELECT per_second FROM quota WHERE account = ? AND action = ?', account, action)?.per_second

  /** Within a transaction, at a time that was read under its lock. Undefined: admitted. */
  function refusal(call: AdmissionRequest, caller: Caller, now: number): Admission | undefined {
    if (burn.run(call.nonce, call.nonceExpiresAt).changes === 0) return { kind: 'replayed' }
    if (call.quota === undefined) return undefined
    const own = ownQuota(caller.key.account, call.quota.action)
    const window = quotaWindow(caller, call.quota, own)
    const { calls } = take.get(window.key, windowNumber(window, now)) as { calls: number }
    return calls <= window.calls ? undefined : { kind: 'throttled', retryAfterMs: retryAfter(window, now) }
  }

  function factsOf({ instanceId, productKey }: AdmissionRequest, { key, ramUser }: Caller): Admission {
    const instance = findInstance(key.account, instanceId)
    return {
      kind: 'admitted',
      key,
      ramUser,
      instance,
      product: instance && productKey !== undefined ? findProduct(instance.id, productKey) : undefined,
    }
  }

  async function admitTogether(calls: readonly AdmissionRequest[]): Promise<Admission[]> {
    const keys = calls.map(({ accessKeyId }) => findKey(accessKeyId))
    const callers = keys.map(callerOf)
    const refusals = await locked(waitMs, () => {
      // Read under the lock: a time read before it could be older than another process's last call.
      const now = clock.now()
      const expired = sweepUpTo()
      if (expired !== undefined) sweep.run(expired, sweptAtOnce)
      return calls.map((call, i) => callers[i] && refusal(call, callers[i], now))
    })
    return calls.map((call, i) => {
      const caller = callers[i]
      if (caller === undefined) return { kind: 'key-unfit', key: keys[i] }
      return refusals[i] ?? factsOf(call, caller)
    })
  }

  return {
    admit: coalesce(admitTogether, group),
    // A write, because a full disk still grants locks.
    check: () =>
      locked(checkWaitMs, () => database.exec(`INSERT OR REPLACE INTO quota_window VALUES ('', 0, 0)`)),
  }
}
