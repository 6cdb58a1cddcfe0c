import type { PublishedMembers } from './published.ts'

const group = { GroupId: 'string', GroupName: 'string', GroupDesc: 'string', UtcCreate: 'string' } as const
const listed = [{ ...group, GroupType: 'string' }] as const

/** The metadata of the operations about groups of devices. */
export const publishedGroups: Readonly<Record<string, PublishedMembers>> = {
  CreateDeviceGroup: { Data: group },
  UpdateDeviceGroup: {},
  DeleteDeviceGroup: {},
  QueryDeviceGroupInfo: {
    Data: {
      ...group,
      DeviceActive: 'int32',
      DynamicGroupExpression: 'string',
      DeviceOnline: 'int32',
      DeviceCount: 'int32',
    },
  },
  QueryDeviceGroupList: {
    CurrentPage: 'int32',
    PageSize: 'int32',
    Total: 'int32',
    PageCount: 'int32',
    Data: { GroupInfo: listed },
  },
  BatchAddDeviceGroupRelations: {
    ExceedTenGroupDeviceCount: 'int32',
    AlreadyRelatedGroupDeviceCount: 'int32',
    ValidDeviceCount: 'int32',
    SuccessAddedDeviceCount: 'int32',
  },
  BatchDeleteDeviceGroupRelations: {
    SuccessDeviceCount: 'int32',
    AlreadyRelatedGroupDeviceCount: 'int32',
    ValidDeviceCount: 'int32',
  },
  QueryDeviceListByDeviceGroup: {
    PageSize: 'int32',
    Total: 'int32',
    PageCount: 'int32',
    Page: 'int32',
    Data: {
      SimpleDeviceInfo: [
        { ProductKey: 'string', ProductName: 'string', DeviceName: 'string', IotId: 'string' },
      ],
    },
  },
  QueryDeviceGroupByDevice: { GroupInfos: { GroupInfo: listed } },
}
