import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { jsonBodyAsForm } from '../../src/rpc/parameters/json-body.ts'
import { boundaryOf, MultipartBody } from '../../src/rpc/parameters/multipart-body.ts'
import { percentEncode } from '../../src/signature/percent.ts'
import { openApiServer, signedV3 } from '../support/api-server.ts'
import { multipart } from '../support/wire-call.ts'

const gateway = await openApiServer({ quota: false })
after(() => gateway.close())

const json = (text: string | Buffer) => jsonBodyAsForm(Buffer.from(text as string)).toString()

for (const [text, form] of [
  ['{}', ''],
  [' { "a" : "b" } ', 'a=b'],
  ['{"a":1,"b":true,"c":null,"d":""}', 'a=1&b=true&d='],
  // A number stays as it is written: no device gets another name.
  ['{"a":12345678901234567890,"b":1.50,"c":-0,"d":1e5}', 'a=12345678901234567890&b=1.50&c=-0&d=1e5'],
  ['{"L":[{"N":"x","S":"1"},{"N":"y"}]}', 'L.1.N=x&L.1.S=1&L.2.N=y'],
  ['{"L":["x",null,["y"]],"M":{"1":{"N":"z"}}}', 'L.1=x&L.3.1=y&M.1.N=z'],
  ['{"a":"x","a":"y"}', 'a=x&a=y'],
  ['{"a&b=":"c&d=e f"}', 'a%26b%3D=c%26d%3De%20f'],
  [JSON.stringify({ 灯: '"\\/\b\f\n\r\t😀' }), `${percentEncode('灯')}=${percentEncode('"\\/\b\f\n\r\t😀')}`],
] as const) {
  test(`the JSON ${text.slice(0, 60)} is the form ${form.slice(0, 60)}`, () => assert.equal(json(text), form))
}

test('JSON is read as JSON.parse reads it, and what it refuses is refused', () => {
  const noise = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\0-1.eE+ntrufalsx \n') })
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true })
  const text = fc.oneof(
    noise,
    fc.json({ maxDepth: 3 }),
    object.map((value) => JSON.stringify(value)),
  )
  const damaged = fc.tuple(text, fc.nat(200), fc.constantFrom(...'{}[]:,"\\ 1', '')).map(([text, at, by]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + by + text.slice(place + 1)
  })
  const property = fc.property(fc.oneof(text, damaged), (text) => {
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch {}
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    if (!isObject) assert.throws(() => json(text), { code: 'InvalidJson' }, text)
    else json(text)
  })
  fc.assert(property, { numRuns: 3000 })
})

for (const [what, body] of [
  ['5 million empty objects', `{"a":[${'{},'.repeat(5_000_000)}{}]}`],
  ['2 million nulls', `{"a":[${'null,'.repeat(2_000_000)}null]}`],
  ['200,001 members', `{${Array.from({ length: 200_001 }, (_, i) => `"${i}":1`).join(',')}}`],
] as const) {
  test(`JSON of ${what} is too many parameters, and read no further`, () => {
    assert.throws(() => json(body), { code: 'TooManyParameters' })
  })
}

for (const [what, contentType, body] of [
  ['JSON', 'application/json', '{"ProductKey":'],
  ['a multipart form', 'multipart/form-data; boundary=x', '--y'],
] as const) {
  test(`${what} with a wrong signature is not read, and its errors are not reported`, async () => {
    const how = { body, headers: { 'content-type': contentType } }
    const codeOf = async (secret: string) =>
      JSON.parse((await gateway.ask(signedV3('QueryProduct', {}, { ...how, secret }))).body).Code
    assert.equal(await codeOf('wrong'), 'SignatureDoesNotMatch')
    assert.match(await codeOf('testsecret'), /^Invalid(Json|Multipart)$/)
  })
}

const form = (body: string, boundary = 'b') =>
  new MultipartBody(Buffer.from(body, 'latin1'), boundary).form().toString()
const part = (headers: string, value = 'v') => `--b\r\n${headers}\r\n\r\n${value}\r\n`
const named = 'Content-Disposition: form-data; name="a"'

for (const [what, body, expected] of [
  ['no part', '--b--', ''],
  ['one', `${part(named)}--b--\r\n`, 'a=v'],
  ['no line end behind it', `${part(named)}--b--`, 'a=v'],
  ['an empty value', `${part(named, '')}--b--`, 'a='],
  [
    'a value of line ends and dashes',
    `${part(named, '\r\n--\r\n-b\r\n--c')}--b--`,
    'a=%0D%0A--%0D%0A-b%0D%0A--c',
  ],
  ['a value that percent-encoding would change', `${part(named, '+%41&=')}--b--`, 'a=%2B%2541%26%3D'],
  ['bytes', `${part(named, '\x00\xff')}--b--`, 'a=%00%FF'],
  ['the same name twice', `${part(named)}${part(named, 'w')}--b--`, 'a=v&a=w'],
  [
    'headers that Java adds',
    `${part(`${named}\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Transfer-Encoding: 8bit`)}--b--`,
    'a=v',
  ],
  [
    'a name without quotes, as .NET writes it',
    `${part('Content-Disposition: form-data; name=a.1.b')}--b--`,
    'a.1.b=v',
  ],
  [
    'its headers in lower case and another order',
    `${part(`content-length: 1\r\n${named.toLowerCase()}`)}--b--`,
    'a=v',
  ],
] as const) {
  test(`a multipart form with ${what} is the form ${expected}`, () => assert.equal(form(body), expected))
}

for (const [what, body] of [
  ['something before it', `x\r\n${part(named)}--b--`],
  ['something behind it', `${part(named)}--b--\r\nx`],
  ['something behind a boundary', `--b \r\n${named}\r\n\r\nv\r\n--b--`],
  ['no end', part(named)],
  ['an end cut short', `${part(named)}--b-`],
  ['a longer boundary', `${part(named)}--bb--`],
  ['bare line feeds', `${part(named)}--b--`.replaceAll('\r\n', '\n')],
  ['a file', `${part(`${named}; filename="x"`)}--b--`],
  ['a file named in another set of characters', `${part(`${named}; filename*=UTF-8''x`)}--b--`],
  ['a part without a name', `${part('Content-Disposition: form-data')}--b--`],
  ['a part without headers', '--b\r\n\r\nv\r\n--b--'],
  ['two dispositions', `${part(`${named}\r\n${named}`)}--b--`],
  ['two names', `${part(`${named}; name="b"`)}--b--`],
  ['an escaped quotation mark', `${part('Content-Disposition: form-data; name="a\\"b"')}--b--`],
  ['base64', `${part(`${named}\r\nContent-Transfer-Encoding: base64`)}--b--`],
  ['a folded header', `${part('Content-Disposition: form-data;\r\n name="a"')}--b--`],
  ['headers without an end', `--b\r\n${'x: y\r\n'.repeat(1000)}`],
] as const) {
  test(`a multipart form with ${what} is refused`, () => {
    assert.throws(() => form(body), { code: 'InvalidMultipart' })
  })
}

test('more parts than a form may have parameters are refused, and read no further', () => {
  const parts = Array.from({ length: 200_001 }, () => ['a', ''] as const)
  assert.throws(() => form(multipart('b', parts)), { code: 'TooManyParameters' })
  assert.equal(form(multipart('b', parts.slice(1))).length, 200_000 * 3 - 1)
})

/** Bytes as latin1, percent-encoded. */
const escaped = (text: string) =>
  text.replace(/[^\w.~-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

test('a multipart form is read as written', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab-\r\n &=%+\xff"'), maxLength: 80 })
  const parts = fc.array(fc.tuple(fc.constantFrom('a', 'L.1.N', 'Action', '\xfc%&='), text), { maxLength: 9 })
  const property = fc.property(parts, (parts) => {
    // A value must not contain the delimiter.
    const given = parts.map(([name, value]) => [name, value.replaceAll('\r\n--b', '')] as const)
    const expected = given.map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    assert.equal(form(multipart('b', given)), expected.join('&'))
  })
  fc.assert(property, { numRuns: 500 })
})

for (const [type, boundary] of [
  ['multipart/form-data; boundary=b', 'b'],
  ['multipart/form-data;boundary="a b"', 'a b'],
  ['multipart/form-data; charset=utf-8; Boundary=----x', '----x'],
  ['multipart/form-data; boundary=b; charset=utf-8', 'b'],
] as const) {
  test(`the boundary of ${type} is ${boundary}`, () => assert.equal(boundaryOf(type), boundary))
}

for (const type of [
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="b',
  `multipart/form-data; boundary=${'b'.repeat(71)}`,
]) {
  test(`${type.slice(0, 60)} names no boundary`, () =>
    assert.throws(() => boundaryOf(type), { code: 'InvalidMultipart' }))
}
