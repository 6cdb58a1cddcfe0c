import { text, wrappedList } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { action } from '../shared/declare.ts'
import { answerOf, groupInfo } from '../shared/group.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Lists the groups that a device is in. */
export const queryDeviceGroupByDevice = action({
  name: 'QueryDeviceGroupByDevice',
  family: 'groups',
  effect: 'read',
  summary: {
    en: 'Lists the groups that a device belongs to, oldest first.',
    zh: '按创建顺序查询设备所属的分组。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: text({ en: 'The name of the device.', zh: '设备名称。' }),
  },

  answer: { GroupInfos: wrappedList('GroupInfo', groupInfo) },

  failures: { 'iot.prod.NotExistedProduct': 200, 'iot.device.NotExistedDevice': 200 },

  async run({ ProductKey, DeviceName }, call) {
    const product = productOf(call)
    const groups = await call.registry.groups.ofDevice(product, DeviceName)
    if (groups === undefined) {
      return call.fail(
        'iot.device.NotExistedDevice',
        `There is no ${displayed(DeviceName)} in ${ProductKey}.`,
      )
    }
    return { GroupInfos: { GroupInfo: groups.map(answerOf) } }
  },
})
