import { struct, text, wrappedList } from '../../api/shape.ts'
import { textAt } from '../../lib/columns.ts'
import { reportDeviceList } from '../../rules/device-report.ts'
import { nameList } from '../../rules/name-list.ts'
import { applyId } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { invalidName } from '../shared/name-list.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Tells what became of a list of names, or of a batch. */
export const queryBatchRegisterDeviceStatus = action({
  name: 'QueryBatchRegisterDeviceStatus',
  family: 'registration',
  effect: 'read',
  summary: {
    en: 'Returns whether a list of names was checked or registered, and which names are invalid.',
    zh: '查询名单是已校验还是已注册，以及哪些名称不合格。',
  },
  version: '2018-01-20',
  quota: { perSecond: 30 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    ApplyId: applyId({
      en: 'The ApplyId that BatchCheckDeviceNames or BatchRegisterDevice returned.',
      zh: 'BatchCheckDeviceNames 或 BatchRegisterDevice 返回的 ApplyId。',
    }),
  },

  answer: {
    Data: struct({
      // Checks and registrations are complete when they are answered, so none is ever in progress.
      Status: text(
        'CHECK_SUCCESS: the list can be registered. CHECK_FAILED: it can not. CREATE_SUCCESS: its devices were registered.',
      ),
      ValidList: wrappedList('Name', text('A good name of a list that can not be registered.')),
      InvalidList: wrappedList('Name', text('A bad name of it.')),
      InvalidDetailList: wrappedList('invalidDetailList', invalidName),
    }),
  },

  failures: {
    'iot.prod.NotExistedProduct': 200,
    'iot.device.DeviceApplyIsNotFound': 200,
  },

  async run({ ApplyId }, call) {
    const { batches, checkedLists, devices } = call.registry
    const product = productOf(call)
    const batch = await batches.find(call.account, ApplyId)
    if (batch?.product === product.id) return { Data: { Status: 'CREATE_SUCCESS', ...nothingBad } }
    const checked = await checkedLists.find(call.account, product, ApplyId)
    if (checked === undefined) {
      return call.fail('iot.device.DeviceApplyIsNotFound', `The ApplyId is ${ApplyId}.`)
    }
    const { list } = checked
    // A name may have been registered since the check.
    const verdicts = checked.verdicts ?? (await devices.validate(product, nameList, list))
    const bad = reportDeviceList(nameList, list, verdicts)
    if (bad === undefined) return { Data: { Status: 'CHECK_SUCCESS', ...nothingBad } }
    const names = Array.from(verdicts, (_, entry) => textAt(list.members.DeviceName, entry)!)
    return {
      Data: {
        Status: 'CHECK_FAILED',
        ValidList: { Name: names.filter((_, entry) => verdicts[entry] === 0) },
        InvalidList: { Name: [...new Set(names.filter((_, entry) => verdicts[entry] !== 0))] },
        InvalidDetailList: { invalidDetailList: bad.InvalidDetailList },
      },
    }
  },
})

const nothingBad = {
  ValidList: { Name: [] },
  InvalidList: { Name: [] },
  InvalidDetailList: { invalidDetailList: [] },
}
