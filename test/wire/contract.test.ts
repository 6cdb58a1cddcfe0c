import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failures } from '../../src/api/failures.ts'
import { v1 } from '../support/wire-call.ts'
import { formatsOf, play } from '../support/wire-case.ts'
import { goldenAnswer, updating } from '../support/wire-golden.ts'
import { cases } from './cases.ts'
import { envelope, type Published, published } from './published.ts'

/** Golden files are read here, so this waits while they are written anew. */
const skip = updating && 'the golden files are being written anew'

test('the document’s sample request has the document’s sample success responses', { skip }, () => {
  const sample = { folder: 'BatchCheckImportDevice', name: 'document-sample' }
  const json = `{
    "RequestId": "E4C0FF92-2A86-41DB-92D3-73B60310D25E",
    "Success": true
}`
  const xml = `<BatchCheckImportDeviceResponse>
  <RequestId>E4C0FF92-2A86-41DB-92D3-73B60310D25E</RequestId>
  <Success>true</Success>
</BatchCheckImportDeviceResponse>`
  assert.equal(goldenAnswer(sample, 'JSON').body, JSON.stringify(JSON.parse(json)))
  assert.equal(goldenAnswer(sample, 'XML').body.replace(/^<\?.*?\?>/, ''), xml.replace(/\n */g, ''))
})

test('the document’s error codes have its HTTP status and begin with its message', { skip }, () => {
  const rows = [
    [
      'too-many-device-names',
      400,
      'iot.device.TooManyDeviceNamesPerRequest',
      'The devices you query exceed the maximum number.',
    ],
    ['none-device-name-element', 400, 'iot.device.NoneDeviceNameElement', 'The DeviceName list is empty.'],
    [
      'invalid-device-params-not-a-list',
      400,
      'iot.device.InvalidDeviceParams',
      'The request parameters are invalid.',
    ],
  ] as const
  for (const [name, listed, listedCode, text] of rows) {
    const { status, body } = goldenAnswer({ folder: 'BatchCheckImportDevice', name }, 'JSON')
    const { Success, Code, ErrorMessage } = JSON.parse(body)
    assert.deepEqual([status, Success, Code], [listed, false, listedCode])
    assert.ok(ErrorMessage.startsWith(text), ErrorMessage)
  }
})

/** The members of every JSON answer of an operation, each with the place where the metadata has it. */
const answers = cases
  .filter((wireCase) => wireCase.folder in published && formatsOf(wireCase).includes('JSON'))
  .filter(({ code }) => code === undefined || code in failures)

test('every member of an answer is one that the metadata publishes, and has its type', { skip }, () => {
  for (const wireCase of answers) {
    const { Message: _, ...body } = JSON.parse(goldenAnswer(wireCase, 'JSON').body)
    assertPublished(
      body,
      { ...envelope, ...published[wireCase.folder] },
      `${wireCase.folder} ${wireCase.name}`,
    )
  }
})

function assertPublished(value: unknown, shape: Published | undefined, at: string): void {
  assert.notEqual(shape, undefined, `${at} is not published`)
  if (shape === 'string' || shape === 'boolean') assert.equal(typeof value, shape, at)
  else if (shape === 'int32') assert.ok(Number.isInteger(value) && Math.abs(value as number) < 2 ** 31, at)
  else if (shape === 'int64') assert.ok(Number.isSafeInteger(value), at)
  else if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), at)
    for (const entry of value) assertPublished(entry, shape[0], `${at}[]`)
  } else {
    assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), at)
    for (const [name, inner] of Object.entries(value)) {
      assertPublished(inner, (shape as Readonly<Record<string, Published>>)[name], `${at}.${name}`)
    }
  }
}

/** Published members that Rollcall has nothing to say about. */
const neverAnswered = [
  'ResetThing.JobId',
  // Every topic can be unsubscribed from, and without a thing model services are called asynchronously.
  'UnsubscribeTopic.FailureTopics',
  'UnsubscribeTopic.FailureTopics.topic',
  'InvokeThingService.Data.Result',
]

test('every member that the metadata publishes is answered somewhere', { skip }, () => {
  const answered = new Set<string>()
  for (const wireCase of answers)
    collect(JSON.parse(goldenAnswer(wireCase, 'JSON').body), wireCase.folder, answered)
  const all = new Set<string>()
  for (const [operation, members] of Object.entries(published)) collect(members, operation, all)
  assert.deepEqual(
    [...all].filter((path) => !answered.has(path)),
    neverAnswered,
  )
})

/** The paths of all members, those of a list's entries as the list's own. */
function collect(value: unknown, at: string, paths: Set<string>): void {
  if (Array.isArray(value)) for (const entry of value) collect(entry, at, paths)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      paths.add(`${at}.${name}`)
      collect(inner, `${at}.${name}`, paths)
    }
  }
}

test('the largest ApplyId that the metadata allows is read as one', async () => {
  const parameters = { ApplyId: '100000000000000000', PageNo: '1', PageSize: '10' }
  const { answer } = await play(
    {
      name: 'largest-apply-id',
      shows: '',
      call: v1({ Action: 'QueryImportedDeviceByApplyId', ...parameters }),
      status: 200,
    },
    'JSON',
  )
  assert.equal(JSON.parse(answer.body).Code, 'iot.device.DeviceApplyIsNotFound', answer.body)
})
