import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { firstDifference } from '../../src/signature/difference.ts'
import { readPasted } from '../../src/signature/pasted.ts'
import { canonicalQuery, type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { stepsV1 } from '../../src/signature/steps.ts'
import { stringToSignV1 } from '../../src/signature/v1.ts'
import { canonicalRequestV3, type RequestV3 } from '../../src/signature/v3.ts'
import { hmacSha1, sha256 } from '../support/hashes.ts'

const parameters: readonly Parameter[] = [
  ['Action', 'CreateProduct'],
  ['Description', "it's (a) *new* lamp~!"],
  ['DeviceList.1.DeviceName', 'lamp/1'],
  ['DeviceList.10.DeviceName', 'lamp 10'],
  ['DeviceList.2.DeviceName', 'lamp+2'],
  ['ProductName', 'Straßenlaterne é 灯'],
  ['SignatureNonce', 'nonce-0001'],
  ['Timestamp', '2024-01-02T03:04:05Z'],
]
const query = canonicalQuery(parameters)
const toSign = stringToSignV1('POST', parameters)
const withValue = (name: string, value: string) =>
  parameters.map((pair): Parameter => (pair[0] === name ? [name, value] : pair))
const decodedOnce = decodeURIComponent(toSign.slice('POST&%2F&'.length))
/** A string to sign of a client that has its own way of percent-encoding, at the first time or at both. */
const signedBy = (encode: (text: string) => string, again = percentEncode) =>
  `POST&%2F&${again(parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'))}`
const lowerHex = (text: string) => text.replace(/%[0-9A-F]{2}/g, (c) => c.toLowerCase())
const formEncode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)

const request: RequestV3 = {
  method: 'POST',
  path: '/',
  query: [['ProductKey', 'a1 b']],
  headers: new Map([
    ['host', ['127.0.0.1:8080']],
    ['x-acs-action', ['QueryDevice']],
    ['x-acs-date', ['2024-01-02T03:04:05Z']],
  ]),
  signedHeaders: ['host', 'x-acs-action', 'x-acs-date'],
  payloadHash: sha256.hash(''),
}
const canonical = canonicalRequestV3(request)
const signature = hmacSha1('testsecret&', toSign)
const hexOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex')

const mistakes: readonly (readonly [
  kind: string,
  ours: string,
  theirs: string,
  names?: readonly string[],
])[] = [
  ['trailingNewline', toSign, `${toSign}\n`],
  ['trailingNewline', canonical, `${canonical}\r\n`],
  ['lineEnds', canonical, canonical.replaceAll('\n', '\r\n')],
  ['escapedNewlines', canonical, canonical.replaceAll('\n', '\\n')],
  ['noEmptyLine', canonical, canonical.replace('\n\n', '\n')],
  ['hexCase', query, lowerHex(query)],
  ['hexCase', toSign, signedBy((text) => lowerHex(percentEncode(text)))],
  [
    'hexCase',
    toSign,
    signedBy(
      (text) => lowerHex(percentEncode(text)),
      (text) => lowerHex(percentEncode(text)),
    ),
  ],
  ['hexCase', sha256.hash(''), sha256.hash('').toUpperCase()],
  ['plusForSpace', query, query.replaceAll('%20', '+')],
  ['plusForSpace', toSign, signedBy((text) => percentEncode(text).replaceAll('%20', '+'))],
  ['starNotEncoded', query, query.replaceAll('%2A', '*')],
  ['starNotEncoded', toSign, signedBy((text) => percentEncode(text).replaceAll('%2A', '*'))],
  ['marksNotEncoded', query, parameters.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')],
  ['marksNotEncoded', toSign, signedBy(encodeURIComponent)],
  ['marksNotEncoded', toSign, signedBy(encodeURIComponent, encodeURIComponent)],
  ['tildeEncoded', query, query.replaceAll('~', '%7E')],
  ['tildeEncoded', toSign, signedBy((text) => percentEncode(text).replaceAll('~', '%7E'))],
  ['valuesNotEncoded', toSign, signedBy((text) => text)],
  ['valuesNotEncoded', query, parameters.map((pair) => pair.join('=')).join('&')],
  ['notEncodedTwice', toSign, `POST&%2F&${decodedOnce}`],
  ['slashNotEncoded', toSign, toSign.replace('%2F', '/')],
  ['noAmpersand', toSign, toSign.replace('POST&', 'POST')],
  ['noAmpersand', toSign, toSign.replace('%2F&', '%2F')],
  ['method', toSign, toSign.replace('POST', 'GET')],
  ['method', canonical, canonical.replace('POST', 'GET')],
  ['order', query, query.split('&').reverse().join('&')],
  ['order', toSign, toSign.replace(/&([^&]*)$/, (_, rest) => `&${rest.split('%26').reverse().join('%26')}`)],
  ['numericOrder', query, query.replace(/(DeviceList\.10\.[^&]*)&(DeviceList\.2\.[^&]*)/, '$2&$1')],
  ['signatureIncluded', query, `${query}&Signature=abc`],
  ['unicodeForm', query, canonicalQuery(withValue('ProductName', 'Straßenlaterne é 灯'.normalize('NFD')))],
  ['timestamp', query, canonicalQuery(withValue('Timestamp', '2024-01-02T03:04:05.678Z')), ['Timestamp']],
  ['timestamp', toSign, stringToSignV1('POST', withValue('Timestamp', '2024-01-02 03:04:05')), ['Timestamp']],
  ['value', toSign, stringToSignV1('POST', withValue('SignatureNonce', 'another')), ['SignatureNonce']],
  ['value', canonical, canonical.replace('127.0.0.1:8080', 'localhost'), ['host']],
  ['missing', toSign, stringToSignV1('POST', parameters.slice(1)), ['Action']],
  ['missing', canonical, canonical.replace('x-acs-date:2024-01-02T03:04:05Z\n', ''), ['x-acs-date']],
  ['extra', query, canonicalQuery([...parameters, ['RegionId', 'cn-shanghai']]), ['RegionId']],
  ['hexForBase64', signature, hexOf(signature)],
  ['base64ForHex', sha256.hash(''), Buffer.from(sha256.hash(''), 'hex').toString('base64')],
  // Two mistakes in one: the one that explains more of it.
  ['plusForSpace', query, query.replaceAll('%20', '+').replace('2024', '2025').replaceAll('%2F', '/%')],
]

suite('a likely reason', () => {
  for (const [i, [kind, ours, theirs, names]] of mistakes.entries()) {
    test(`${kind} (row ${i + 1})`, () => {
      assert.notEqual(ours, theirs)
      assert.deepEqual(firstDifference(ours, theirs)?.reason, { kind, ...(names && { names }) })
    })
  }

  test('a form’s encoding is recognised by its first error', () => {
    const kind = firstDifference(
      query,
      parameters.map((pair) => pair.map(formEncode).join('=')).join('&'),
    )?.reason
    assert.ok(kind !== undefined && ['plusForSpace', 'starNotEncoded', 'tildeEncoded'].includes(kind.kind))
  })

  test('the key of a signature', () => {
    const step = stepsV1('POST', parameters, 'testsecret', hmacSha1).at(-1)!
    const theirs = hmacSha1('testsecret', toSign)
    assert.deepEqual(firstDifference(step.text, theirs, step.mistaken)?.reason, {
      kind: 'keyWithoutAmpersand',
    })
  })

  test('none if there is none to report', () => {
    assert.equal(firstDifference(signature, hmacSha1('other', toSign))?.reason, undefined)
  })
})

suite('the first difference', () => {
  const rows = [
    ['same', 'same', undefined],
    ['', 'a', [0, 1, 1, '', 'a']],
    ['abc', 'abd', [2, 1, 3, 'c', 'd']],
    ['灯b', '灯c', [3, 1, 2, 'b', 'c']],
    ['a\n灯x', 'a\n灯y', [5, 2, 2, 'x', 'y']],
    ['a😀', 'a😁', [4, 1, 2, '😀', '😁']],
    ['abc', 'ab', [2, 1, 3, 'c', '']],
    ['Name=100%', 'Name=10%', [7, 1, 8, '0', '%']],
    ['Name=%E7', 'Name=%E8', [7, 1, 8, '7', '8']],
  ] as const
  for (const [ours, theirs, expected] of rows) {
    test(`between ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`, () => {
      const found = firstDifference(ours, theirs)
      assert.deepEqual(
        found && [found.byte, found.line, found.column, found.ours.at, found.theirs.at],
        expected,
      )
    })
  }

  test('is at the first differing byte, keeping characters whole', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(
      fc.property(text, text, text, (same, a, b) => {
        const [ours, theirs] = [same + a, same + b]
        const found = firstDifference(ours, theirs)
        if (found === undefined) return assert.equal(ours, theirs)
        const [x, y] = [Buffer.from(ours), Buffer.from(theirs)]
        assert.ok(x.subarray(0, found.byte).equals(y.subarray(0, found.byte)))
        assert.notEqual(x[found.byte], y[found.byte])
        assert.notEqual(found.ours.at, found.theirs.at)
        assert.ok(ours.startsWith(found.ours.at, found.index))
        const before = Buffer.byteLength(ours.slice(0, found.index))
        assert.ok(before <= found.byte && found.byte <= before + Buffer.byteLength(found.ours.at))
      }),
    )
  })
})

suite('what is pasted', () => {
  const inOrder = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1))
  const rows = [
    ['a string to sign of V1', toSign, 'v1', 'POST', inOrder],
    ['one that was encoded once', `GET&%2F&${query}`, 'v1', 'GET', inOrder],
    ['a canonical query', `${query}\n`, 'v1', undefined, inOrder],
    ['a canonical request', canonical, 'v3', 'POST', [['ProductKey', 'a1 b']]],
  ] as const
  for (const [what, text, version, method, expected] of rows) {
    test(`is read: ${what}`, () => {
      const read = readPasted(text)
      assert.deepEqual([read?.version, read?.method, read?.parameters], [version, method, expected])
    })
  }

  test('is read with its headers', () => {
    assert.equal(readPasted(canonical)?.headers.get('x-acs-date'), '2024-01-02T03:04:05Z')
  })

  for (const text of ['', 'hello', 'ACS3-HMAC-SHA256\nabc', '%%%=%', signature, 'a&b'])
    test(`is nothing of the kind: ${JSON.stringify(text)}`, () => {
      assert.equal(readPasted(text)?.parameters.length || undefined, undefined)
    })
})
