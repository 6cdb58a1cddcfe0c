import { createHash } from 'node:crypto'
import type { Clock } from '../lib/clock.ts'
import type { AccessKeys, OpenAccessKey } from '../registry/access-keys.ts'
import { Refusal } from './refusals.ts'
import type { SignedRequest } from './signed-request.ts'

/** Whose call it is, proved by its signature; that the key is still the store's is proved by its admission. */
export interface Caller {
  readonly key: OpenAccessKey
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
  signed: SignedRequest,
  accessKeys: AccessKeys,
  clock: Clock,
  skewMs: number,
): Promise<Caller> {
  const sentAt = sentAtOf(signed.timestamp, clock, skewMs)
  const key = await verifiedKey(signed, accessKeys)
  return {
    key,
    nonce: createHash('sha256').update(`${key.id}\n${signed.nonce}`).digest().subarray(0, 16),
    // Past this moment the timestamp itself is refused; the second is for a clock that is read between.
    nonceExpiresAt: sentAt + skewMs + 1000,
  }
}

/**
 * When a request was sent, in milliseconds.
 * @throws Refusal where that can't be read, or is too far from our clock
 */
export function sentAtOf(timestamp: string, clock: Clock, skewMs: number): number {
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
/** How much a clock that is right may differ from a whole step. */
const zoneToleranceMs = 2 * 60_000

function whyExpired(timestamp: string, aheadMs: number, now: number, skewMs: number): string {
  const serverTime = new Date(now).toISOString().replace(/\.\d+/, '')
  const side = aheadMs > 0 ? 'ahead of' : 'behind'
  const told = `${timestamp} is ${durationOf(Math.abs(aheadMs))} ${side} the server's time, ${serverTime}; the limit is ${durationOf(skewMs)}.`
  const fromStep = Math.abs(aheadMs - zoneStepMs * Math.round(aheadMs / zoneStepMs))
  const isZone =
    fromStep <= zoneToleranceMs &&
    aheadMs >= zonesMs[0] - zoneToleranceMs &&
    aheadMs <= zonesMs[1] + zoneToleranceMs
  return isZone && Math.abs(aheadMs) > 20 * 60_000
    ? `${told} Is it local time? The Z stands for UTC.`
    : `${told} Set the client's clock.`
}

/** In the two largest units that say something: `8 hours`, `1 day 3 hours`, `15 minutes 1 second`. */
function durationOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  const units = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const
  const first = units.findIndex(([count]) => count > 0)
  const told = units.slice(Math.max(0, first), first + 2).filter(([count]) => count > 0)
  return told.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ') || '0 seconds'
}

/** The key of a claim, as it is remembered or, where that does not fit, as it is. */
async function verifiedKey(signed: SignedRequest, accessKeys: AccessKeys): Promise<OpenAccessKey> {
  const recalled = assertUsable(await accessKeys.findCached(signed.accessKeyId))
  const no = signed.refusal(recalled.secret)
  if (no === undefined) return recalled
  // The ID may have been given to a key with another secret since.
  const key = assertUsable(await accessKeys.latest(recalled))
  const still = key.secret === recalled.secret ? no : signed.refusal(key.secret)
  if (still !== undefined) throw still()
  return key
}

/** @throws Refusal for a key that does not exist or is disabled */
export function assertUsable<Key extends { readonly active: boolean }>(key: Key | undefined): Key {
  if (key === undefined) throw new Refusal('InvalidAccessKeyId.NotFound')
  if (!key.active) throw new Refusal('InvalidAccessKeyId.Inactive')
  return key
}

/**
 * UTC, YYYY-MM-DDThh:mm:ssZ (wire-facts §1), in milliseconds; undefined for anything else. Fractions of a second may
 * stand in it, as JavaScript's toISOString writes them.
 */
function parseTimestamp(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) return undefined
  const time = Date.parse(text)
  // Date.parse turns 31 February into March; such a date is malformed.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text.slice(0, 19)
    ? undefined
    : time
}
