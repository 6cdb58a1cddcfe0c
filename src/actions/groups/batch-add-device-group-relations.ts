import { int } from '../../api/shape.ts'
import { NotFound } from '../../registry/registry.ts'
import { groupLimits } from '../../rules/group-fields.ts'
import { action } from '../shared/declare.ts'
import { devicesNamed, groupedDevices, groupId, groupOf } from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

const { groupsOfDevice, devicesOfGroup } = groupLimits

/** Adds devices to a group and skips those that can't be added. */
export const batchAddDeviceGroupRelations = action({
  name: 'BatchAddDeviceGroupRelations',
  family: 'groups',
  effect: 'write',
  summary: {
    en: `Adds devices to a group and returns how many could not be added. A device belongs to at most ${groupsOfDevice} groups, a group holds at most ${devicesOfGroup.toLocaleString('en')} devices.`,
    zh: `将设备添加到分组，并返回未能添加的设备数量。一个设备最多属于 ${groupsOfDevice} 个分组，一个分组最多包含 ${devicesOfGroup.toLocaleString('en')} 个设备。`,
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, GroupId: groupId, Device: groupedDevices },

  answer: {
    ValidDeviceCount: int({}, 'Devices of the call that are registered in the instance.'),
    SuccessAddedDeviceCount: int({}, 'Those that were put into the group.'),
    AlreadyRelatedGroupDeviceCount: int({}, 'Those that were in the group before.'),
    ExceedTenGroupDeviceCount: int(
      {},
      `Those that are in ${groupsOfDevice} other groups, and were not put into this.`,
    ),
  },

  failures: {
    'iot.group.NotExistedGroup': 200,
    'iot.device.NoneDeviceNameElement': 200,
    'iot.device.DeviceCountExceeded': 200,
  },

  async run({ GroupId, Device }, call) {
    const instance = instanceOf(call)
    const group = await groupOf(call, instance, GroupId)
    const devices = devicesNamed(call, Device)
    const result = await call.registry.groups.add(instance, group, devices).catch((error) => {
      if (error instanceof NotFound) call.fail('iot.group.NotExistedGroup', 'It was deleted meanwhile.')
      throw error
    })
    if (result === undefined) {
      const full = `A group may have ${devicesOfGroup}; none was put into it.`
      return call.fail('iot.device.DeviceCountExceeded', full)
    }
    return {
      ValidDeviceCount: result.registered,
      SuccessAddedDeviceCount: result.added,
      AlreadyRelatedGroupDeviceCount: result.alreadyIn,
      ExceedTenGroupDeviceCount: result.inTooMany,
    }
  },
})
