/** The registration and vehicle operations of published.ts. */
const invalidVehicle = {
  ErrorMsg: 'string',
  DeviceModel: 'string',
  DeviceName: 'string',
  DeviceId: 'string',
  Manufacturer: 'string',
} as const

const invalidName = { NickName: 'string', ErrorMsg: 'string', DeviceName: 'string' } as const

export const publishedRegistration = {
  RegisterDevice: {
    Data: {
      ProductKey: 'string',
      DevEui: 'string',
      DeviceName: 'string',
      JoinEui: 'string',
      DeviceSecret: 'string',
      Nickname: 'string',
      IotId: 'string',
    },
  },
  BatchRegisterDevice: { Data: { ApplyId: 'int64' } },
  BatchCheckDeviceNames: {
    Data: {
      ApplyId: 'int64',
      InvalidDetailList: { InvalidDetailList: [invalidName] },
      RepeatedDeviceNameList: { RepeatDevieNameList: ['string'] },
      InvalidDeviceNameList: { InvalidDeviceName: ['string'] },
      InvalidDeviceNicknameList: { InvalidDeviceNickname: ['string'] },
    },
  },
  BatchRegisterDeviceWithApplyId: { Data: { ApplyId: 'int64' } },
  QueryBatchRegisterDeviceStatus: {
    Data: {
      Status: 'string',
      InvalidDetailList: { invalidDetailList: [invalidName] },
      InvalidList: { Name: ['string'] },
      ValidList: { Name: ['string'] },
    },
  },
  QueryPageByApplyId: {
    PageSize: 'int32',
    Total: 'int32',
    PageCount: 'int32',
    Page: 'int32',
    ApplyDeviceList: {
      ApplyDeviceInfo: [
        { DeviceName: 'string', DeviceId: 'string', IotId: 'string', DeviceSecret: 'string' },
      ],
    },
  },
  BatchCheckVehicleDevice: {
    Data: {
      InvalidDetailList: [invalidVehicle],
      InvalidManufacturerList: ['string'],
      RepeatedDeviceIdList: ['string'],
      RepeatedDeviceNameList: ['string'],
      InvalidDeviceIdList: ['string'],
      InvalidDeviceModelList: ['string'],
      InvalidDeviceNameList: ['string'],
    },
  },
  BatchImportVehicleDevice: {
    Data: {
      ApplyId: 'int64',
      InvalidDetailList: { InvalidDetailList: [invalidVehicle] },
      InvalidManufacturerList: { invalidManufacturerList: ['string'] },
      RepeatedDeviceIdList: { repeatedDeviceIdList: ['string'] },
      RepeatedDeviceNameList: { RepeatedDeviceNameList: ['string'] },
      InvalidDeviceIdList: { invalidDeviceIdList: ['string'] },
      InvalidDeviceModelList: { invalidDeviceModelList: ['string'] },
      InvalidDeviceNameList: { InvalidDeviceNameList: ['string'] },
    },
  },
  QueryVehicleDevice: {
    Data: {
      ProductKey: 'string',
      ModifiedTime: 'int64',
      DeviceName: 'string',
      Protocol: 'string',
      CreateTime: 'int64',
      IotId: 'string',
      JtProtocolDeviceData: {
        Status: 'string',
        RegisterTime: 'int64',
        AuthCode: 'string',
        VehicleColour: 'string',
        DeviceId: 'string',
        VehicleNumber: 'string',
        City: 'string',
        DeviceModel: 'string',
        Manufacturer: 'string',
        Province: 'string',
      },
    },
  },
} as const
