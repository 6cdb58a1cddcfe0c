import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { isSignatureV1, isSignatureV3, oddityOfV1, oddityOfV3 } from '../../src/signature/signature-text.ts'

const sha1 = createHmac('sha1', 'secret&').update('text')
const digest = sha1.digest()
const base64 = digest.toString('base64')
const digest256 = createHmac('sha256', 'secret').update('text').digest()
const hex256 = digest256.toString('hex')

test('a signature is distinguished from other texts', () => {
  assert.ok(isSignatureV1(base64))
  assert.ok(isSignatureV3(hex256))
  assert.ok(!isSignatureV1(hex256))
  assert.ok(!isSignatureV3(base64))
})

for (const [what, signature, told] of [
  ['encoded twice', encodeURIComponent(base64), /percent-encoded twice/],
  ['encoded three times', encodeURIComponent(encodeURIComponent(base64)), /percent-encoded twice/],
  ['with a newline behind it', `${base64}\n`, /ends with a line break/],
  ['with a carriage return behind it', `${base64}\r\n`, /ends with a line break/],
  ['with a space behind it', `${base64} `, /white space/],
  ['in quotation marks', `"${base64}"`, /quotation marks/],
  ['whose + arrived as a space', `ab+d${base64.slice(4)}`.replace('+', ' '), /plus sign is written %2B/],
  ['in hexadecimal', digest.toString('hex'), /digest in hexadecimal/],
  ['in upper-case hexadecimal', digest.toString('hex').toUpperCase(), /digest in hexadecimal/],
  [
    'Base64 of the hexadecimal digest',
    Buffer.from(digest.toString('hex')).toString('base64'),
    /Base64 of 40 char/,
  ],
  ['of HMAC-SHA256', digest256.toString('base64'), /Base64 of 32 bytes/],
  ['of HMAC-SHA256 in hexadecimal', hex256, /64 hexadecimal digits/],
  ['without padding', base64.slice(0, -1), /lacks the equals sign/],
  ['of the URL alphabet', `a-_d${base64.slice(4)}`, /URL alphabet/],
  ['of another kind', 'signature', /has 9 characters; the Base64 of an HMAC-SHA1 has 28/],
  ['that is very long', ' '.repeat(1_000_000), /has 1000000 characters/],
] as const) {
  test(`a V1 Signature ${what} is described as such`, () => {
    assert.ok(!isSignatureV1(signature))
    assert.match(oddityOfV1(signature), told)
    assert.ok(!oddityOfV1(signature).includes(base64))
  })
}

for (const [what, signature, told] of [
  ['in upper case', hex256.toUpperCase(), /lower case/],
  ['of SHA-1', digest.toString('hex'), /as of SHA-1/],
  ['in Base64', digest256.toString('base64'), /is Base64/],
  ['with a newline behind it', `${hex256}\n`, /line break/],
  ['of another kind', 'aa', /has 2 characters; an HMAC-SHA256 is 64/],
] as const) {
  test(`a V3 Signature ${what} is described as such`, () => {
    assert.ok(!isSignatureV3(signature))
    assert.match(oddityOfV3(signature), told)
  })
}
