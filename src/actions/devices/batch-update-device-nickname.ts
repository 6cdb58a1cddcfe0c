import { rows } from '../../api/shape.ts'
import { shown } from '../../lib/text.ts'
import { changedNickname, isNickname } from '../../rules/device-fields.ts'
import { action } from '../shared/declare.ts'
import { deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { iotInstanceId } from '../shared/product.ts'

/** Changes the nicknames of several devices. */
export const batchUpdateDeviceNickname = action({
  name: 'BatchUpdateDeviceNickname',
  family: 'devices',
  effect: 'write',
  summary:
    'Gives devices other nicknames, or takes them away. When an entry is not right, no nickname is changed.',
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    DeviceNicknameInfo: rows({
      members: {
        IotId: { required: false, doc: 'The ID of the device.' },
        ProductKey: { required: false, doc: 'The ProductKey of the product; required without IotId.' },
        DeviceName: { required: false, doc: 'The name of the device; required without IotId.' },
        Nickname: {
          required: false,
          doc: `The new nickname: ${changedNickname.words}. Without one the old nickname is taken away.`,
        },
      },
      max: 50,
      required: true,
    }),
  },

  answer: {},

  failures: { ...deviceKeyFailures, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ IotInstanceId, DeviceNicknameInfo }, call) {
    const illegal = DeviceNicknameInfo.find(
      ({ Nickname }) => Nickname !== undefined && !isNickname(changedNickname, Nickname),
    )
    if (illegal !== undefined) {
      const wrong = `A Nickname must be ${changedNickname.words}, unlike ${shown(illegal.Nickname!)}.`
      call.fail('iot.common.InvalidFormattedParameter', wrong)
    }
    const changes = await Promise.all(
      DeviceNicknameInfo.map(async ({ Nickname, ...key }) => ({
        device: await deviceOf(call, IotInstanceId, key),
        change: { nickname: Nickname ?? null },
      })),
    )
    // Where a device is named twice, the last entry counts.
    const lastOf = new Map(changes.map((change) => [change.device.number, change]))
    const gone = await call.registry.devices.update([...lastOf.values()])
    if (gone !== undefined) {
      call.fail(
        'iot.device.NotExistedDevice',
        `${shown(gone.name)} was deleted meanwhile; no nickname was changed.`,
      )
    }
    return {}
  },
})
