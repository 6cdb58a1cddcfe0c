import type { PublishedMembers } from './published.ts'

/** The operations that tell of devices and change them. */
export const publishedDevices: Readonly<Record<string, PublishedMembers>> = {
  QueryDevice: {
    NextToken: 'string',
    PageSize: 'int32',
    PageCount: 'int32',
    Total: 'int32',
    Page: 'int32',
    Data: {
      DeviceInfo: [
        {
          DeviceName: 'string',
          DeviceId: 'string',
          DeviceType: 'string',
          UtcCreate: 'string',
          DeviceStatus: 'string',
          GmtModified: 'string',
          ProductKey: 'string',
          UtcModified: 'string',
          DeviceSecret: 'string',
          GmtCreate: 'string',
          Nickname: 'string',
          IotId: 'string',
        },
      ],
    },
  },
  QueryDeviceInfo: {
    Data: {
      Nickname: 'string',
      ProductKey: 'string',
      DeviceName: 'string',
      DeviceSecret: 'string',
      IotId: 'string',
    },
  },
  QueryDeviceDetail: {
    Data: {
      Status: 'string',
      Owner: 'boolean',
      UtcActive: 'string',
      ProductName: 'string',
      DeviceName: 'string',
      UtcCreate: 'string',
      FirmwareVersion: 'string',
      GmtOnline: 'string',
      UtcOnline: 'string',
      ProductKey: 'string',
      IpAddress: 'string',
      NodeType: 'int32',
      Region: 'string',
      DeviceSecret: 'string',
      GmtActive: 'string',
      GmtCreate: 'string',
      Nickname: 'string',
      IotId: 'string',
    },
  },
  BatchQueryDeviceDetail: {
    Data: {
      Data: [
        {
          Status: 'string',
          UtcActive: 'string',
          ProductName: 'string',
          DeviceName: 'string',
          UtcCreate: 'string',
          FirmwareVersion: 'string',
          ProductKey: 'string',
          NodeType: 'int32',
          Region: 'string',
          DeviceSecret: 'string',
          GmtCreate: 'string',
          GmtActive: 'string',
          Nickname: 'string',
          IotId: 'string',
        },
      ],
    },
  },
  QueryDeviceByStatus: {
    PageSize: 'int32',
    Total: 'int32',
    PageCount: 'int32',
    Page: 'int32',
    Data: {
      SimpleDeviceInfo: [
        {
          Status: 'string',
          ProductKey: 'string',
          DeviceName: 'string',
          UtcModified: 'string',
          DeviceSecret: 'string',
          UtcCreate: 'string',
          GmtCreate: 'string',
          Nickname: 'string',
          GmtModified: 'string',
          IotId: 'string',
        },
      ],
    },
  },
  QueryDeviceStatistics: { Data: { deviceCount: 'int64', activeCount: 'int64', onlineCount: 'int64' } },
  GetDeviceStatus: { Data: { Status: 'string', Timestamp: 'int64' } },
  BatchGetDeviceState: {
    DeviceStatusList: {
      DeviceStatus: [
        {
          Status: 'string',
          LastOnlineTime: 'string',
          DeviceName: 'string',
          DeviceId: 'string',
          Timestamp: 'int64',
          AsAddress: 'string',
          IotId: 'string',
        },
      ],
    },
  },
  EnableThing: {},
  DisableThing: {},
  ResetThing: { JobId: 'string' },
  BatchUpdateDeviceNickname: {},
  SaveDeviceProp: {},
  QueryDeviceProp: { Props: 'string' },
  DeleteDeviceProp: {},
  QueryDeviceByTags: {
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
}
