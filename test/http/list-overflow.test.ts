import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { credentials } from '../support/server.ts'
import { call, form, goodDevices, send, signedV1 } from '../support/sign.ts'
import { check, served } from './served.ts'

const tooMany = 'iot.device.TooManyDeviceNamesPerRequest'
const ProductKey = credentials.productKey

/** Devices of which every one is wrong in its name, so that the answer names those that were judged. */
const wrong = (numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((n) => [`DeviceList.${n}.DeviceName`, `%${n}`]))
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1)

for (const listOverflow of ['documented', 'discard']) {
  suite(`a check of too many entries, --list-overflow ${listOverflow}`, () => {
    const server = served({ listOverflow })

    for (const [what, numbers, kept] of [
      ['10,001 entries', upTo(10_001), 10_000],
      ['12,345 entries, last first', upTo(12_345).reverse(), 10_000],
      ['numbers with gaps', upTo(10_050).map((n) => 7 * n), 70_000],
      ['numbers of ten digits', upTo(10_001).map((n) => n + 9_999_000_000), 9_999_010_000],
    ] as const) {
      test(`keeps the first 10,000 by number and reports the others: ${what}`, async () => {
        const { status, headers, body } = await check(server.url, wrong(numbers))
        assert.equal(status, 200)
        assert.equal(headers['x-rollcall-discarded'], String(numbers.length - 10_000))
        const sorted = numbers.toSorted((a, b) => a - b)
        const judged = sorted.slice(0, 10_000).map((n) => `%${n}`)
        assert.equal(judged.at(-1), `%${kept}`)
        assert.deepEqual(body.Data.InvalidDeviceNameList, judged)
        assert.equal(body.Data.InvalidDetailList.length, 10_000)
      })
    }

    test('does not judge what it left out', async () => {
      const names = { 'DeviceList.10001.DeviceName': 'light-00001', 'DeviceList.10002.DeviceName': '%' }
      const { headers, body } = await check(server.url, { ...goodDevices(10_000), ...names })
      assert.deepEqual([body.Success, body.Data, headers['x-rollcall-discarded']], [true, undefined, '2'])
    })

    test('reports nothing for 10,000 entries', async () => {
      const { headers, body } = await check(server.url, goodDevices(10_000))
      assert.deepEqual([body.Success, headers['x-rollcall-discarded']], [true, undefined])
    })
  })
}

suite('an import of too many entries', () => {
  const server = served()

  test('is refused, and nothing is imported', async () => {
    const { status, body, headers } = await call(server.url, 'BatchImportDevice', {
      ProductKey,
      ...goodDevices(10_001, 'much'),
    })
    assert.deepEqual([status, body.Success, body.Code], [200, false, tooMany])
    assert.match(body.ErrorMessage, /10001 entries.*10000/)
    assert.equal(headers['x-rollcall-discarded'], undefined)
    assert.equal((await check(server.url, goodDevices(100, 'much'))).body.Data, undefined)
  })
})

suite('with --list-overflow discard, an import', () => {
  const server = served({ listOverflow: 'discard' })

  test('uses the first 10,000 and reports the others', async () => {
    const devices = goodDevices(10_002, 'some')
    const { status, body, headers } = await call(server.url, 'BatchImportDevice', { ProductKey, ...devices })
    assert.deepEqual([status, body.Success, headers['x-rollcall-discarded']], [200, true, '2'])
    const { RepeatedDeviceNameList } = (await check(server.url, devices)).body.Data
    assert.equal(RepeatedDeviceNameList.length, 10_000)
    assert.equal(RepeatedDeviceNameList.at(-1), 'some-10000')
  })
})

suite('with --list-overflow reject', () => {
  const server = served({ listOverflow: 'reject' })

  test('a check of too many entries is refused too', async () => {
    const { status, body, headers } = await check(server.url, goodDevices(10_001))
    assert.deepEqual([status, body.Success, body.Code], [400, false, tooMany])
    assert.match(body.Message, /^The devices you query exceed the maximum number\./)
    assert.equal(body.Message, body.ErrorMessage)
    assert.equal(headers['x-rollcall-discarded'], undefined)
  })

  test('a check of 10,000 is not', async () => {
    assert.equal((await check(server.url, goodDevices(10_000))).body.Success, true)
  })

  test('the refusal can be read as XML', async () => {
    const parameters = { Action: 'BatchCheckImportDevice', ProductKey, ...goodDevices(10_001) }
    const signed = signedV1({ ...parameters, Format: 'xml' })
    const { status, text } = await send(server.url, { body: form(Object.entries(signed)) })
    assert.equal(status, 400)
    assert.match(text, /<Success>false<\/Success>.*TooManyDeviceNames/s)
  })
})
