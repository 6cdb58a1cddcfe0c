import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

/** The other required parameters of operations that take more than a device's names. */
const more = { PropKey: 'color', Props: '{"color":"red"}', Items: '{"a":1}', Args: '{}', Identifier: 'blink' }

const gateway = await openApiServer({ quota: false })
after(() => gateway.close())

async function answerOf(action: string, parameters: Readonly<Record<string, string>>) {
  const { version: Version, parameters: declared } = actions.find(({ name }) => name === action)!
  // Rollcall's own operations reject parameters that they don't have.
  const own = Object.fromEntries(Object.entries(more).filter(([name]) => name in declared))
  const { body } = await gateway.ask(signedV1({ ...commonV1(action), Version, ...own, ...parameters }))
  return JSON.parse(body)
}

const { productKey: ProductKey, instanceId: IotInstanceId, instanceProductKey } = credentials
const lamp = { ProductKey, DeviceName: 'lamp-1' }
const { Data: imported } = await answerOf('ImportDevice', { ...lamp, DeviceSecret: 's' })
const IotId = imported.IotId as string

const codes: [parameters: Record<string, string>, code: string][] = [
  [{ DeviceName: 'lamp-1' }, 'iot.prod.NullProductKey'],
  [{ ProductKey }, 'iot.device.NullDeviceName'],
  [{ ...lamp, IotId: 'lamp-1' }, 'iot.device.InvalidIoTId'],
  [{ ...lamp, ProductKey: instanceProductKey }, 'iot.prod.NotExistedProduct'],
  [{ ...lamp, DeviceName: 'lamp-2' }, 'iot.device.NotExistedDevice'],
  [{ IotId, IotInstanceId }, 'iot.device.NotExistedDevice'],
  [{ IotId, IotInstanceId: 'iot-none0000' }, 'iot.system.InstanceNotFound'],
]

const named = actions.filter(
  ({ parameters: { IotId, DeviceName } }) => IotId?.kind === 'optional' && DeviceName?.kind === 'optional',
)

for (const { name } of named) {
  test(`${name} accepts either of a device's names, and reports what is wrong with them`, async () => {
    for (const [parameters, code] of codes) {
      assert.equal((await answerOf(name, parameters)).Code, code, JSON.stringify(parameters))
    }
    if (name === 'DeleteDevice') return
    for (const parameters of [lamp, { IotId }, { IotId, ProductKey: 'a1Nobody', DeviceName: 'lamp-2' }]) {
      const { Success, ErrorMessage } = await answerOf(name, parameters)
      assert.equal(Success, true, `${JSON.stringify(parameters)}: ${ErrorMessage}`)
    }
  })
}

test('a device that is deleted is gone for all of them', async () => {
  assert.equal((await answerOf('DeleteDevice', { IotId })).Success, true)
  for (const { name } of named) {
    assert.equal((await answerOf(name, { IotId })).Code, 'iot.device.NotExistedDevice', name)
  }
})
