import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { canonicalQuery, percentEncode } from '../../src/signature/percent.ts'
import { signV1 } from '../../src/signature/v1.ts'
import { commonV1, openApiServer, requestOf, signedV1, signedV3 } from '../support/api-server.ts'
import { hmacSha1 } from '../support/hashes.ts'
import { credentials } from '../support/server.ts'

const gateway = await openApiServer({ quota: false })
after(() => gateway.close())

const codeOf = async (request: Parameters<typeof gateway.ask>[0]) => {
  const { body } = await gateway.ask(request)
  // A request with too many parameters is refused before its Format is known.
  return /"Code":"(.*?)"|<Code>(.*?)</.exec(body)?.slice(1).find(Boolean) ?? 'Success'
}
const { productKey: ProductKey } = credentials
const numbered = (count: number, name: (n: number) => string, value = 'light-1') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i + 1), value]))
const list = (count: number, n = (i: number) => i) => numbered(count, (i) => `DeviceList.${n(i)}.DeviceName`)

// Common parameters, ProductKey and Signature are ten.
for (const [what, action, parameters, code] of [
  ['990 parameters besides', 'QueryProduct', numbered(990, (n) => `a${n}`), 'Success'],
  ['991 parameters besides', 'QueryProduct', numbered(991, (n) => `a${n}`), 'TooManyParameters'],
  ['990 of a list that it has not', 'QueryProduct', list(990), 'Success'],
  ['991 of a list that it has not', 'QueryProduct', list(991), 'TooManyParameters'],
  ['100,000 of a list that it has not', 'QueryProduct', list(100_000), 'TooManyParameters'],
  ['991 besides its list', 'BatchCheckImportDevice', numbered(991, (n) => `a${n}`), 'TooManyParameters'],
  ['a list of 10,000', 'BatchCheckImportDevice', list(10_000), 'Success'],
  ['a list of 60,000', 'BatchCheckImportDevice', list(60_000), 'Success'],
  ['a list of 60,000', 'BatchImportDevice', list(60_000), 'iot.device.TooManyDeviceNamesPerRequest'],
  ['a list of 199,990', 'BatchCheckImportDevice', list(199_990), 'Success'],
  ['a list of 199,991', 'BatchCheckImportDevice', list(199_991), 'TooManyParameters'],
  ['a list of 199,990 with wide gaps', 'BatchCheckImportDevice', list(199_990, (i) => i * 1000), 'Success'],
  [
    'a list of 199,991 with wide gaps',
    'BatchCheckImportDevice',
    list(199_991, (i) => i * 1000),
    'TooManyParameters',
  ],
] as const) {
  test(`${action} with ${what}: ${code}`, async () => {
    assert.equal(await codeOf(signedV1({ ...commonV1(action), ProductKey, ...parameters })), code)
    // The same in V3's body, which is read after it was verified.
    const body = canonicalQuery(Object.entries({ ...numbered(9, (n) => `b${n}`, ''), ...parameters }))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal(await codeOf(signedV3(action, { ProductKey }, { body, headers })), code)
  })
}

for (const [what, odd] of [
  ['written plainly', ''],
  ['with an escape in a name', '%61=1&'],
  ['with a name that has no value', 'a&'],
] as const) {
  test(`&-signs count like parameters in a request ${what}`, async () => {
    const request = (count: number) => {
      const text = signedV1({ ...commonV1('QueryProduct'), ProductKey }).bytes.toString('latin1')
      return requestOf('POST', '', `${odd}${text}${'&'.repeat(count)}`)
    }
    const few = await codeOf(request(900))
    assert.ok(few === 'Success' || few === 'SignatureDoesNotMatch', few)
    assert.equal(await codeOf(request(1000)), 'TooManyParameters')
    assert.equal(await codeOf(request(8_000_000)), 'TooManyParameters')
  })
}

test('a common parameter is found at any position and in any spelling', async () => {
  const fields = { ...commonV1('BatchCheckImportDevice'), ProductKey, ...list(5000) }
  const text = signedV1(fields).bytes.toString('latin1')
  const odd = text.replace('Action=', '%41ctio%6e=').replace('Timestamp=', '%54imestamp=')
  assert.equal(await codeOf(requestOf('POST', '', odd)), 'Success')
  assert.equal(await codeOf(requestOf('POST', '', `%41ction=Pub&${odd}`)), 'InvalidAction')
  const strangers = text.replace('AccessKeyId=testid', '%41ccessKeyId=nobody')
  assert.equal(await codeOf(requestOf('POST', '', strangers)), 'InvalidAccessKeyId.NotFound')
})

test('a list whose names have escapes may have as many parameters as another', async () => {
  const fields = { ...commonV1('BatchCheckImportDevice'), ProductKey, ...list(199_990) }
  const text = signedV1(fields).bytes.toString('latin1').replaceAll('DeviceList.', 'DeviceLis%74.')
  assert.equal(await codeOf(requestOf('POST', '', text)), 'Success')
  assert.equal(await codeOf(requestOf('POST', '', `a=1&${text}`)), 'TooManyParameters')
})

test('a list that names one entry 199,990 times is signed like another, and refused as malformed', async () => {
  const fields = { ...commonV1('BatchCheckImportDevice'), ProductKey }
  const twins = Array.from({ length: 199_990 }, (_, i) => ['DeviceList.1.DeviceName', `light-${i}`] as const)
  const pairs = [...Object.entries(fields), ...twins]
  const signature = signV1('POST', pairs, credentials.accessKeySecret, hmacSha1)
  const body = [...pairs, ['Signature', signature] as const]
    .map(([name, value]) => `${name}=${percentEncode(value)}`)
    .join('&')
  assert.equal(await codeOf(requestOf('POST', '', body)), 'iot.device.InvalidDeviceParams')
})

test('a multipart form may have as many parts as a form has parameters', async () => {
  const pairs = Object.entries({ ...commonV1('BatchCheckImportDevice'), ProductKey, ...list(199_990) })
  const signature = signV1('POST', pairs, credentials.accessKeySecret, hmacSha1)
  const part = ([name, value]: readonly [string, string]) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const parts = [...pairs, ['Signature', signature] as const].map(part).join('')
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  assert.equal(await codeOf(requestOf('POST', '', `${parts}--b--\r\n`, headers)), 'Success')
  const more = `${part(['a', '1'])}${parts}--b--\r\n`
  assert.equal(await codeOf(requestOf('POST', '', more, headers)), 'TooManyParameters')
})

for (const [what, value, code] of [
  ['4 MB of percent-encoded controls', '%01'.repeat(1_300_000), 'SignatureDoesNotMatch'],
  ['0.3 MB of spaces as plus signs', '+'.repeat(300_000), 'SignatureDoesNotMatch'],
  ['0.3 MB of controls as they are', '\x01'.repeat(300_000), 'SignatureDoesNotMatch'],
  ['1 MB of controls as they are', '\x01'.repeat(1_000_000), 'StringToSignTooLong'],
  ['1 MB of spaces as plus signs', '+'.repeat(1_000_000), 'StringToSignTooLong'],
  ['1 MB of them in a list', `${'&DeviceList.1.Sn='}${'+'.repeat(50)}`.repeat(16_000), 'StringToSignTooLong'],
] as const) {
  test(`a string to sign made of ${what}: ${code}`, async () => {
    const text = signedV1({ ...commonV1('BatchCheckImportDevice'), ProductKey }).bytes.toString('latin1')
    assert.equal(await codeOf(requestOf('POST', '', `${text}&a=${value}`)), code)
  })
}
