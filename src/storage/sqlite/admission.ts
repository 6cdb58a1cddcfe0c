import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../lib/clock.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { mayRun } from '../../lib/permissions.ts'
import { nonceSweep, sweptAtOnce } from '../nonce-sweep.ts'
import {
  type Admission,
  type AdmissionRequest,
  type AdmissionStore,
  type CountedAction,
  deniedPerSecond,
  type RamUserRow,
  type SealedAccessKey,
} from '../storage.ts'
import type { AdmissionLock } from './admission-lock.ts'
import type { readsOn } from './reads.ts'

/** How long a call waits for another process's lock on the admission file, in milliseconds. */
const waitMs = 1000
/** A check waits for less: who asks wants to know soon. */
const checkWaitMs = 500
/** Calls that one transaction takes: it holds the turn, and other processes, for 5 ms at the most. */
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
 * Nonces and quotas; what a call names is read of the roll. The calls of a turn of the event loop share one short
 * transaction, about 0.02 ms each.
 */
export function sqliteAdmission(
  database: DatabaseSync,
  locked: AdmissionLock,
  roll: ReturnType<typeof readsOn>,
  clock: Clock,
): SqliteAdmission {
  const burn = database.prepare('INSERT OR IGNORE INTO nonce (hash, expires_at) VALUES (?, ?)')
  const sweep = database.prepare(
    'DELETE FROM nonce WHERE hash IN (SELECT hash FROM nonce WHERE expires_at < ? ORDER BY expires_at LIMIT ?)',
  )
  // A window is never turned back, or processes whose clocks differ by a moment would reset each other's counts;
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
    return { key, ramUser: key.ramUser === undefined ? undefined : roll.ramUser(key.ramUser) }
  }

  /** The window that a call is counted in, its length in milliseconds, and how many calls fit into it. */
  function windowOf({ key, ramUser }: Caller, counted: CountedAction) {
    const { action, apart, perWindow, windowSeconds, callers } = counted
    const { account } = key
    const user = `user ${key.ramUser}`
    if (!mayRun({ key, ramUser }, { name: action, callers })) {
      return { key: `${account} denied ${user}`, calls: deniedPerSecond, length: 1000 }
    }
    const own = roll.quota(account, action) ?? perWindow
    const ofUser = callers === 'everyone' && key.ramUser !== undefined ? user : undefined
    const parts = [account, action, ofUser, apart].filter((part) => part !== undefined)
    // What is counted apart is dear: an account's own quota does not raise it.
    const calls = apart === undefined ? own : Math.min(own, perWindow)
    return { key: parts.join(' '), calls, length: 1000 * windowSeconds }
  }

  /** Within a transaction, at a time that was read under its lock. Undefined: admitted. */
  function refusal(call: AdmissionRequest, caller: Caller, now: number): Admission | undefined {
    if (burn.run(call.nonce, call.nonceExpiresAt).changes === 0) return { kind: 'replayed' }
    if (call.quota === undefined) return undefined
    const window = windowOf(caller, call.quota)
    const number = Math.floor(now / window.length)
    const { calls } = take.get(window.key, number) as { calls: number }
    if (calls <= window.calls) return undefined
    return { kind: 'throttled', retryAfterMs: (number + 1) * window.length - now }
  }

  function factsOf({ instanceId, productKey }: AdmissionRequest, { key, ramUser }: Caller): Admission {
    const instance = roll.instance(key.account, instanceId)
    return {
      kind: 'admitted',
      key,
      ramUser,
      instance,
      product: instance && productKey !== undefined ? roll.product(instance.id, productKey) : undefined,
    }
  }

  async function admitTogether(calls: readonly AdmissionRequest[]): Promise<Admission[]> {
    const keys = calls.map(({ accessKeyId }) => roll.accessKey(accessKeyId))
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
    // Only what is written shows that it can be: locks are had on a full disk, too.
    check: () =>
      locked(checkWaitMs, () => database.exec(`INSERT OR REPLACE INTO quota_window VALUES ('', 0, 0)`)),
  }
}
