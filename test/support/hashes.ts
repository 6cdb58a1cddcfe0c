import { createHash, createHmac } from 'node:crypto'
import type { HmacSha1Base64 } from '../../src/signature/v1.ts'
import type { Sha256 } from '../../src/signature/v3.ts'

/** The hashes for src/signature, from node:crypto. */
export const hmacSha1: HmacSha1Base64 = (key, text) => createHmac('sha1', key).update(text).digest('base64')
export const sha256: Sha256 = {
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
}
