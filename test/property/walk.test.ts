import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { XMLValidator } from 'fast-xml-parser'
import { actions } from '../../src/actions/index.ts'
import { commonV1, openApiServer, requestOf, signedV1, signedV3 } from '../support/api-server.ts'

// Goal: no request, well signed or not, finds a bug: every one ends answered, failed or refused, in
// well-formed JSON or XML. Method: real parameter names with values that clients should not send.

const gateway = await openApiServer({ quota: false })
after(() => gateway.close())

async function endsWell(request: Parameters<typeof gateway.ask>[0]): Promise<void> {
  gateway.records.length = 0
  const { status, headers, body } = await gateway.ask(request)
  const [record] = gateway.records
  assert.notEqual(record?.result, 'broken', String((record?.error as Error | undefined)?.stack))
  assert.ok(status < 500, body)
  if (headers['Content-Type']?.startsWith('application/json')) JSON.parse(body)
  else assert.equal(XMLValidator.validate(body), true, body)
}

const names = [
  ...new Set(actions.flatMap(({ parameters }) => Object.keys(parameters))),
  ...['DeviceName', 'DeviceSecret', 'Sn'].flatMap((member) =>
    [1, 2, 10_001].map((n) => `DeviceList.${n}.${member}`),
  ),
  'DeviceList.1',
  'DeviceList.0.DeviceName',
  '__proto__',
  'constructor.prototype',
]
const value = fc.oneof(
  fc.constantFrom(
    'a1TestKey01',
    'iot-1n8t0001',
    '1',
    '0',
    '-1',
    '50',
    '1e9',
    '9'.repeat(17),
    'true',
    '__proto__',
    'one-party',
    '灯',
    'light-1',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()),
)
const parameters = fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true, maxKeys: 12 })
const action = fc.constantFrom(...actions.map(({ name }) => name), '__proto__', 'NoSuchAction')
const format = fc.constantFrom('JSON', 'XML', 'json', '')

test('any parameters of a signed V1 call end in an answer', async () => {
  const call = fc.asyncProperty(action, parameters, format, fc.boolean(), (Action, given, Format, get) =>
    endsWell(signedV1({ ...commonV1(Action), ...given, Format }, { method: get ? 'GET' : 'POST' })),
  )
  await fc.assert(call, { numRuns: 1000 })
})

test('any JSON body of a signed V3 call ends in an answer', async () => {
  const call = fc.asyncProperty(action, fc.oneof(fc.json(), fc.string()), (Action, body) =>
    endsWell(signedV3(Action, {}, { body, headers: { 'content-type': 'application/json' } })),
  )
  await fc.assert(call, { numRuns: 500 })
})

test('any common parameters end in an answer', async () => {
  const odd = fc.record(
    Object.fromEntries(Object.keys(commonV1('')).map((name) => [name, value])) as Record<
      string,
      typeof value
    >,
    { requiredKeys: [] },
  )
  const call = fc.asyncProperty(action, odd, (Action, given) =>
    endsWell(signedV1({ ...commonV1(Action), ...(given as Record<string, string>) })),
  )
  await fc.assert(call, { numRuns: 500 })
})

test('any bytes end in an answer', async () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
  const header = fc.constantFrom(
    {},
    { authorization: 'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c' },
  )
  const call = fc.asyncProperty(bytes, bytes, header, (query, body, headers) =>
    endsWell(requestOf('POST', query.toString('latin1'), body, headers)),
  )
  await fc.assert(call, { numRuns: 1000 })
})
