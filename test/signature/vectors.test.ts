import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Parameter } from '../../src/signature/percent.ts'
import { percentEncode } from '../../src/signature/percent.ts'
import { signV1, stringToSignV1 } from '../../src/signature/v1.ts'
import {
  authorizationV3,
  canonicalRequestV3,
  parseAuthorizationV3,
  type RequestV3,
  stringToSignV3,
} from '../../src/signature/v3.ts'
import { hmacSha1, sha256 } from '../support/hashes.ts'
import { device1, official } from '../support/vectors.ts'

for (const { name, method, parameters, signature } of official) {
  test(`V1 signs as the documents do: ${name}`, () => {
    assert.equal(signV1(method, parameters, 'testsecret', hmacSha1), signature)
    assert.equal(signV1(method, [...parameters].reverse(), 'testsecret', hmacSha1), signature)
  })
}

test('V1 leaves Signature out of what it signs', () => {
  const { method, parameters } = official[0]!
  const signed: Parameter[] = [...parameters, ['Signature', 'anything']]
  assert.equal(stringToSignV1(method, signed), stringToSignV1(method, parameters))
})

for (const { name, request, canonicalHash, signature } of device1) {
  test(`V3 signs as wire-facts §2.2 has it: ${name}`, () => {
    const hash = sha256.hash(canonicalRequestV3(request))
    if (canonicalHash !== undefined) assert.equal(hash, canonicalHash)
    assert.equal(sha256.hmac('testsecret', stringToSignV3(hash)), signature)
    const header = authorizationV3(request, 'testid', 'testsecret', sha256)
    assert.deepEqual(parseAuthorizationV3(header), {
      algorithm: 'ACS3-HMAC-SHA256',
      accessKeyId: 'testid',
      signedHeaders: request.signedHeaders,
      signature,
    })
  })
}

test('an Authorization header is read by field name, whatever the order', () => {
  const parsed = parseAuthorizationV3(
    'ACS3-HMAC-SHA256 Credential=id, Signature=ff, SignedHeaders=host;x-acs-date',
  )
  assert.deepEqual(parsed?.signedHeaders, ['host', 'x-acs-date'])
  for (const broken of ['', 'ACS3-HMAC-SHA256', 'ACS3-HMAC-SHA256 Credential=id', 'ACS3-HMAC-SHA256 a,b,c']) {
    assert.equal(parseAuthorizationV3(broken), undefined, broken)
  }
})

test('repeated header values are trimmed, sorted and joined', () => {
  const request: RequestV3 = {
    method: 'GET',
    path: '/',
    query: [],
    headers: new Map([['x-acs-a', [' b ', 'a']]]),
    signedHeaders: ['x-acs-a'],
    payloadHash: 'p',
  }
  assert.equal(canonicalRequestV3(request), 'GET\n/\n\nx-acs-a:a,b\n\nx-acs-a\np')
})

test('percent-encoding leaves the unreserved characters alone and no others', () => {
  const rows = [
    ['abcXYZ019-_.~', 'abcXYZ019-_.~'],
    [' +*~', '%20%2B%2A~'],
    ["!'()", '%21%27%28%29'],
    ['/:@=&%', '%2F%3A%40%3D%26%25'],
    ['灯', '%E7%81%AF'],
    ['a\ud83d', 'a%EF%BF%BD'],
  ]
  for (const [text, encoded] of rows) assert.equal(percentEncode(text!), encoded)
})
