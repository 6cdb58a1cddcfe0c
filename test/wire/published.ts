import { publishedDevices } from './published-devices.ts'
import { publishedGroups } from './published-groups.ts'
import { publishedMessages } from './published-messages.ts'
import { publishedProductTags } from './published-product-tags.ts'
import { publishedRegistration } from './published-registration.ts'

/**
 * The answers of each operation according to the vendor's published metadata, besides RequestId, Success, Code
 * and ErrorMessage: an oracle that knows nothing of the declarations in src/actions.
 */
export type Published = 'string' | 'boolean' | 'int32' | 'int64' | readonly [Published] | PublishedMembers
export interface PublishedMembers {
  readonly [name: string]: Published
}

const invalidDevice = {
  ErrorMsg: 'string',
  Sn: 'string',
  DeviceName: 'string',
  DeviceSecret: 'string',
} as const

export const envelope = {
  RequestId: 'string',
  Success: 'boolean',
  Code: 'string',
  ErrorMessage: 'string',
} as const

export const published: Readonly<Record<string, PublishedMembers>> = {
  ...publishedDevices,
  ...publishedMessages,
  ...publishedRegistration,
  ...publishedGroups,
  ...publishedProductTags,
  UpdateProduct: {},
  DeleteProduct: {},
  ReleaseProduct: {},
  CancelReleaseProduct: {},
  BatchCheckImportDevice: {
    Data: {
      InvalidDetailList: [invalidDevice],
      RepeatedDeviceNameList: ['string'],
      InvalidSnList: ['string'],
      InvalidDeviceSecretList: ['string'],
      InvalidDeviceNameList: ['string'],
    },
  },
  BatchImportDevice: {
    Data: {
      ApplyId: 'int64',
      InvalidDetailList: { InvalidDetailList: [invalidDevice] },
      RepeatedDeviceNameList: { repeatedDeviceName: ['string'] },
      InvalidSnList: { invalidSn: ['string'] },
      InvalidDeviceSecretList: { invalidDeviceSecret: ['string'] },
      InvalidDeviceNameList: { invalidDeviceName: ['string'] },
    },
  },
  ImportDevice: {
    Data: {
      ProductKey: 'string',
      Sn: 'string',
      DeviceName: 'string',
      DeviceSecret: 'string',
      Nickname: 'string',
      IotId: 'string',
    },
  },
  QueryImportedDeviceByApplyId: {
    ProductKey: 'string',
    PageNo: 'int32',
    TotalPage: 'int32',
    PageSize: 'int32',
    DeviceList: {
      device: [{ ProductKey: 'string', Sn: 'string', DeviceName: 'string', DeviceSecret: 'string' }],
    },
  },
  DeleteDevice: {},
  CreateProduct: {
    ProductKey: 'string',
    Data: {
      AuthType: 'string',
      ProductKey: 'string',
      ProductName: 'string',
      NodeType: 'int32',
      Description: 'string',
      Id2: 'boolean',
      ProductSecret: 'string',
      ProtocolType: 'string',
      DataFormat: 'int32',
      AliyunCommodityCode: 'string',
    },
  },
  QueryProduct: {
    Data: {
      Owner: 'boolean',
      ProductName: 'string',
      ProductSecret: 'string',
      DataFormat: 'int32',
      CategoryName: 'string',
      ProductStatus: 'string',
      AliyunCommodityCode: 'string',
      DeviceCount: 'int32',
      AuthType: 'string',
      ProductKey: 'string',
      NodeType: 'int32',
      Description: 'string',
      ValidateType: 'int32',
      Id2: 'boolean',
      NetType: 'int32',
      GmtCreate: 'int64',
      ProtocolType: 'string',
      CategoryKey: 'string',
    },
  },
  QueryProductList: {
    Data: {
      CurrentPage: 'int32',
      PageSize: 'int32',
      Total: 'int32',
      PageCount: 'int32',
      List: {
        ProductInfo: [
          {
            AuthType: 'string',
            ProductKey: 'string',
            ProductName: 'string',
            Description: 'string',
            NodeType: 'int32',
            GmtCreate: 'int64',
            DataFormat: 'int32',
            DeviceCount: 'int32',
          },
        ],
      },
    },
  },
}
