import { optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { FollowFilter } from '../../messaging/messaging.ts'
import { action } from './declare.ts'
import { iotInstanceId, productKey, productOf } from './product.ts'

/**
 * A request for /messages as a call of `sub`, the permission of consumers of messages (mqtt-facts §3.1). It is no
 * operation of the API, since its answer does not end.
 * @param found receives the product or device whose messages the caller may follow
 */
export const followMessages = (found: (filter: Omit<FollowFilter, 'after'>) => void) =>
  action({
    name: 'sub',
    family: 'messages',
    effect: 'read',
    summary: { en: 'Follows the messages of devices.', zh: '实时查看设备上报的消息。' },
    version: '2018-01-20',
    quota: { perSecond: 10 },
    unlisted: true,
    parameters: {
      IotInstanceId: iotInstanceId,
      ProductKey: productKey,
      DeviceName: optional(text({ en: 'The name of a device; absent: all.', zh: '设备名称；不传为全部。' })),
    },
    answer: {},
    // A client reads the status: an answer of 200 is a stream of events.
    failures: {
      'iot.common.RamActionPermissionDeny': 403,
      'iot.system.InstanceNotFound': 404,
      'iot.prod.NotExistedProduct': 404,
      'iot.device.NotExistedDevice': 404,
    },
    answersListedStatus: true,
    async run({ ProductKey, DeviceName }, call) {
      const product = productOf(call)
      if (DeviceName !== undefined && (await call.registry.devices.lookUp(product, DeviceName)) === undefined)
        return call.fail(
          'iot.device.NotExistedDevice',
          `There is no ${displayed(DeviceName)} in ${ProductKey}.`,
        )
      found({ product: product.id, productKey: ProductKey, name: DeviceName })
      return {}
    },
  })
