import { optional, struct, text, texts, wrappedList } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { FoundDevice } from '../../registry/devices.ts'
import type { Presence } from '../../registry/sessions.ts'
import { action, type Call } from '../shared/declare.ts'
import {
  deviceId,
  deviceIdOf,
  ipAddress,
  ipAddressOf,
  lastOnlineTime,
  lastOnlineTimeOf,
  stateTime,
  stateTimeOf,
  status,
  statusOf,
} from '../shared/device-answers.ts'
import { instanceOf, iotInstanceId, productOf } from '../shared/product.ts'

/** The page says 50; the metadata of the operation lets one more through, and clients send it. */
const max = 51
const failures = {
  'iot.prod.NullProductKey': 200,
  'iot.device.NoneDeviceNameElement': 200,
  'iot.device.InvalidIoTId': 200,
  'iot.prod.NotExistedProduct': 200,
} as const
type StateCall = Call<keyof typeof failures>

/** Returns the states of several devices. */
export const batchGetDeviceState = action({
  name: 'BatchGetDeviceState',
  family: 'devices',
  effect: 'read',
  summary: {
    en: 'Returns the states of several devices. Devices that are not registered are left out.',
    zh: '批量查询设备状态。未注册的设备会被忽略。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    IotId: texts({
      max,
      required: false,
      doc: {
        en: 'The ID of a device. The devices may belong to different products.',
        zh: '设备 ID；设备可属于不同产品。',
      },
    }),
    ProductKey: optional(
      text({
        en: 'The ProductKey of the product; required without IotId.',
        zh: '产品的 ProductKey；不传 IotId 时必传。',
      }),
    ),
    DeviceName: texts({
      max,
      required: false,
      doc: {
        en: 'The name of a device of the product; required without IotId.',
        zh: '产品下设备的名称；不传 IotId 时必传。',
      },
    }),
  },

  answer: {
    DeviceStatusList: wrappedList(
      'DeviceStatus',
      struct({
        DeviceName: text(),
        DeviceId: deviceId,
        IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
        Status: status,
        LastOnlineTime: lastOnlineTime,
        AsAddress: ipAddress,
        Timestamp: stateTime,
      }),
    ),
  },

  failures,

  async run({ IotId, ProductKey, DeviceName }, call) {
    const found = IotId.length > 0 ? await byIotId(call, IotId) : await byName(call, ProductKey, DeviceName)
    const { devices, sessions } = call.registry
    const [createdAt, presence] = await Promise.all([devices.createdAt(found), sessions.presence(found)])
    return {
      DeviceStatusList: {
        DeviceStatus: found.flatMap((device, i) =>
          createdAt[i] === undefined ? [] : [stateOf(device, presence[i]!, createdAt[i])],
        ),
      },
    }
  },
})

const stateOf = (device: FoundDevice, presence: Presence, createdAt: number) => ({
  DeviceName: device.name,
  DeviceId: deviceIdOf(device),
  IotId: device.iotId,
  Status: statusOf(device, presence),
  LastOnlineTime: lastOnlineTimeOf(presence),
  AsAddress: ipAddressOf(presence),
  Timestamp: stateTimeOf(device, presence, createdAt),
})

async function byIotId(call: StateCall, iotIds: readonly string[]): Promise<FoundDevice[]> {
  const { devices, products } = call.registry
  const wrong = iotIds.find((iotId) => !devices.isIotId(iotId))
  if (wrong !== undefined) call.fail('iot.device.InvalidIoTId', `One is ${displayed(wrong)}.`)
  const instance = instanceOf(call)
  const found = await devices.lookUpIotIds(iotIds)
  const ids = [...new Set(found.map(({ product }) => product))]
  const ours = await Promise.all(ids.map((id) => products.findById(instance, id)))
  const ofInstance = new Set(ours.map((product) => product?.id))
  return found.filter(({ product }) => ofInstance.has(product))
}

async function byName(
  call: StateCall,
  productKey: string | undefined,
  names: readonly string[],
): Promise<FoundDevice[]> {
  if (productKey === undefined) return call.fail('iot.prod.NullProductKey')
  if (names.length === 0) return call.fail('iot.device.NoneDeviceNameElement')
  const product = productOf(call)
  return call.registry.devices.lookUpNames(product, names)
}
