import { rows } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { changedNickname, isNickname } from '../../rules/device-fields.ts'
import { action } from '../shared/declare.ts'
import { deviceKeyFailures, deviceOf } from '../shared/device.ts'
import { nicknameFormat } from '../shared/nickname.ts'
import { iotInstanceId } from '../shared/product.ts'

const newNickname = nicknameFormat(changedNickname)

/** Changes the nicknames of several devices. */
export const batchUpdateDeviceNickname = action({
  name: 'BatchUpdateDeviceNickname',
  family: 'devices',
  effect: 'write',
  summary: {
    en: 'Changes or removes the nicknames of devices. If one entry is invalid, no nickname changes.',
    zh: '批量修改或清除设备的备注名称。只要有一项不合法，所有备注名称都不会修改。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },

  parameters: {
    IotInstanceId: iotInstanceId,
    DeviceNicknameInfo: rows({
      members: {
        IotId: { required: false, doc: { en: 'The ID of the device.', zh: '设备 ID。' } },
        ProductKey: {
          required: false,
          doc: {
            en: 'The ProductKey of the product; required without IotId.',
            zh: '产品的 ProductKey；不传 IotId 时必传。',
          },
        },
        DeviceName: {
          required: false,
          doc: { en: 'The name of the device; required without IotId.', zh: '设备名称；不传 IotId 时必传。' },
        },
        Nickname: {
          required: false,
          doc: {
            en: `The new nickname: ${newNickname.en}. If it is not given, the nickname is removed.`,
            zh: `新的备注名称：${newNickname.zh}。不传则清除原有备注名称。`,
          },
        },
      },
      max: 50,
      required: true,
    }),
  },

  answer: {},

  failures: { ...deviceKeyFailures, 'iot.common.InvalidFormattedParameter': 200 },

  async run({ DeviceNicknameInfo }, call) {
    const illegal = DeviceNicknameInfo.find(
      ({ Nickname }) => Nickname !== undefined && !isNickname(changedNickname, Nickname),
    )
    if (illegal !== undefined) {
      const wrong = `A Nickname must be ${changedNickname.words}, unlike ${displayed(illegal.Nickname!)}.`
      call.fail('iot.common.InvalidFormattedParameter', wrong)
    }
    const changes = await Promise.all(
      DeviceNicknameInfo.map(async ({ Nickname, ...key }) => ({
        device: await deviceOf(call, key),
        change: { nickname: Nickname ?? null },
      })),
    )
    // If a device is listed twice, the last entry applies.
    const lastOf = new Map(changes.map((change) => [change.device.number, change]))
    const gone = await call.registry.devices.update([...lastOf.values()])
    if (gone !== undefined) {
      call.fail(
        'iot.device.NotExistedDevice',
        `${displayed(gone.name)} was deleted meanwhile; no nickname was changed.`,
      )
    }
    return {}
  },
})
