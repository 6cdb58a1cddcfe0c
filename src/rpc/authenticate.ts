import { createHash } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import type { AccessKeys, OpenAccessKey } from '../registry/access-keys.ts'
import type { Credentials } from './credentials.ts'
import { Refusal } from './refusals.ts'
import type { VerifySignature } from './verify-signature.ts'

/** The key that a request claims, before its signature is verified. */
export interface Claim<Absent = never> {
  readonly key: OpenAccessKey | Absent
  readonly nonce: string | Absent
  /** Until when, in milliseconds, the same nonce must be refused. */
  readonly nonceExpiresAt: number | Absent
}

/** The caller, proved by its signature; admission then proves that the store still has the key. */
export interface Caller {
  readonly key: OpenAccessKey
  /** A hash of 16 bytes of the access key and the nonce of the call. */
  readonly nonce: Buffer
  /** Until when, in milliseconds, the same nonce must be refused. */
  readonly nonceExpiresAt: number
}

/**
 * Checks the clock and finds the key that credentials name, so that a stale request or an unknown key costs the server
 * no hash.
 * @throws Refusal InvalidTimeStamp… or InvalidAccessKeyId…
 */
export async function claimOf<Absent>(
  { accessKeyId, nonce, timestamp }: Credentials<Absent>,
  accessKeys: AccessKeys,
  clock: Clock,
  skewMs: number,
): Promise<Claim<Absent>> {
  const sentAt = typeof timestamp === 'string' ? sentAtOf(timestamp, clock, skewMs) : timestamp
  const key =
    typeof accessKeyId === 'string' ? assertUsable(await accessKeys.findCached(accessKeyId)) : accessKeyId
  // Later the timestamp itself is refused; the second is for a clock that is read between.
  return { key, nonce, nonceExpiresAt: typeof sentAt === 'number' ? sentAt + skewMs + 1000 : sentAt }
}

/**
 * Proves a claim by the signature of the request. The nonce is recorded only afterwards (admit.ts); otherwise anyone
 * could use up the nonces of others (wire-facts §12.15).
 * @throws Refusal SignatureDoesNotMatch or IncompleteSignature
 */
export async function authenticate(
  { key: cached, nonce, nonceExpiresAt }: Claim,
  verify: VerifySignature,
  accessKeys: AccessKeys,
): Promise<Caller> {
  const key = await verifiedKey(cached, verify, accessKeys)
  return {
    key,
    nonce: createHash('sha256').update(`${key.id}\n${nonce}`).digest().subarray(0, 16),
    nonceExpiresAt,
  }
}

/**
 * The time when a request was sent, in milliseconds.
 * @throws Refusal if the timestamp is malformed or too far from the server's clock
 */
function sentAtOf(timestamp: string, clock: Clock, skewMs: number): number {
  const sentAt = parseTimestamp(timestamp)
  if (sentAt === undefined) throw new Refusal('InvalidTimeStamp.Format')
  const aheadMs = sentAt - clock.now()
  if (Math.abs(aheadMs) > skewMs) {
    const reason = whyExpired(timestamp, aheadMs, clock.now(), skewMs)
    throw new Refusal('InvalidTimeStamp.Expired', { reason })
  }
  return sentAt
}

/** Time zones are whole quarters of an hour from UTC, from 12 hours behind it to 14 ahead. */
const zoneStepMs = 15 * 60_000
const zonesMs = [-12 * 3_600_000, 14 * 3_600_000] as const
/** How far a clock in another time zone may be from a whole step. */
const zoneToleranceMs = 2 * 60_000

function whyExpired(timestamp: string, aheadMs: number, now: number, skewMs: number): string {
  const serverTime = new Date(now).toISOString().replace(/\.\d+/, '')
  const side = aheadMs > 0 ? 'ahead of' : 'behind'
  const distance = `${timestamp} is ${durationOf(Math.abs(aheadMs))} ${side} the server's time, ${serverTime}; the limit is ${durationOf(skewMs)}.`
  const fromStep = Math.abs(aheadMs - zoneStepMs * Math.round(aheadMs / zoneStepMs))
  const isZone =
    fromStep <= zoneToleranceMs &&
    aheadMs >= zonesMs[0] - zoneToleranceMs &&
    aheadMs <= zonesMs[1] + zoneToleranceMs
  return isZone && Math.abs(aheadMs) > 20 * 60_000
    ? `${distance} Is it local time? The Z stands for UTC.`
    : `${distance} Set the client's clock.`
}

/** A duration in its two largest units: `8 hours`, `1 day 3 hours`, `15 minutes 1 second`. */
function durationOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  const units = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const
  const first = units.findIndex(([count]) => count > 0)
  const largest = units.slice(Math.max(0, first), first + 2).filter(([count]) => count > 0)
  return largest.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ') || '0 seconds'
}

/** The cached key if the signature fits it, otherwise the key that the store has now. */
async function verifiedKey(
  cached: OpenAccessKey,
  verify: VerifySignature,
  accessKeys: AccessKeys,
): Promise<OpenAccessKey> {
  const refusal = verify(cached.secret)
  if (refusal === undefined) return cached
  // The ID may have been given to a key with another secret since.
  const key = assertUsable(await accessKeys.latest(cached))
  const lasting = key.secret === cached.secret ? refusal : verify(key.secret)
  if (lasting !== undefined) throw lasting()
  return key
}

/** @throws Refusal for a key that does not exist or is disabled */
function assertUsable<Key extends { readonly active: boolean }>(key: Key | undefined): Key {
  if (key === undefined) throw new Refusal('InvalidAccessKeyId.NotFound')
  if (!key.active) throw new Refusal('InvalidAccessKeyId.Inactive')
  return key
}

/**
 * Reads UTC as YYYY-MM-DDThh:mm:ssZ (wire-facts §1), in milliseconds; returns undefined for anything else. Fractions of
 * a second are allowed, since JavaScript's toISOString writes them.
 */
function parseTimestamp(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) return undefined
  const time = Date.parse(text)
  // Date.parse turns 31 February into March; such a date is malformed.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19)
    ? undefined
    : time
}
