import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { hashes, sender } from '../../src/cli/endpoint/send.ts'
import { type ClientOptions, createClient, type Send } from '../../src/client/client.ts'
import type { ListParameter } from '../../src/client/list.ts'
import type { Operation } from '../../src/client/operations.ts'
import { type Answered, Refused, Unreachable } from '../../src/client/outcome.ts'
import { Pace } from '../../src/client/pace.ts'
import { columnsOf } from '../../src/lib/columns.ts'
import { credentials, startServer } from '../support/server.ts'

const operations: Operation[] = JSON.parse(readFileSync('docs/reference/catalogue.json', 'utf8'))
const waits: number[] = []

function clientOf(send: Send, more: Partial<ClientOptions> = {}) {
  waits.length = 0
  return createClient({
    endpoint: 'http://endpoint',
    accessKey: { id: credentials.accessKeyId, secret: credentials.accessKeySecret },
    signature: 'v3',
    operations,
    send,
    hashes,
    clock: { now: () => Date.now() },
    nonce: randomUUID,
    random: () => 0.5,
    wait: async (milliseconds) => void waits.push(milliseconds),
    ...more,
  })
}

const answered = (status: number, body: object, headers: Record<string, string> = {}): Answered => ({
  status,
  header: (name) => headers[name],
  text: JSON.stringify({ RequestId: 'r', ...body }),
})
const good = answered(200, { Success: true })

/** Answers in turn, an error is thrown; keeps what was sent. */
function script(...turns: (Answered | Error)[]) {
  const nonces: string[] = []
  const send: Send = async ({ headers }) => {
    nonces.push(headers['x-acs-signature-nonce']!)
    const turn = turns.shift()!
    if (turn instanceof Error) throw turn
    return turn
  }
  return { send, nonces, left: turns }
}

const lost = new Unreachable('lost', true)
const throttled = (after?: string) =>
  answered(400, { Code: 'Throttling.User' }, after === undefined ? {} : { 'x-acs-retry-after': after })

suite('a call is repeated', () => {
  test('when it was throttled, after the delay that the server gives, with a new nonce', async () => {
    const { send, nonces } = script(throttled('700'), throttled(), good)
    await clientOf(send).call('BatchImportDevice', {})
    assert.equal(new Set(nonces).size, 3)
    assert.equal(waits.length, 2)
    assert.ok(waits[0]! >= 700 && waits[0]! <= 900, String(waits[0]))
  })

  test('and the number of throttled attempts of each call is reported separately', async () => {
    const told: number[] = []
    const { send } = script(throttled(), throttled(), throttled(), throttled(), good, good)
    const client = clientOf(send, { onThrottled: (times) => told.push(times) })
    await Promise.all([client.call('QueryDevice', {}), client.call('QueryDevice', {})])
    assert.deepEqual(told, [1, 1, 2, 2])
  })

  test('when its answer was lost and it is read-only', async () => {
    const { send, nonces } = script(lost, answered(503, { Code: 'ServiceUnavailable' }), good)
    await clientOf(send).call('QueryDevice', {})
    assert.equal(new Set(nonces).size, 3)
  })

  test('when nothing of it was sent', async () => {
    const { send } = script(new Unreachable('refused', false), good)
    await clientOf(send).call('BatchImportDevice', {})
  })
})

suite('a call is not repeated', () => {
  test('when it may have been done', async () => {
    const { send, left } = script(lost, good)
    await assert.rejects(clientOf(send).call('BatchImportDevice', {}), lost)
    assert.equal(left.length, 1)
  })

  test('when it begins like a read, but stores something', async () => {
    const { send, left } = script(lost, good)
    await assert.rejects(clientOf(send).call('BatchCheckDeviceNames', {}), lost)
    assert.equal(left.length, 1)
  })

  test('when it was refused', async () => {
    const { send } = script(answered(404, { Code: 'InvalidAccessKeyId.NotFound', Message: 'No.' }), good)
    await assert.rejects(clientOf(send).call('QueryDevice', {}), { code: 'InvalidAccessKeyId.NotFound' })
  })

  test('for longer than there is patience', async () => {
    const { send } = script(...Array.from({ length: 20 }, () => throttled('1000')))
    await assert.rejects(clientOf(send, { patienceMs: 5000 }).call('QueryDevice', {}), Refused)
    assert.ok(waits.length < 6)
  })
})

test('an error contains no string to sign, which would contain devices’ secrets', async () => {
  const Message =
    'Specified signature is not matched with our calculation. server string to sign is:POST&s3cret'
  const { send } = script(answered(400, { Code: 'SignatureDoesNotMatch', Message }))
  await assert.rejects(
    clientOf(send).call('QueryDevice', {}),
    (error: Error) => !error.message.includes('s3cret'),
  )
})

const value = fc.string({ unit: 'grapheme', maxLength: 12 })

test('any list arrives unchanged, with both signatures', async (t) => {
  const server = await startServer()
  t.after(() => server.close())
  const { send, close } = sender(10_000)
  t.after(close)
  const devices = fc.array(
    fc.record({ DeviceName: value, DeviceSecret: value, Sn: fc.option(value, { nil: undefined }) }),
    { minLength: 1, maxLength: 120 },
  )
  const property = fc.asyncProperty(devices, fc.constantFrom('v1', 'v3'), async (rows, signature) => {
    const client = clientOf(send, { endpoint: server.url, signature: signature as 'v1' })
    const { members } = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], rows)
    const list: ListParameter = {
      name: 'DeviceList',
      members: { ...members },
      entries: Int32Array.from(rows.keys()),
    }
    const { Data } = await client.call('BatchCheckImportDevice', { ProductKey: credentials.productKey }, list)
    const isName = (text: string) => /^[A-Za-z0-9\-_@.:]{4,32}$/.test(text)
    const illegal = rows.map(({ DeviceName }) => DeviceName).filter((name) => !isName(name))
    assert.deepEqual(Data?.InvalidDeviceNameList ?? [], [...new Set(illegal)])
    const bad = new Map(rows.map((row) => [JSON.stringify([row.DeviceName, row.DeviceSecret, row.Sn]), row]))
    for (const row of Data?.InvalidDetailList ?? [])
      assert.ok(bad.has(JSON.stringify([row.DeviceName, row.DeviceSecret, row.Sn])))
  })
  await fc.assert(property, { numRuns: 60 })
})

test('the pace grows while calls go well, and halves when they are throttled', () => {
  const pace = new Pace(6)
  for (let i = 0; i < 100; i++) pace.wentWell()
  assert.equal(pace.width, 6)
  pace.throttled()
  assert.equal(pace.width, 3)
  for (let i = 0; i < 10; i++) pace.throttled()
  assert.equal(pace.width, 1)
})
