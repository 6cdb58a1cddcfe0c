import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Hashes } from '../../client/sign.ts'

const utf8 = new TextEncoder()
const bytesOf = (data: string | Uint8Array) => (typeof data === 'string' ? utf8.encode(data) : data)

/** In JavaScript, because browsers provide crypto.subtle only over TLS or on localhost. */
export const hashes: Hashes = {
  sha256: (data) => bytesToHex(sha256(bytesOf(data))),
  hmacSha256: (key, data) => bytesToHex(hmac(sha256, utf8.encode(key), utf8.encode(data))),
  hmacSha1: (key, data) => btoa(String.fromCharCode(...hmac(sha1, utf8.encode(key), data))),
}
