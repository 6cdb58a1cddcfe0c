import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TextAnswer } from '../support/api-server.ts'
import { formatsOf, type PlacedCase } from '../support/wire-case.ts'
import {
  callCore,
  callPopCore,
  callRpcClient,
  callTyped,
  openReplay,
  type Replay,
  typedSignatures,
} from '../support/wire-clients.ts'
import { goldenAnswer, updating } from '../support/wire-golden.ts'
import { readXml } from '../support/wire-members.ts'
import { cases } from './cases.ts'

/**
 * The golden answers, read by the official clients: what they raise and what they return is what programs in
 * the field see (wire-facts §3, "SDK behaviour on errors").
 */
const skip = updating && 'the golden files are being written anew'

let replay: Replay
before(async () => {
  replay = await openReplay()
})
after(() => replay.close())

const actionOf = ({ folder }: PlacedCase) => (folder === 'gateway' ? 'BatchCheckImportDevice' : folder)
const inFormat = (format: 'JSON' | 'XML') => cases.filter((wireCase) => formatsOf(wireCase).includes(format))

/** The error that a client raised. */
interface Raised extends Error {
  readonly code: string
}
async function raised(call: Promise<unknown>): Promise<Raised> {
  const settled = await call.then(
    () => undefined,
    (error: Raised) => error,
  )
  assert.ok(settled, 'the client raised nothing')
  return settled
}

for (const wireCase of inFormat('JSON')) {
  test(`clients read ${wireCase.folder} ${wireCase.name}`, { skip }, async () => {
    replay.answer = goldenAnswer(wireCase, 'JSON')
    const action = actionOf(wireCase)
    if (wireCase.code === undefined) await assertAllReturn(action, replay.answer)
    else if (wireCase.status < 400) await assertFailureIsReturned(action, replay.answer, wireCase.code)
    else await assertAllRaise(action, replay.answer, wireCase.code)
  })
}

async function assertAllReturn(action: string, { body }: TextAnswer): Promise<void> {
  const members = JSON.parse(body)
  for (const algorithm of typedSignatures(action)) {
    const typed = await callTyped(replay.endpoint, action, algorithm)
    assert.equal(typed.body.success, true)
    assert.equal(typed.body.requestId, members.RequestId)
  }
  assert.deepEqual(JSON.parse(JSON.stringify(await callPopCore(replay.endpoint, action))), members)
  assert.deepEqual(await callRpcClient(replay.endpoint, action), members)
}

/** Status 200 raises nothing, except in pop-core, which looks at Code alone and shows Message. */
async function assertFailureIsReturned(action: string, { body }: TextAnswer, code: string): Promise<void> {
  const members = JSON.parse(body)
  for (const algorithm of typedSignatures(action)) {
    const typed = await callTyped(replay.endpoint, action, algorithm)
    assert.deepEqual(
      [typed.body.success, typed.body.code, typed.body.errorMessage],
      [false, code, members.ErrorMessage],
    )
  }
  assert.deepEqual(await callRpcClient(replay.endpoint, action), members)
  const error = await raised(callPopCore(replay.endpoint, action))
  assert.deepEqual([error.code, error.name], [code, `${code}Error`])
  assert.ok(error.message.startsWith(`${members.ErrorMessage}, URL: `), error.message)
}

async function assertAllRaise(action: string, { status, body }: TextAnswer, code: string): Promise<void> {
  const { Message, RequestId } = JSON.parse(body)
  for (const algorithm of typedSignatures(action)) {
    const error = await raised(callTyped(replay.endpoint, action, algorithm))
    assert.equal(error.code, code)
    assert.equal(error.message, `${code}: code: ${status}, ${Message} request id: ${RequestId}`)
  }
  const byRpcClient = await raised(callRpcClient(replay.endpoint, action))
  assert.equal(byRpcClient.code, `${code}Error`)
  assert.equal(byRpcClient.message, `${code}Error: code: ${status}, ${Message} requestid: ${RequestId}`)
  const byPopCore = await raised(callPopCore(replay.endpoint, action))
  assert.deepEqual([byPopCore.code, byPopCore.name], [code, `${code}Error`])
  assert.ok(byPopCore.message.startsWith(`${Message}, URL: `), byPopCore.message)
}

// The one path of a client that reads XML, and only errors: the typed client under signature V3.
const readable = inFormat('XML').filter(
  (wireCase) => wireCase.status >= 400 && typedSignatures(actionOf(wireCase)).length > 0,
)
for (const wireCase of readable) {
  test(`the typed client reads the XML of ${wireCase.folder} ${wireCase.name}`, { skip }, async () => {
    replay.answer = goldenAnswer(wireCase, 'XML')
    const { Message, RequestId } = readXml(replay.answer.body).members as Readonly<Record<string, string>>
    const error = await raised(callTyped(replay.endpoint, actionOf(wireCase)))
    assert.equal(error.code, wireCase.code)
    assert.equal(
      error.message,
      `${wireCase.code}: code: ${wireCase.status}, ${Message} request id: ${RequestId}`,
    )
  })
}

const named = (folder: string, name: string) =>
  cases.find((wireCase) => wireCase.folder === folder && wireCase.name === name)!

test('the newest client takes Throttling.User for throttling, and knows how long to wait', {
  skip,
}, async () => {
  replay.answer = goldenAnswer(named('gateway', 'throttled'), 'JSON')
  const error = (await raised(callCore(replay.endpoint, 'BatchCheckImportDevice'))) as Raised & {
    retryAfter: number
  }
  assert.deepEqual([error.name, error.code, error.retryAfter], ['ThrottlingError', 'Throttling.User', 750])
})

test('the typed client reads the lists of an import that failed', { skip }, async () => {
  replay.answer = goldenAnswer(named('BatchImportDevice', 'apply-many-devices-failed'), 'JSON')
  const { body } = await callTyped(replay.endpoint, 'BatchImportDevice')
  const data = body.data as Record<string, Record<string, readonly unknown[]>>
  assert.deepEqual(data.repeatedDeviceNameList!.repeatedDeviceName, ['light-1', 'new-1'])
  assert.deepEqual(data.invalidDeviceNameList!.invalidDeviceName, ['%'])
  assert.deepEqual(data.invalidDeviceSecretList!.invalidDeviceSecret, ['^67$'])
  assert.deepEqual(data.invalidSnList!.invalidSn, ['QC4001#'])
})
