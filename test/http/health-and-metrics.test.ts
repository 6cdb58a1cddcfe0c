import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { credentials, startServer } from '../support/server.ts'
import { call, goodDevices, send } from '../support/sign.ts'

/** The samples of GET /metrics: name and labels → value. */
async function metricsOf(url: string) {
  const { status, headers, text } = await send(url, { method: 'GET', path: '/metrics' })
  assert.equal(status, 200)
  assert.match(headers['content-type'] ?? '', /^text\/plain/)
  const samples = new Map<string, number>()
  for (const line of text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))) {
    const space = line.lastIndexOf(' ')
    samples.set(line.slice(0, space), Number(line.slice(space + 1)))
  }
  return samples
}

const calls = (action: string, result: string, code: string) =>
  `rollcall_calls_total{action="${action}",result="${result}",code="${code}"}`

suite('health', () => {
  test('GET /healthz is 200 while the server can serve, without any signature', async (t) => {
    const server = await startServer()
    t.after(() => server.close())
    const { status, text } = await send(server.url, { method: 'GET', path: '/healthz' })
    assert.deepEqual([status, text], [200, 'ok\n'])
  })
})

suite('metrics', () => {
  test('count calls by action, result and code, and devices, and time', async (t) => {
    const server = await startServer({ logLevel: 'silent' })
    t.after(() => server.close())
    const parameters = { ProductKey: credentials.productKey }
    const check = 'BatchCheckImportDevice'
    for (const count of [3, 4]) await call(server.url, check, { ...parameters, ...goodDevices(count) })
    await call(server.url, 'BatchImportDevice', { ...parameters, ...goodDevices(5) })
    await call(server.url, check, { ...parameters, 'DeviceList.x': '1' })
    await call(server.url, check, goodDevices(1))
    await call(server.url, check, parameters, { secret: 'wrong' })
    await call(server.url, 'NoSuchAction', {})
    await send(server.url, { method: 'PUT' })

    const samples = await metricsOf(server.url)
    for (const [sample, value] of [
      [calls(check, 'answered', ''), 2],
      [calls('BatchImportDevice', 'answered', ''), 1],
      [calls(check, 'failed', 'iot.device.InvalidDeviceParams'), 1],
      [calls(check, 'refused', 'MissingProductKey'), 1],
      [calls(check, 'refused', 'SignatureDoesNotMatch'), 1],
      [calls('none', 'refused', 'InvalidAction.NotFound'), 1],
      [calls('none', 'refused', 'UnsupportedHTTPMethod'), 1],
      [`rollcall_devices_total{action="${check}"}`, 7],
      ['rollcall_devices_total{action="BatchImportDevice"}', 5],
      [`rollcall_call_seconds_count{action="${check}"}`, 5],
      [`rollcall_list_entries_sum{action="${check}"}`, 7],
    ] as const) {
      assert.equal(samples.get(sample), value, sample)
    }
  })

  test('count signed calls of operations that Rollcall does not have, by name, a bounded number of them', async (t) => {
    const server = await startServer({ logLevel: 'silent' })
    t.after(() => server.close())
    const unknown = (action: string) => `rollcall_unknown_actions_total{action="${action}"}`
    for (let i = 0; i < 102; i++) await call(server.url, `Pub${i}`, {})
    await call(server.url, 'Pub0', {}, { secret: 'wrong' })
    await call(server.url, 'Stranger', {}, { id: 'nobody' })
    await send(server.url, { method: 'GET', path: '/?Version=2018-01-20&Action=Unsigned' })
    // Known, under a version that other operations have.
    await call(server.url, 'BatchCheckImportDevice', { Version: '2026-11-01' })
    const samples = await metricsOf(server.url)
    assert.deepEqual(
      ['Pub0', 'Pub99', 'Pub100', 'Stranger', 'Unsigned', 'BatchCheckImportDevice', 'other'].map((name) =>
        samples.get(unknown(name)),
      ),
      [1, 1, undefined, undefined, undefined, undefined, 2],
    )
    assert.equal(samples.get(calls('none', 'refused', 'InvalidAction.NotFound')), 106)
  })

  test('names that a caller makes up never become labels', async (t) => {
    const server = await startServer({ logLevel: 'silent' })
    t.after(() => server.close())
    for (let i = 0; i < 20; i++) {
      await call(server.url, `Made-up-${i}`, { Version: `made-up-${i}`, Format: 'XML' })
      await call(server.url, `Made-up-${i}`, { Format: `made-up-${i}` })
      await call(server.url, `Made-up-${i}`, { [`Made-up-${i}`]: 'x' })
    }
    assert.deepEqual(
      [...(await metricsOf(server.url)).keys()].filter((sample) => /made/i.test(sample)),
      [],
    )
  })

  test('count a call that the quota turned away', async (t) => {
    const server = await startServer({ quota: 'on', logLevel: 'silent' })
    t.after(() => server.close())
    const attempts = Array.from({ length: 60 }, () =>
      call(server.url, 'BatchImportDevice', { ProductKey: credentials.productKey }),
    )
    const answers = await Promise.all(attempts)
    const throttled = answers.filter(({ body }) => body.Code === 'Throttling.User')
    assert.ok(throttled.length > 0)
    for (const { status, headers } of throttled) {
      assert.equal(status, 400)
      assert.match(String(headers['x-acs-retry-after']), /^[1-9]\d{0,3}$/)
    }
    const samples = await metricsOf(server.url)
    assert.equal(samples.get('rollcall_throttled_calls_total{action="BatchImportDevice"}'), throttled.length)
  })

  // Whether others are refused can't be seen from this machine; that this one is served, can.
  for (const metrics of ['loopback', 'anyone']) {
    test(`are served to this machine with --metrics ${metrics}`, async (t) => {
      const server = await startServer({ metrics })
      t.after(() => server.close())
      assert.ok((await metricsOf(server.url)).size > 0)
    })
  }
})
