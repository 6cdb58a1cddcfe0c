import { int, optional, struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { groupOf } from '../shared/group.ts'
import { instanceOf, iotInstanceId, productOf, productsOf } from '../shared/product.ts'

/** Counts devices. */
export const queryDeviceStatistics = action({
  name: 'QueryDeviceStatistics',
  family: 'devices',
  effect: 'read',
  summary: {
    en: 'Counts the devices of a product, of a group, of a product in a group, or of the instance.',
    zh: '统计产品、分组、分组中某产品或整个实例的设备数量。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: optional(text({ en: 'Only the devices of this product.', zh: '只统计该产品的设备。' })),
    GroupId: optional(
      text({
        en: 'Only devices of this group itself, not of its subgroups.',
        zh: '只统计该分组自身的设备。',
      }),
    ),
  },

  answer: {
    Data: struct({
      deviceCount: int(),
      activeCount: int({}, 'Those that have been online; the number may be 10 seconds old.'),
      onlineCount: int({}, 'Those that are online; the number may be 10 seconds old.'),
    }),
  },

  failures: { 'iot.prod.NotExistedProduct': 200, 'iot.group.NotExistedGroup': 200 },

  async run({ ProductKey, GroupId }, call) {
    const product = ProductKey === undefined ? undefined : productOf(call)
    const group = GroupId === undefined ? undefined : await groupOf(call, instanceOf(call), GroupId)
    const products = product === undefined ? await productsOf(call) : [product]
    const { groups, deviceLists } = call.registry
    const [deviceCount, { active, online }] = await Promise.all([
      group === undefined
        ? products.reduce((sum, { deviceCount }) => sum + deviceCount, 0)
        : groups.countDevices(group, product),
      deviceLists.counts(products, group),
    ])
    return { Data: { deviceCount, activeCount: active, onlineCount: online } }
  },
})
