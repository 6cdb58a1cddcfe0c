import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentials } from '../support/server.ts'
import { form, goodDevices, send, signedV1, signedV3 } from '../support/sign.ts'
import { served } from './served.ts'

const server = served()
const { productKey } = credentials
const entries = (count: number, entry: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => entry(i))

/**
 * Time in which any request must be answered, however it is made: while one is read, nobody else is served.
 * An honest call of 10,000 devices takes a tenth of it here; what costs the square of its size takes many times more.
 */
const limitMs = 10_000

for (const [what, body, code, contentType] of [
  ['900 unknown keys', entries(900, (i) => `k${i}=${i}`).join('&'), 'MissingProductKey'],
  ['30,000 unknown keys', entries(30_000, (i) => `k${i}=${i}`).join('&'), 'TooManyParameters'],
  ['900 times the same key', 'ProductKey=x&'.repeat(900), 'iot.device.NoneDeviceNameElement'],
  ['30,000 times the same key', 'ProductKey=x&'.repeat(30_000), 'TooManyParameters'],
  ['900 keys of 15 KB that begin alike', entries(900, (i) => `${'a'.repeat(15_000)}${i}=`).join('&')],
  [
    '30,000 members named __proto__',
    `ProductKey=${productKey}&${entries(30_000, (i) => `DeviceList.${i + 1}.__proto__=x`).join('&')}`,
    'iot.device.InvalidDeviceParams',
  ],
  [
    '30,000 members of the same entry',
    `ProductKey=${productKey}&${entries(30_000, (i) => `DeviceList.1.M${i}=x`).join('&')}`,
    'iot.device.InvalidDeviceParams',
  ],
  [
    '30,000 entries with numbers far apart',
    `ProductKey=${productKey}&${entries(30_000, (i) => `DeviceList.${(i + 1) * 65_536}.DeviceName=x`).join('&')}`,
    undefined,
  ],
  ['8 million ampersands', '&'.repeat(8_000_000), 'TooManyParameters'],
  ['2 million keys without a value', 'a&'.repeat(2_000_000), 'TooManyParameters'],
  ['2 million keys with one', 'a=&'.repeat(2_000_000), 'TooManyParameters'],
  ['5 million escaped percent signs', `a=${'%25'.repeat(5_000_000)}`, 'MissingProductKey'],
  ['one value of 15 MB', `a=${'x'.repeat(15_000_000)}`, 'MissingProductKey'],
  ['one name of 15 MB', `${'x'.repeat(15_000_000)}=`, 'MissingProductKey'],
  [
    'JSON of 4 million numbers',
    `{"a":[${'1,'.repeat(4_000_000)}1]}`,
    'TooManyParameters',
    'application/json',
  ],
  [
    'JSON of 4 million empty lists',
    `{"a":[${'[],'.repeat(4_000_000)}1]}`,
    'TooManyParameters',
    'application/json',
  ],
  [
    'JSON of 5 million empty objects',
    `{"a":[${'{},'.repeat(5_000_000)}1]}`,
    'TooManyParameters',
    'application/json',
  ],
] as const) {
  test(`${what} are answered in time`, async () => {
    const headers = signedV3(server.url, 'BatchCheckImportDevice', {
      body,
      ...(contentType && { contentType }),
    })
    const startedAt = performance.now()
    const answer = await send(server.url, { headers, body })
    const milliseconds = Math.round(performance.now() - startedAt)
    assert.ok(
      answer.status < 500 && answer.body.Code !== 'iot.system.SystemException',
      answer.text.slice(0, 300),
    )
    if (code !== undefined) assert.equal(answer.body.Code, code)
    assert.ok(milliseconds < limitMs, `${milliseconds} ms`)
  })
}

for (const [what, value, code, message] of [
  ['300,000 escaped bytes', '%01'.repeat(300_000), 'SignatureDoesNotMatch', /(%2501){1000}$/],
  // No client sends this: an echo five times as large as what was sent would be an amplifier.
  ['4,000,000 bytes that should be escaped', '\x01'.repeat(4_000_000), 'StringToSignTooLong', /exceeds/],
] as const) {
  test(`a wrong signature over ${what} is refused in time`, async () => {
    const { Signature, ...signed } = signedV1({ Action: 'BatchCheckImportDevice', ...goodDevices(1) })
    const head = `${form(Object.entries(signed))}&Signature=${'A'.repeat(27)}=&x=`
    const startedAt = performance.now()
    const answer = await send(server.url, { body: head + value })
    const milliseconds = Math.round(performance.now() - startedAt)
    assert.deepEqual([answer.status, answer.body.Code], [400, code])
    assert.match(answer.body.Message, message)
    assert.ok(milliseconds < limitMs, `${milliseconds} ms`)
  })
}
