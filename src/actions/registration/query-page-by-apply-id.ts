import { int, struct, text, wrappedList } from '../../api/shape.ts'
import { applyId, batchOf } from '../shared/batch.ts'
import { action } from '../shared/declare.ts'
import { deviceId, deviceIdOf } from '../shared/device-answers.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { iotInstanceId } from '../shared/product.ts'

const pageSizeMax = 50

/** Lists the devices of one batch. */
export const queryPageByApplyId = action({
  name: 'QueryPageByApplyId',
  family: 'registration',
  effect: 'read',
  summary: 'Lists, page by page, the devices that were registered under one ApplyId.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ApplyId: applyId('The ApplyId that BatchRegisterDevice or BatchRegisterDeviceWithApplyId answered.'),
    ...paging('Devices', pageSizeMax),
  },

  answer: {
    Page: int({}, 'The page, counted from 1.'),
    PageSize: int(),
    PageCount: int({}, 'How many pages there are.'),
    Total: int({}, 'How many of the batch’s devices there are.'),
    ApplyDeviceList: wrappedList(
      'ApplyDeviceInfo',
      struct({
        DeviceName: text(),
        DeviceId: deviceId,
        IotId: text('The ID of the device.'),
        DeviceSecret: text(),
      }),
    ),
  },

  failures: {
    'iot.common.InvalidPageParams': 200,
    'iot.device.DeviceApplyIsNotFound': 200,
  },

  async run({ IotInstanceId, ApplyId, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(call, asked, pageSizeMax)
    const { batch } = await batchOf(call, IotInstanceId, ApplyId)
    const { devices, total } = await call.registry.batches.devices(batch, offset, PageSize)
    return {
      Page: CurrentPage,
      PageSize,
      PageCount: Math.ceil(total / PageSize),
      Total: total,
      ApplyDeviceList: {
        ApplyDeviceInfo: devices.map((device) => ({
          DeviceName: device.name,
          DeviceId: deviceIdOf(device),
          IotId: device.iotId,
          DeviceSecret: device.secret,
        })),
      },
    }
  },
})
