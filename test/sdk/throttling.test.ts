import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Running } from '../../src/main.ts'
import { clients, openApiCoreCall } from '../support/sdk-clients.ts'
import { goodDevices } from '../support/sdk-devices.ts'
import { type Access, ownServerOnly } from '../support/sdk-target.ts'
import { credentials, startServer } from '../support/server.ts'

const action = 'BatchCheckImportDevice'
const parameters = { ProductKey: credentials.productKey, DeviceList: goodDevices(3) }

describe('throttling', { skip: ownServerOnly }, () => {
  let server: Running
  let access: Access

  before(async () => {
    server = await startServer({ quota: 'on' })
    access = { endpoint: new URL(server.url), ...credentials }
  })
  after(() => server.close())

  // No call is admitted, so that no test depends on where in a second its calls fall.
  beforeEach(async () => {
    const { accounts } = server.registry
    await accounts.setQuota((await accounts.all())[0]!.id, action, 0)
  })

  for (const { name, connect, raised } of clients) {
    test(`${name}: raises Throttling.User`, async () => {
      await assert.rejects(connect(access)(action, parameters), raised('Throttling.User', 400))
    })
  }

  test('openapi-core receives the retry delay', async () => {
    await assert.rejects(openApiCoreCall(access)(action, parameters), ({ name, retryAfter }) => {
      assert.equal(name, 'ThrottlingError')
      assert.ok(Number.isInteger(retryAfter) && retryAfter >= 1 && retryAfter <= 1000, `${retryAfter} ms`)
      return true
    })
  })

  test('openapi-core waits for the given delay, and its second attempt is answered', async (t) => {
    const { admission } = server.registry
    const admit = admission.admit.bind(admission)
    const admissions = t.mock.method(admission, 'admit', admit)
    admissions.mock.mockImplementationOnce(async () => ({ kind: 'throttled', retryAfterMs: 1 }))
    const { accounts } = server.registry
    await accounts.setQuota((await accounts.all())[0]!.id, action, undefined)
    const once = { maxAttempts: 2, exception: ['ThrottlingError'], errorCode: ['Throttling.User'] }
    const retryOptions = { retryable: true, retryCondition: [once], noRetryCondition: [] }
    const { Success } = await openApiCoreCall(access, undefined, { retryOptions })(action, parameters)
    assert.equal(Success, true)
    assert.equal(admissions.mock.callCount(), 2, 'one attempt was throttled, one was not')
  })
})
