import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer, Request } from '../../src/lib/http-message.ts'
import { canonicalQuery } from '../../src/signature/percent.ts'
import { commonV1, openApiServer, requestOf, signedV3 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

const action = 'BatchCheckImportDevice'
const form = {
  'content-type': 'application/x-www-form-urlencoded',
  'content-length': '99',
}
const body = `ProductKey=${credentials.productKey}&DeviceList.1.DeviceName=light-0001`

/** A call of V1 whose common parameters stand in its query, as they are given. */
function v1(
  given: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Request {
  const query = { ...commonV1(action), Signature: 'x', ...given }
  return requestOf('POST', canonicalQuery(Object.entries(query)), body, { ...form, ...headers })
}

/** A call of V3 with other headers than those that were signed. */
function v3(given: Readonly<Record<string, string>>, name = action): Request {
  const request = signedV3(name, {}, { body, headers: form })
  const changed = Object.entries(given).map(([header, value]) => [header, [value]] as const)
  return { ...request, headers: new Map([...request.headers, ...changed]) }
}

const unknown = 'ACS3-HMAC-SHA256 Credential=nobody,SignedHeaders=host,Signature=x'
const codeOf = (answer: Answer | undefined) =>
  answer && /"Code":"([^"]*)|<Code>([^<]*)/.exec(String(answer.body))?.slice(1).join('')

for (const [what, request, code] of [
  ['a key that nobody has, V1', v1({ AccessKeyId: 'nobody' }), 'InvalidAccessKeyId.NotFound'],
  ['an old Timestamp, V1', v1({ Timestamp: '2024-01-02T02:04:05Z' }), 'InvalidTimeStamp.Expired'],
  ['a Timestamp of another form, V1', v1({ Timestamp: 'now' }), 'InvalidTimeStamp.Format'],
  ['another SignatureMethod', v1({ SignatureMethod: 'HMAC-SHA256' }), 'InvalidSignatureMethod'],
  ['another SignatureVersion', v1({ SignatureVersion: '2.0' }), 'InvalidSignatureVersion'],
  ['a bearer token', v1({ SignatureType: 'BEARERTOKEN' }), 'InvalidSignatureType'],
  ['an STS token, V1', v1({ SecurityToken: 't' }), 'InvalidSecurityToken.MismatchWithAccessKey'],
  ['another Version', v1({ Version: '2017-04-20' }), 'InvalidVersion'],
  ['another Format', v1({ Format: 'YAML' }), 'InvalidParameter.Format'],
  ['a Content-Type that is not served', v1({}, { 'content-type': 'text/html' }), 'UnsupportedContentType'],
  ['JSON under V1', v1({}, { 'content-type': 'application/json' }), 'UnsupportedContentType'],
  ['another method', { ...v1({}), method: 'PUT' }, 'UnsupportedHTTPMethod'],
  ['another path', { ...v1({}), path: '/upload' }, 'InvalidAction.NotFound'],
  [
    'a key that nobody has, V3',
    v3({
      authorization: unknown.replace(
        'host',
        'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version',
      ),
    }),
    'InvalidAccessKeyId.NotFound',
  ],
  ['an old x-acs-date', v3({ 'x-acs-date': '2024-01-02T02:04:05Z' }), 'InvalidTimeStamp.Expired'],
  ['no x-acs-date', v3({ 'x-acs-date': '' }), 'MissingTimestamp'],
  ['no nonce', v3({ 'x-acs-signature-nonce': '' }), 'MissingSignatureNonce'],
  ['headers that are not signed', v3({ authorization: unknown }), 'IncompleteSignature'],
  ['an Authorization that says nothing', v3({ authorization: 'ACS3-HMAC-SHA256' }), 'IncompleteSignature'],
  ['another algorithm', v3({ authorization: unknown.replace('ACS3', 'ACS4') }), 'InvalidSignatureMethod'],
  ['an STS token, V3', v3({ 'x-acs-security-token': 't' }), 'InvalidSecurityToken.MismatchWithAccessKey'],
] as const) {
  test(`${what}: refused before the body is read, with the same result as after`, async () => {
    const { ask, precheck, records, close } = await openApiServer()
    const early = await precheck(request)
    const late = await ask(request)
    assert.deepEqual([codeOf(early), codeOf(late)], [code, code])
    assert.deepEqual(
      [early!.status, early!.headers['Content-Type']],
      [late.status, late.headers['Content-Type']],
    )
    // Counted and logged like any other.
    const [first, second] = records
    assert.equal(first!.requestId, early!.headers['x-acs-request-id'])
    const { requestId: _1, ...counted } = first!
    const { requestId: _2, ...expected } = second!
    assert.deepEqual(counted, expected)
    await close()
  })
}

for (const [what, request] of [
  ['a good call, V3', v3({})],
  ['a call of V1, whatever its signature', v1({})],
  ['a request with all of it in the body', requestOf('POST', '', body, form)],
  ['a body of unknown length and kind', requestOf('POST', '', '', { 'content-type': 'text/html' })],
  ['an operation whose Version is in the body', requestOf('POST', 'Action=QueryTopicRouteTable', body, form)],
] as const) {
  test(`${what}: is left to the walk`, async () => {
    const { precheck, records, close } = await openApiServer()
    assert.equal(await precheck(request), undefined)
    assert.deepEqual(records, [])
    await close()
  })
}

for (const [what, query, code] of [
  ['the key alone', 'AccessKeyId=nobody', 'InvalidAccessKeyId.NotFound'],
  ['the Timestamp alone', 'Timestamp=2024-01-02T02:04:05Z', 'InvalidTimeStamp.Expired'],
] as const) {
  test(`${what} is judged when the rest is in the body`, async () => {
    const { precheck, close } = await openApiServer()
    assert.equal(codeOf(await precheck(requestOf('POST', query, body, form))), code)
    await close()
  })
}

test('a key that was disabled is refused, one that was enabled again is not', async () => {
  const { precheck, registry, close } = await openApiServer()
  await registry.accessKeys.setActive(credentials.accessKeyId, false)
  assert.equal(codeOf(await precheck(v3({}))), 'InvalidAccessKeyId.Inactive')
  await registry.accessKeys.setActive(credentials.accessKeyId, true)
  assert.equal(await precheck(v3({})), undefined)
  await close()
})

test('an unknown key costs one read of the store, a known one none', async () => {
  const { precheck, ask, storage, close } = await openApiServer()
  await ask(v3({}))
  const looked: string[] = []
  const find = storage.accessKeys.find.bind(storage.accessKeys)
  Object.assign(storage.accessKeys, {
    find(id: string) {
      looked.push(id)
      return find(id)
    },
  })
  await precheck(v1({ AccessKeyId: 'nobody' }))
  await precheck(v3({}))
  assert.deepEqual(looked, ['nobody'])
  await close()
})
