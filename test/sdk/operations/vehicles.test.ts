import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { clients } from '../../support/sdk-clients.ts'
import { openTarget, ownServerOnly } from '../../support/sdk-target.ts'
import { credentials } from '../../support/server.ts'

// The published SDK has no methods for these operations, so every client calls them by their names.

const target = await openTarget()
after(() => target.close())

const IotInstanceId = credentials.instanceId
const count = 10_000
const mine = (i: number) => ({ Manufacturer: 'mf0001', DeviceModel: 'dm0001', DeviceId: `di-${i}-0001` })

suite('a cloud gateway product for JT/T 808 takes 10,000 devices, by', { skip: ownServerOnly }, () => {
  clients.forEach(({ name, connect, raisesFailures }, i) => {
    test(name, async () => {
      const call = connect(target)
      const created = await call('CreateProduct', {
        ...{ IotInstanceId, ProductName: `Gateway_${i}`, NodeType: 0, AuthType: 'one-party' },
        ProtocolType: 'jt808',
      })
      const product = { IotInstanceId, ProductKey: created.ProductKey }
      const DeviceList = Array.from({ length: count }, (_, i) => mine(i))

      assert.equal((await call('BatchCheckVehicleDevice', { ...product, DeviceList })).Data, undefined)
      const imported = await call('BatchImportVehicleDevice', { ...product, DeviceList })
      const { ApplyId } = imported.Data as { ApplyId: number }
      assert.ok(Number.isSafeInteger(ApplyId))

      const bad = [mine(count - 1), { ...mine(count), Manufacturer: 'a*+ %' }]
      const checked = await call('BatchCheckVehicleDevice', { ...product, DeviceList: bad })
      assert.deepEqual(checked.Data, {
        InvalidDetailList: [
          { ...bad[0], ErrorMsg: 'The device id already exists.' },
          { ...bad[1], ErrorMsg: 'The manufacturer is illegal.' },
        ],
        InvalidManufacturerList: ['a*+ %'],
        InvalidDeviceModelList: [],
        InvalidDeviceIdList: [],
        RepeatedDeviceIdList: [bad[0]!.DeviceId],
        InvalidDeviceNameList: [],
        RepeatedDeviceNameList: [],
      })
      if (raisesFailures) {
        const code = 'iot.device.ApplyManyDevicesFailed'
        await assert.rejects(call('BatchImportVehicleDevice', { ...product, DeviceList: bad }), { code })
      } else {
        const refused = await call('BatchImportVehicleDevice', { ...product, DeviceList: bad })
        assert.equal(refused.Code, 'iot.device.ApplyManyDevicesFailed')
        const { RepeatedDeviceIdList } = refused.Data as Record<string, unknown>
        assert.deepEqual(RepeatedDeviceIdList, { repeatedDeviceIdList: [bad[0]!.DeviceId] })
      }

      const DeviceName = `mf0001_dm0001_${mine(7).DeviceId}`
      const { Data } = await call('QueryVehicleDevice', { ...product, DeviceName })
      const { JtProtocolDeviceData, CreateTime, ModifiedTime, IotId, ...rest } = Data as Record<
        string,
        unknown
      >
      assert.ok(Math.abs((CreateTime as number) - Date.now()) < 600_000)
      assert.equal(ModifiedTime, CreateTime)
      assert.match(IotId as string, /000100$/)
      assert.deepEqual(rest, { ProductKey: product.ProductKey, DeviceName, Protocol: 'jt808' })
      const { Manufacturer, DeviceModel, DeviceId, Status } = JtProtocolDeviceData as Record<string, string>
      assert.deepEqual({ Manufacturer, DeviceModel, DeviceId, Status }, { ...mine(7), Status: 'create' })
    })
  })
})
