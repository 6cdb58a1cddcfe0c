import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer } from '../../src/rpc/answer.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

test('RRpc gives the memory of its request back before it runs, others when they are answered', async () => {
  const { server, close } = await openApiServer()
  const { productKey: ProductKey } = credentials
  const released = async (action: string, parameters: Record<string, string>) => {
    let isReleased = false
    const request = signedV1({ ...commonV1(action), ProductKey, ...parameters })
    await answer(server, request, undefined, () => {
      isReleased = true
    })
    return isReleased
  }
  const device = { DeviceName: 'lamp-1', RequestBase64Byte: 'aGVsbG8=', Timeout: '1000' }
  assert.equal(await released('RRpc', device), true)
  assert.equal(await released('QueryProduct', {}), false)
  await close()
})
