import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * A token for the next page of one list: the position in plain text, which the caller has seen on the page, and
 * a code that detects forged tokens.
 */
const codeBytes = 12

const codeOf = (key: Buffer, list: readonly (string | number | undefined)[], place: string) =>
  createHmac('sha256', key)
    .update(JSON.stringify(['page token', list, place]))
    .digest()
    .subarray(0, codeBytes)

/** @param list identifies the list and its filters */
export function pageToken(
  key: Buffer,
  list: readonly (string | number | undefined)[],
  place: string,
): string {
  return Buffer.concat([codeOf(key, list, place), Buffer.from(place)]).toString('base64url')
}

/** Returns the position that a token holds; undefined if it was issued for another list or forged. */
export function placeOf(
  key: Buffer,
  list: readonly (string | number | undefined)[],
  token: string,
): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= codeBytes || bytes.toString('base64url') !== token) return undefined
  const place = bytes.toString('utf8', codeBytes)
  return timingSafeEqual(bytes.subarray(0, codeBytes), codeOf(key, list, place)) ? place : undefined
}
