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
  summary: {
    en: 'Lists the devices that were registered under one ApplyId, in pages.',
    zh: '分页查询以某一 ApplyId 注册的设备。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ApplyId: applyId({
      en: 'The ApplyId that BatchRegisterDevice or BatchRegisterDeviceWithApplyId returned.',
      zh: 'BatchRegisterDevice 或 BatchRegisterDeviceWithApplyId 返回的 ApplyId。',
    }),
    ...paging({ en: 'Devices', zh: '设备' }, pageSizeMax),
  },

  answer: {
    Page: int({}, { en: 'The page number, from 1.', zh: '页码，从 1 开始。' }),
    PageSize: int(),
    PageCount: int({}, 'How many pages there are.'),
    Total: int({}, 'How many of the batch’s devices there are.'),
    ApplyDeviceList: wrappedList(
      'ApplyDeviceInfo',
      struct({
        DeviceName: text(),
        DeviceId: deviceId,
        IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
        DeviceSecret: text(),
      }),
    ),
  },

  failures: {
    'iot.common.InvalidPageParams': 200,
    'iot.device.DeviceApplyIsNotFound': 200,
  },

  async run({ ApplyId, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(asked)
    const { batch } = await batchOf(call, ApplyId)
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
