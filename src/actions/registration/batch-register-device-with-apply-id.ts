import { int, struct } from '../../api/shape.ts'
import { Duplicate, NotFound } from '../../registry/registry.ts'
import { reportDeviceList } from '../../rules/device-report.ts'
import { nameList } from '../../rules/name-list.ts'
import { applyId, attemptsMax } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productAsItIs, productKey, registrationProductOf } from '../shared/product.ts'

/** Registers every device of a list that was checked, or none. */
export const batchRegisterDeviceWithApplyId = action({
  name: 'BatchRegisterDeviceWithApplyId',
  family: 'registration',
  effect: 'write',
  summary: {
    en: 'Registers the devices that BatchCheckDeviceNames checked, all or none, with generated secrets. The devices exist when the call returns; a repeated call changes nothing.',
    zh: '注册 BatchCheckDeviceNames 校验过的全部设备，要么全部成功，要么全部失败，密钥随机生成。返回时设备已创建；重复调用不产生变化。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    ApplyId: applyId({
      en: 'The ApplyId that BatchCheckDeviceNames returned.',
      zh: 'BatchCheckDeviceNames 返回的 ApplyId。',
    }),
  },

  answer: { Data: struct({ ApplyId: int({}, 'The same ApplyId; the batch has it from now on.') }) },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.prod.InvalidProductAuthType': 200,
    'iot.device.DeviceApplyIsNotFound': 200,
    'iot.device.IncorrentDeviceApplyInfo': 200,
    'iot.device.ApplyManyDevicesFailed': 200,
  },

  async run({ ApplyId }, call) {
    const { batches, checkedLists, devices } = call.registry
    let product = registrationProductOf(call)
    for (let attempts = 1; ; attempts++) {
      const registered = await batches.find(call.account, ApplyId)
      if (registered?.product === product.id) return { Data: { ApplyId } }
      const checked = await checkedLists.find(call.account, product, ApplyId)
      if (checked === undefined) {
        return call.fail('iot.device.DeviceApplyIsNotFound', `The ApplyId is ${ApplyId}.`)
      }
      const { list, verdicts } = checked
      if (verdicts !== undefined) {
        call.fail(
          'iot.device.IncorrentDeviceApplyInfo',
          'Names of the list are not fit; check a corrected list.',
        )
      }
      const bad = reportDeviceList(nameList, list, await devices.validate(product, nameList, list))
      if (bad !== undefined) {
        const taken = bad.RepeatedDeviceNameList.length
        call.fail(
          'iot.device.ApplyManyDevicesFailed',
          `${taken} of ${list.count} names were registered after the check; nothing was registered now.`,
        )
      }
      const { DeviceName: names, DeviceNickname: nicknames } = list.members
      try {
        await batches.import(call.account, product, { count: list.count, names, nicknames, applyId: ApplyId })
        return { Data: { ApplyId }, devices: list.count }
      } catch (error) {
        // Another call registered one of the names, or the list itself, since the query: query again.
        if (!(error instanceof Duplicate || error instanceof NotFound)) throw error
        if (attempts === attemptsMax) {
          call.fail(
            'iot.device.ApplyManyDevicesFailed',
            'Others register the same names now; nothing was registered.',
          )
        }
        product = await productAsItIs(call, product)
      }
    }
  },
})
