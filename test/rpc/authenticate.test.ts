import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request } from '../../src/lib/http-message.ts'
import { credentialsOf } from '../../src/rpc/credentials.ts'
import { CanonicalWriter } from '../../src/rpc/parameters/canonical.ts'
import { scanParameters } from '../../src/rpc/parameters/parameters.ts'
import { Refusal } from '../../src/rpc/refusals.ts'
import { schemeOf } from '../../src/rpc/scheme.ts'
import { signatureOf } from '../../src/rpc/verify-signature.ts'
import { canonicalQuery } from '../../src/signature/percent.ts'
import { commonV1, openApiServer, requestOf, signedV1, signedV3 } from '../support/api-server.ts'
import { received } from '../support/slots.ts'
import { business, device1, official } from '../support/vectors.ts'

const writer = new CanonicalWriter()
function verifierOf(request: Request) {
  // A scan changes its bytes, and V3 hashes the body as it was sent.
  const { bytes, queryEnd, end } = received(request)
  const table = scanParameters(bytes, queryEnd, end).all(['DeviceList.'])
  const credentials = credentialsOf(request, schemeOf(request), table, (name): never =>
    assert.fail(`no ${name}`),
  )
  return signatureOf(request, credentials, () => table, writer)
}

// The vectors again, this time through the bytes that the server reads.
for (const { name, method, parameters, signature } of official) {
  test(`the server verifies the V1 vector: ${name}`, () => {
    const text = canonicalQuery([...parameters, ['Signature', signature]])
    for (const request of [requestOf(method, text), requestOf(method, '', text)]) {
      assert.equal(verifierOf(request)('testsecret'), undefined)
      assert.equal(verifierOf(request)('testsecreT')?.().code, 'SignatureDoesNotMatch')
    }
  })
}

for (const { name, request, signature } of device1) {
  test(`the server verifies the V3 vector: ${name}`, () => {
    const text = canonicalQuery(business)
    const inQuery = [...request.query].length > 0
    const authorization = `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${request.signedHeaders.join(';')},Signature=${signature}`
    const headers = {
      ...Object.fromEntries([...request.headers].map(([name, values]) => [name, values[0]!])),
      authorization,
    }
    const sent = inQuery ? requestOf('POST', text, '', headers) : requestOf('POST', '', text, headers)
    assert.equal(verifierOf(sent)('testsecret'), undefined)
    assert.equal(verifierOf(sent)('testsecret&')?.().code, 'SignatureDoesNotMatch')
  })
}

test('a changed byte anywhere in a signed request is noticed', async () => {
  const { ask, close } = await openApiServer()
  const fields = { ...commonV1('QueryProduct'), ProductKey: 'a1TestKey01' }
  const text = signedV1(fields).bytes.toString('latin1')
  for (const [from, to] of [
    ['QueryProduct', 'DeleteDevice'],
    ['a1TestKey01', 'a1TestKey02'],
    ['Format=JSON', 'Format=json'],
  ] as const) {
    const answer = await ask(requestOf('POST', '', text.replace(from, to)))
    assert.match(answer.body, /SignatureDoesNotMatch/, from)
  }
  assert.match((await ask(requestOf('GET', text))).body, /SignatureDoesNotMatch/, 'the method is signed')
  assert.equal((await ask(requestOf('POST', '', text))).status, 200)
  await close()
})

test('the string to sign ends the message as older Java clients compare it', async () => {
  const { ask, close } = await openApiServer()
  const fields = { ...commonV1('QueryProduct'), ProductKey: 'a' }
  const { body, status } = await ask(signedV1(fields, { secret: 'wrong' }))
  const { Message } = JSON.parse(body)
  assert.equal(status, 400)
  assert.match(
    Message,
    /string to sign is:POST&%2F&AccessKeyId%3Dtestid%26Action%3DQueryProduct%26.*Version%3D2018-01-20$/,
  )
  await close()
})

test('a request is valid for the skew on either side of the clock, and no longer', async () => {
  const { ask, clock, close } = await openApiServer()
  for (const [minutes, code] of [
    [0, ''],
    [15, ''],
    [15.02, 'InvalidTimeStamp.Expired'],
    [-15, ''],
    [-15.02, 'InvalidTimeStamp.Expired'],
  ] as const) {
    clock.time = Date.parse('2024-01-02T03:04:05Z') + minutes * 60_000
    const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), ProductKey: 'a1TestKey01' }))
    assert.equal(JSON.parse(body).Code ?? '', code, `${minutes} minutes`)
  }
  await close()
})

test('a malformed timestamp is distinguished from an old one', async () => {
  const { ask, close } = await openApiServer()
  for (const Timestamp of [
    '2024-01-02 03:04:05',
    '2024-01-02T03:04:05+08:00',
    '2024-02-31T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '1704164645',
  ]) {
    const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), Timestamp }))
    assert.equal(JSON.parse(body).Code, 'InvalidTimeStamp.Format', Timestamp)
  }
  await close()
})

test('a nonce is burnt by the first call that verifies, never by one that does not', async () => {
  const { ask, close } = await openApiServer()
  const fields = { ...commonV1('QueryProduct'), ProductKey: 'a1TestKey01' }
  const code = async (request: Request) => JSON.parse((await ask(request)).body).Code
  assert.equal(await code(signedV1(fields, { secret: 'wrong' })), 'SignatureDoesNotMatch')
  assert.equal(await code(signedV1(fields)), undefined)
  assert.equal(await code(signedV1(fields)), 'SignatureNonceUsed')
  assert.equal(await code(signedV1({ ...fields, ProductKey: 'other' })), 'SignatureNonceUsed')
  await close()
})

test('V3 wants every x-acs header and the host signed, and the body as announced', async () => {
  const { ask, close } = await openApiServer()
  const code = async (request: Request) => JSON.parse((await ask(request)).body).Code
  const good = signedV3('QueryProduct', { ProductKey: 'a1TestKey01' })
  assert.equal(await code(good), undefined)
  const unsigned = signedV3('QueryProduct', { ProductKey: 'a1TestKey01' })
  assert.equal(
    await code({ ...unsigned, headers: new Map([...unsigned.headers, ['x-acs-extra', ['1']]]) }),
    'IncompleteSignature',
  )
  const form = {
    body: 'ProductKey=a1TestKey01',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  assert.equal(await code(signedV3('QueryProduct', {}, form)), undefined)
  const swapped = signedV3('QueryProduct', {}, form)
  swapped.bytes.write('ProductKey=a1TestKey02')
  assert.equal(await code(swapped), 'SignatureDoesNotMatch')
  const announced = { headers: { 'x-acs-content-sha256': '0'.repeat(64) } }
  assert.equal(await code(signedV3('QueryProduct', { ProductKey: 'a' }, announced)), 'SignatureDoesNotMatch')
  const hostless = signedV3('QueryProduct', { ProductKey: 'a' })
  const authorization = hostless.headers
    .get('authorization')![0]!
    .replace('SignedHeaders=host;', 'SignedHeaders=')
  const headers = new Map([...hostless.headers, ['authorization', [authorization]]])
  assert.equal(await code({ ...hostless, headers }), 'IncompleteSignature')
  await close()
})

test('tokens of other kinds are refused by name, not ignored', async () => {
  const { ask, close } = await openApiServer()
  const rows: [Record<string, string>, string][] = [
    [{ SecurityToken: 'token' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
    [{ SignatureType: 'BEARERTOKEN', BearerToken: 't' }, 'InvalidSignatureType'],
    [{ SignatureType: '', SecurityToken: '', IotInstanceId: '' }, ''],
    [{ SignatureMethod: 'HMAC-SHA256' }, 'InvalidSignatureMethod'],
    [{ SignatureVersion: '2.0' }, 'InvalidSignatureVersion'],
  ]
  for (const [extra, code] of rows) {
    const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), ProductKey: 'a1TestKey01', ...extra }))
    assert.equal(JSON.parse(body).Code ?? '', code)
  }
  const sts = signedV3('QueryProduct', { ProductKey: 'a' }, { headers: { 'x-acs-security-token': 't' } })
  assert.match((await ask(sts)).body, /InvalidSecurityToken/)
  await close()
})

test('a refusal is an Error with a code, a message and a status of its table', () => {
  const refusal = new Refusal('MissingParameter', { name: 'ProductKey' })
  assert.deepEqual(
    [refusal.code, refusal.status, refusal.message],
    ['MissingProductKey', 400, 'ProductKey is mandatory for this action.'],
  )
})

for (const [minutes, told] of [
  [
    -16,
    /16 minutes behind the server's time, 2024-01-02T03:04:05Z; the limit is 15 minutes. Set the client's/,
  ],
  [8 * 60, /8 hours ahead of the server's time.* Is it local time\? The Z stands for UTC\.$/],
  [8 * 60 - 1, /7 hours 59 minutes ahead .* Is it local time\?/],
  [-5 * 60 - 30, /5 hours 30 minutes behind .* Is it local time\?/],
  [5 * 60 + 45, /5 hours 45 minutes ahead .* Is it local time\?/],
  [14 * 60 + 10, /14 hours 10 minutes ahead .* Set the client's clock\.$/],
  [24 * 60 * 3 + 1, /3 days ahead .* Set the client's clock\.$/],
  [-24 * 60, /1 day behind .* Set the client's clock\.$/],
] as const) {
  test(`a Timestamp ${minutes} minutes from the server's clock is reported with the difference`, async () => {
    const { ask, close } = await openApiServer()
    const at = new Date(Date.parse('2024-01-02T03:04:05Z') + minutes * 60_000).toISOString()
    for (const Timestamp of [at, at.replace('.000', '')]) {
      const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), Timestamp }))
      const { Code, Message } = JSON.parse(body)
      assert.equal(Code, 'InvalidTimeStamp.Expired')
      // Programs compare the beginning.
      assert.ok(Message.startsWith('Specified time stamp or date value is expired. '), Message)
      assert.match(Message, told)
    }
    await close()
  })
}

test('the message for a malformed Signature is at most 64 KB long, otherwise complete', async () => {
  const { ask, close } = await openApiServer()
  const value = '\x01'.repeat(30_000)
  const messageOf = async (request: Request) => JSON.parse((await ask(request)).body).Message as string
  const v1 = { ...commonV1('QueryProduct'), ProductKey: value }
  const text = signedV1(v1)
    .bytes.toString('latin1')
    .replace(/Signature=[^&]*/, 'Signature=signature')
  const junk = await messageOf(requestOf('POST', '', text))
  assert.match(
    junk,
    /The Signature has 9 characters;.* server string to sign is:\(more than 65536 bytes, not shown\)$/,
  )
  const wrong = await messageOf(signedV1(v1, { secret: 'wrong' }))
  assert.ok(wrong.includes('%2501'.repeat(30_000)))
  const v3 = signedV3('QueryProduct', { ProductKey: value })
  const authorization = v3.headers.get('authorization')![0]!.replace(/Signature=.*/, 'Signature=AAAA')
  const junkV3 = await messageOf({
    ...v3,
    headers: new Map([...v3.headers, ['authorization', [authorization]]]),
  })
  assert.match(
    junkV3,
    /^The request signature does not conform.* has 4 characters;.*\(more than 65536 bytes, not shown\)\]$/s,
  )
  await close()
})
