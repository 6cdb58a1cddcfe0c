import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'

// Members of answers about devices that come from elsewhere: their product, their batch, the clock.

const server = await openApiServer({ quota: false })
const call = async (action: string, parameters: Record<string, string>) => {
  const { body } = await server.ask(signedV1({ ...commonV1(action), ...parameters }))
  return JSON.parse(body)
}

test('a state has lasted since the device was registered, or since a disabled one was last changed', async () => {
  const { ProductKey } = await call('CreateProduct', {
    ProductName: 'lamps',
    NodeType: '0',
    CategoryKey: 'Lighting',
  })
  const device = { ProductKey, DeviceName: 'lamp-1' }
  const registeredAt = server.clock.now()
  await call('RegisterDevice', device)
  const states = async () => {
    const { Data } = await call('GetDeviceStatus', device)
    const { DeviceStatusList } = await call('BatchGetDeviceState', { ProductKey, 'DeviceName.1': 'lamp-1' })
    const [{ Status, Timestamp }] = DeviceStatusList.DeviceStatus
    assert.deepEqual({ Status, Timestamp }, Data)
    return [Data.Status, Data.Timestamp - registeredAt]
  }
  server.clock.advance(5000)
  assert.deepEqual(await states(), ['UNACTIVE', 0])
  await call('DisableThing', device)
  server.clock.advance(5000)
  assert.deepEqual(await states(), ['DISABLE', 5000])
  await call('EnableThing', device)
  assert.deepEqual(await states(), ['UNACTIVE', 0])

  const { Data } = await call('QueryDevice', { ProductKey })
  assert.equal(Data.DeviceInfo[0].DeviceType, 'Lighting')
  const product = (await call('QueryProduct', { ProductKey })).Data
  assert.deepEqual([product.CategoryKey, product.CategoryName], ['Lighting', 'Lighting'])
  await server.close()
})
