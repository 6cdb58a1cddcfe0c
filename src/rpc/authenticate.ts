import { createHash } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import type { AccessKeys } from '../registry/access-keys.ts'
import type { Claim } from './claim.ts'
import { Refusal } from './refusals.ts'

/** Whose call it is, proved by its signature. */
export interface Caller {
  readonly account: number
  /** Undefined for the account's own key. */
  readonly ramUser: number | undefined
  /** Stands for the access key and nonce of the call. */
  readonly nonce: Buffer
  /** Until when, in milliseconds, the same nonce must be refused. */
  readonly nonceExpiresAt: number
}

/**
 * Proves a claim: clock, key, signature. Cheap checks first, so that a stale or unknown caller costs nothing;
 * the nonce is burnt only afterwards (admit.ts), or anyone could burn other people's (wire-facts §12.15).
 */
export async function authenticate(
  claim: Claim,
  accessKeys: AccessKeys,
  clock: Clock,
  skewMs: number,
): Promise<Caller> {
  const sentAt = parseTimestamp(claim.timestamp)
  if (sentAt === undefined) throw new Refusal('InvalidTimeStamp.Format')
  if (Math.abs(clock.now() - sentAt) > skewMs) throw new Refusal('InvalidTimeStamp.Expired')

  const key = await accessKeys.find(claim.accessKeyId)
  if (key === undefined) throw new Refusal('InvalidAccessKeyId.NotFound')
  if (!key.active) throw new Refusal('InvalidAccessKeyId.Inactive')
  claim.verify(key.secret)

  return {
    account: key.account,
    ramUser: key.ramUser,
    nonce: createHash('sha256').update(`${key.id}\n${claim.nonce}`).digest().subarray(0, 16),
    // Past this moment the timestamp itself is refused; the second is for a clock that is read between.
    nonceExpiresAt: sentAt + skewMs + 1000,
  }
}

/** UTC, YYYY-MM-DDThh:mm:ssZ (wire-facts §1), in milliseconds; undefined for anything else. */
function parseTimestamp(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined
  const time = Date.parse(text)
  // Date.parse turns 31 February into March; such a date is malformed.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19)
    ? undefined
    : time
}
