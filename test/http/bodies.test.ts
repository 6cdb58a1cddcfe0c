import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentials } from '../support/server.ts'
import { form, goodDevices, send, signedV1, signedV3 } from '../support/sign.ts'
import { served } from './served.ts'

const server = served()
const action = 'BatchCheckImportDevice'
const { productKey } = credentials
const parameters = { ProductKey: productKey, ...goodDevices(2) }

for (const [type, status, code] of [
  ['application/x-www-form-urlencoded', 200, undefined],
  ['application/x-www-form-urlencoded; charset=UTF-8', 200, undefined],
  ['Application/X-WWW-Form-Urlencoded', 200, undefined],
  ['text/plain;charset=UTF-8', 200, undefined],
  ['application/octet-stream', 200, undefined],
  ['', 200, undefined],
  ['multipart/form-data; boundary=x', 400, 'InvalidMultipart'],
  ['multipart/form-data', 400, 'InvalidMultipart'],
  ['multipart/mixed; boundary=x', 415, 'UnsupportedContentType'],
  ['application/xml', 415, 'UnsupportedContentType'],
  ['application/jsonp', 415, 'UnsupportedContentType'],
  ['application/json-patch+json', 415, 'UnsupportedContentType'],
  ['application/x-www-form-urlencoded-not', 415, 'UnsupportedContentType'],
  ['application/json', 415, 'UnsupportedContentType'],
  ['image/png', 415, 'UnsupportedContentType'],
  ['nonsense', 415, 'UnsupportedContentType'],
] as const) {
  test(`a V1 form body called ${type || 'nothing'} is ${code ?? 'read as a form'}`, async () => {
    const answer = await send(server.url, {
      headers: type === '' ? {} : { 'Content-Type': type },
      body: form(Object.entries(signedV1({ Action: action, ...parameters }))),
    })
    assert.deepEqual([answer.status, answer.body.Code], [status, code])
  })
}

test('a content type has no effect without a body', async () => {
  const query = form(Object.entries(signedV1({ Action: action, ...parameters })))
  const headers = { 'Content-Type': 'application/json' }
  const { status, body } = await send(server.url, { path: `/?${query}`, headers })
  assert.deepEqual([status, body.Success], [200, true])
})

function sendJson(json: string | Buffer, contentType = 'application/json') {
  const headers = signedV3(server.url, action, { body: json, contentType })
  return send(server.url, { headers, body: json })
}

const device = { DeviceName: 'light-0001', DeviceSecret: 's1' }
const good = { ProductKey: productKey, DeviceList: [device] }

for (const [what, json] of [
  ['nested as one generation of clients sends it', good],
  ['flat', parameters],
  ['with the list as an object by number', { ProductKey: productKey, DeviceList: { 1: device, 7: device } }],
  [
    'with null for what is not given',
    { ...good, IotInstanceId: null, DeviceList: [{ ...device, Sn: null }] },
  ],
  [
    'with numbers for texts',
    { ProductKey: productKey, DeviceList: [{ DeviceName: 12345, DeviceSecret: 1 }] },
  ],
  ['with keys that every object inherits', { ...good, constructor: { prototype: 1 }, toString: 'x' }],
  [
    'with a __proto__ that names another product',
    `{"__proto__":{"ProductKey":"x"},${JSON.stringify(good).slice(1)}`,
  ],
] as const) {
  test(`a V3 JSON body ${what} is read`, async () => {
    const { status, body } = await sendJson(typeof json === 'string' ? json : JSON.stringify(json))
    assert.deepEqual([status, body.Success], [200, true])
  })
}

for (const [what, json, code] of [
  ['null', 'null', 'InvalidJson'],
  ['a list', '[]', 'InvalidJson'],
  ['a text', '"ProductKey"', 'InvalidJson'],
  ['cut short', JSON.stringify(good).slice(0, -3), 'InvalidJson'],
  ['empty but for spaces', '   ', 'InvalidJson'],
  ['not UTF-8', Buffer.from(JSON.stringify(good).replace('light', '\xff'), 'latin1'), 'InvalidJson'],
  ['a form after all', form(Object.entries(parameters)), 'InvalidJson'],
  ['nested 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'InvalidJson'],
  ['of brackets alone', '['.repeat(1_000_000), 'InvalidJson'],
  ['with a text for the list', { ...good, DeviceList: 'light-0001' }, 'iot.device.InvalidDeviceParams'],
  ['with texts in the list', { ...good, DeviceList: ['a', 'b'] }, 'iot.device.InvalidDeviceParams'],
  ['with lists in the list', { ...good, DeviceList: [[device]] }, 'iot.device.InvalidDeviceParams'],
  [
    'with a foreign member',
    { ...good, DeviceList: [{ ...device, Colour: 1 }] },
    'iot.device.InvalidDeviceParams',
  ],
  [
    'with __proto__ as a member',
    JSON.stringify(good).replace('"DeviceName"', '"__proto__":"x","DeviceName"'),
    'iot.device.InvalidDeviceParams',
  ],
  ['with an empty list', { ...good, DeviceList: [] }, 'iot.device.NoneDeviceNameElement'],
] as const) {
  test(`a V3 JSON body ${what} is ${code}`, async () => {
    const body = typeof json === 'string' || Buffer.isBuffer(json) ? json : JSON.stringify(json)
    const answer = await sendJson(body)
    assert.deepEqual([answer.status, answer.body.Code], [400, code])
  })
}

test('half a surrogate pair in a JSON body is an illegal name, not a fault', async () => {
  const json = JSON.stringify({ ...good, DeviceList: [{ DeviceName: 'light\ud800', DeviceSecret: 's' }] })
  const { status, body } = await sendJson(json)
  assert.deepEqual([status, body.Data.InvalidDeviceNameList], [200, ['light\ufffd']])
})
