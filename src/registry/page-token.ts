import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Where a page of a list ends, as a token that is good for that list alone: the place in the open, since the caller
 * has seen it on the page, and a code by which a token that nobody was given is known.
 */
const codeBytes = 12

const codeOf = (key: Buffer, list: readonly (string | number | undefined)[], place: string) =>
  createHmac('sha256', key)
    .update(JSON.stringify(['page token', list, place]))
    .digest()
    .subarray(0, codeBytes)

/** @param list what makes the list what it is */
export function pageToken(
  key: Buffer,
  list: readonly (string | number | undefined)[],
  place: string,
): string {
  return Buffer.concat([codeOf(key, list, place), Buffer.from(place)]).toString('base64url')
}

/** The place that a token tells; undefined where it was not given for the list. */
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
