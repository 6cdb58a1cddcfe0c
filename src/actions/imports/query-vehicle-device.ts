import { int, optional, struct, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Vehicle } from '../../rules/vehicle-list.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productOf } from '../shared/product.ts'

/** Returns the data of one device in its cloud gateway's protocol. */
export const queryVehicleDevice = action({
  name: 'QueryVehicleDevice',
  family: 'imports',
  effect: 'read',
  summary: {
    en: 'Returns the details of a device of a JT/T 808, GB/T 32960 or SL 651 cloud gateway product.',
    zh: '查询 JT/T 808、GB/T 32960 或 SL 651 云网关产品下设备的详细信息。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: optional(
      text({ en: 'The ProductKey of the product; required.', zh: '产品的 ProductKey，必传。' }),
    ),
    DeviceName: optional(text({ en: 'The name of the device; required.', zh: '设备名称，必传。' })),
  },

  answer: {
    Data: struct({
      ProductKey: text(),
      DeviceName: text(),
      IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
      Protocol: text('jt808, gb32960 or sl651.'),
      CreateTime: int({}, 'Milliseconds since 1970 UTC.'),
      ModifiedTime: int({}, 'Milliseconds since 1970 UTC; CreateTime while nothing was changed.'),
      JtProtocolDeviceData: optional(
        struct({
          Manufacturer: text(),
          DeviceModel: text(),
          DeviceId: text(),
          Status: text('create: the device has not registered over JT/T 808.'),
          AuthCode: text('Empty until it has.'),
          Province: text('Empty until it has.'),
          City: text('Empty until it has.'),
          VehicleColour: text('Empty until it has.'),
          VehicleNumber: text('Empty until it has.'),
          RegisterTime: int({}, 'Milliseconds since 1970 UTC; 0 until it has.'),
        }),
      ),
    }),
  },

  failures: {
    'iot.device.NullDeviceName': 400,
    'iot.prod.NotExistedProduct': 200,
    'iot.device.NotExistedDevice': 400,
    'iot.device.NoVehicleProtocolDevice': 400,
  },

  async run({ ProductKey, DeviceName }, call) {
    if (ProductKey === undefined || DeviceName === undefined) {
      return call.fail('iot.device.NullDeviceName', 'ProductKey and DeviceName must be given.')
    }
    const product = productOf(call)
    const device = await call.registry.devices.findByName(product, DeviceName)
    if (device === undefined) {
      return call.fail(
        'iot.device.NotExistedDevice',
        `There is no ${displayed(DeviceName)} in ${ProductKey}.`,
      )
    }
    if (device.vehicle === undefined) {
      return call.fail(
        'iot.device.NoVehicleProtocolDevice',
        'It was not added as a device of such a gateway.',
      )
    }
    const {
      protocol,
      manufacturer = '',
      deviceModel = '',
      deviceId = '',
    }: Vehicle = JSON.parse(device.vehicle)
    return {
      Data: {
        ProductKey,
        DeviceName,
        IotId: device.iotId,
        Protocol: protocol,
        CreateTime: device.createdAt,
        ModifiedTime: device.modifiedAt ?? device.createdAt,
        ...(protocol === 'jt808' && {
          JtProtocolDeviceData: {
            Manufacturer: manufacturer,
            DeviceModel: deviceModel,
            DeviceId: deviceId,
            Status: 'create',
            ...untilRegistered,
          },
        }),
      },
    }
  },
})

const untilRegistered = {
  AuthCode: '',
  Province: '',
  City: '',
  VehicleColour: '',
  VehicleNumber: '',
  RegisterTime: 0,
}
