import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../lib/clock.ts'
import { nonceSweep, sweptAtOnce } from '../nonce-sweep.ts'
import type { CountedAction, Gate } from '../storage.ts'
import { storageError } from './errors.ts'
import type { readsOn } from './reads.ts'

/** Nonces and quotas in one short transaction a call; measured 0.02 ms. What the call names is read of the roll. */
export function sqliteGate(database: DatabaseSync, roll: ReturnType<typeof readsOn>, clock: Clock): Gate {
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

  /** What is counted, and how much of it in a second. */
  function windowOf(account: number, { action, apart, perSecond }: CountedAction) {
    return {
      key: `${account} ${action}${apart === undefined ? '' : ` ${apart}`}`,
      perSecond: roll.quota(account, action) ?? perSecond,
    }
  }

  return {
    async admit({ accessKeyId, nonce, nonceExpiresAt, quota, instanceId, productKey }) {
      const key = roll.accessKey(accessKeyId)
      if (!key?.active) return { kind: 'key-unfit', key }
      const window = quota && windowOf(key.account, quota)
      try {
        database.exec('BEGIN IMMEDIATE')
        // Read under the lock: a time read before it could be older than another process's last call.
        const now = clock.now()
        const expired = sweepUpTo()
        if (expired !== undefined) sweep.run(expired, sweptAtOnce)
        const fresh = burn.run(nonce, nonceExpiresAt).changes === 1
        const second = Math.floor(now / 1000)
        const calls =
          fresh && window !== undefined ? (take.get(window.key, second) as { calls: number }).calls : 0
        database.exec('COMMIT')
        if (!fresh) return { kind: 'replayed' }
        if (window !== undefined && calls > window.perSecond) {
          return { kind: 'throttled', retryAfterMs: (second + 1) * 1000 - now }
        }
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw storageError(error, database)
      }
      const instance = roll.instance(key.account, instanceId)
      return {
        kind: 'admitted',
        key,
        ramUser: key.ramUser === undefined ? undefined : roll.ramUser(key.ramUser),
        instance,
        product: instance && productKey !== undefined ? roll.product(instance.id, productKey) : undefined,
      }
    },
  }
}
