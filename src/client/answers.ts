// Generated from the declarations by `npm run generate`.

/** The answers of the operations as JSON has them, besides RequestId and Success. */
export interface Answers {
  readonly AsyncRRpc: { readonly MessageId: number }
  readonly BatchAddDeviceGroupRelations: {
    readonly ValidDeviceCount: number
    readonly SuccessAddedDeviceCount: number
    readonly AlreadyRelatedGroupDeviceCount: number
    readonly ExceedTenGroupDeviceCount: number
  }
  readonly BatchCheckDeviceNames: {
    readonly Data: {
      readonly ApplyId: number
      readonly InvalidDetailList?: {
        readonly InvalidDetailList: readonly {
          readonly DeviceName: string
          readonly NickName?: string
          readonly ErrorMsg: string
        }[]
      }
      readonly RepeatedDeviceNameList?: { readonly RepeatDevieNameList: readonly string[] }
      readonly InvalidDeviceNameList?: { readonly InvalidDeviceName: readonly string[] }
      readonly InvalidDeviceNicknameList?: { readonly InvalidDeviceNickname: readonly string[] }
    }
  }
  readonly BatchCheckImportDevice: {
    readonly Data?: {
      readonly InvalidDetailList: readonly {
        readonly DeviceName: string
        readonly DeviceSecret: string
        readonly Sn?: string
        readonly ErrorMsg: string
      }[]
      readonly InvalidDeviceNameList: readonly string[]
      readonly InvalidDeviceSecretList: readonly string[]
      readonly InvalidSnList: readonly string[]
      readonly RepeatedDeviceNameList: readonly string[]
    }
  }
  readonly BatchCheckVehicleDevice: {
    readonly Data?: {
      readonly InvalidDetailList: readonly {
        readonly DeviceName?: string
        readonly DeviceId?: string
        readonly DeviceModel?: string
        readonly Manufacturer?: string
        readonly ErrorMsg: string
      }[]
      readonly InvalidManufacturerList: readonly string[]
      readonly InvalidDeviceModelList: readonly string[]
      readonly InvalidDeviceIdList: readonly string[]
      readonly RepeatedDeviceIdList: readonly string[]
      readonly InvalidDeviceNameList: readonly string[]
      readonly RepeatedDeviceNameList: readonly string[]
    }
  }
  readonly BatchDeleteDeviceGroupRelations: {
    readonly ValidDeviceCount: number
    readonly AlreadyRelatedGroupDeviceCount: number
    readonly SuccessDeviceCount: number
  }
  readonly BatchGetDeviceState: {
    readonly DeviceStatusList: {
      readonly DeviceStatus: readonly {
        readonly DeviceName: string
        readonly DeviceId: string
        readonly IotId: string
        readonly Status: string
        readonly LastOnlineTime: string
        readonly AsAddress: string
        readonly Timestamp: number
      }[]
    }
  }
  readonly BatchImportDevice: {
    readonly Data?: {
      readonly ApplyId?: number
      readonly InvalidDetailList?: {
        readonly InvalidDetailList: readonly {
          readonly DeviceName: string
          readonly DeviceSecret: string
          readonly Sn?: string
          readonly ErrorMsg: string
        }[]
      }
      readonly RepeatedDeviceNameList?: { readonly repeatedDeviceName: readonly string[] }
      readonly InvalidDeviceNameList?: { readonly invalidDeviceName: readonly string[] }
      readonly InvalidDeviceSecretList?: { readonly invalidDeviceSecret: readonly string[] }
      readonly InvalidSnList?: { readonly invalidSn: readonly string[] }
    }
  }
  readonly BatchImportVehicleDevice: {
    readonly Data?: {
      readonly ApplyId?: number
      readonly InvalidDetailList?: {
        readonly InvalidDetailList: readonly {
          readonly DeviceName?: string
          readonly DeviceId?: string
          readonly DeviceModel?: string
          readonly Manufacturer?: string
          readonly ErrorMsg: string
        }[]
      }
      readonly InvalidManufacturerList?: { readonly invalidManufacturerList: readonly string[] }
      readonly InvalidDeviceModelList?: { readonly invalidDeviceModelList: readonly string[] }
      readonly InvalidDeviceIdList?: { readonly invalidDeviceIdList: readonly string[] }
      readonly RepeatedDeviceIdList?: { readonly repeatedDeviceIdList: readonly string[] }
      readonly InvalidDeviceNameList?: { readonly InvalidDeviceNameList: readonly string[] }
      readonly RepeatedDeviceNameList?: { readonly RepeatedDeviceNameList: readonly string[] }
    }
  }
  readonly BatchPub: object
  readonly BatchQueryDeviceDetail: {
    readonly Data: {
      readonly Data: readonly {
        readonly ProductKey: string
        readonly ProductName: string
        readonly DeviceName: string
        readonly DeviceSecret: string
        readonly IotId: string
        readonly Nickname: string
        readonly Status: string
        readonly NodeType: number
        readonly Region: string
        readonly FirmwareVersion: string
        readonly GmtCreate: string
        readonly UtcCreate: string
        readonly GmtActive: string
        readonly UtcActive: string
      }[]
    }
  }
  readonly BatchRegisterDevice: { readonly Data: { readonly ApplyId: number } }
  readonly BatchRegisterDeviceWithApplyId: { readonly Data: { readonly ApplyId: number } }
  readonly BatchUpdateDeviceNickname: object
  readonly CancelReleaseProduct: object
  readonly CreateAccessKey: {
    readonly Data: {
      readonly AccessKeyId: string
      readonly AccessKeySecret: string
      readonly UserName?: string
    }
  }
  readonly CreateDeviceGroup: {
    readonly Data: {
      readonly GroupId: string
      readonly GroupName: string
      readonly GroupDesc: string
      readonly UtcCreate: string
    }
  }
  readonly CreateImportJob: { readonly Data: { readonly JobId: string } }
  readonly CreateProduct: {
    readonly ProductKey: string
    readonly Data: {
      readonly ProductKey: string
      readonly ProductName: string
      readonly ProductSecret: string
      readonly NodeType: number
      readonly DataFormat: number
      readonly AuthType: string
      readonly Description: string
      readonly Id2: boolean
      readonly ProtocolType: string
      readonly AliyunCommodityCode: string
    }
  }
  readonly CreateProductTags: {
    readonly InvalidProductTags?: {
      readonly ProductTag: readonly { readonly TagKey?: string; readonly TagValue?: string }[]
    }
  }
  readonly CreateProductTopic: { readonly TopicId: number }
  readonly CreateUser: object
  readonly DeleteAccessKey: object
  readonly DeleteDevice: object
  readonly DeleteDeviceGroup: object
  readonly DeleteDeviceProp: object
  readonly DeleteProduct: object
  readonly DeleteProductTags: object
  readonly DeleteProductTopic: object
  readonly DeleteUser: object
  readonly DisableThing: object
  readonly EnableThing: object
  readonly GetCallerIdentity: {
    readonly Data: {
      readonly AccountId: string
      readonly AccountName: string
      readonly IdentityType: 'Account' | 'RAMUser'
      readonly UserName?: string
      readonly AllowedActions?: { readonly Action: readonly string[] }
    }
  }
  readonly GetDeviceStatus: { readonly Data: { readonly Status: string; readonly Timestamp: number } }
  readonly GetImportJob: {
    readonly Data: {
      readonly JobId: string
      readonly FileName: string
      readonly ProductKey: string
      readonly ProductName: string
      readonly State: string
      readonly AccessKeyId: string
      readonly UserName?: string
      readonly DeviceCount: number
      readonly BatchCount: number
      readonly AcceptedCount: number
      readonly RejectedCount: number
      readonly SkippedCount: number
      readonly Reasons: string
      readonly GmtCreate: number
      readonly GmtModified: number
      readonly RemainingCount: number
      readonly Batch: readonly {
        readonly ApplyId: number
        readonly DeviceCount: number
        readonly GmtCreate: number
      }[]
    }
  }
  readonly ImportDevice: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly DeviceSecret: string
      readonly Sn: string
      readonly Nickname: string
      readonly IotId: string
    }
  }
  readonly InvokeThingService: { readonly Data: { readonly MessageId: string; readonly Result?: string } }
  readonly InvokeThingsService: object
  readonly ListAccessKeys: {
    readonly Data: {
      readonly AccessKey: readonly {
        readonly AccessKeyId: string
        readonly UserName?: string
        readonly Status: 'Active' | 'Inactive'
        readonly GmtCreate: number
      }[]
    }
  }
  readonly ListCallCounts: {
    readonly Data: {
      readonly IntervalSeconds: number
      readonly Now: number
      readonly CallCount: readonly {
        readonly Time: number
        readonly Action: string
        readonly Calls: number
        readonly Throttled: number
        readonly Failed: number
        readonly Devices: number
      }[]
    }
  }
  readonly ListConnectionEvents: {
    readonly Data: {
      readonly Event: readonly {
        readonly Time: number
        readonly LastTime: number
        readonly Count: number
        readonly Type: string
        readonly Reason: string
        readonly Detail: string
        readonly IpAddress: string
        readonly Node: string
        readonly ClientId: string
        readonly ProtocolVersion: string
      }[]
    }
  }
  readonly ListDeviceBatches: {
    readonly Data: {
      readonly Batch: readonly {
        readonly ApplyId: number
        readonly Kind: 'Import' | 'Register' | 'Check'
        readonly ProductKey: string
        readonly ProductName: string
        readonly DeviceCount: number
        readonly GmtCreate: number
        readonly Registered: boolean
      }[]
      readonly NextToken?: string
    }
  }
  readonly ListDevicePresence: {
    readonly Data: {
      readonly Device: readonly {
        readonly DeviceName: string
        readonly Status: string
        readonly ActiveTime?: number
        readonly OnlineTime?: number
        readonly ChangeTime?: number
        readonly IpAddress?: string
      }[]
    }
  }
  readonly ListDevices: {
    readonly Data: {
      readonly Device: readonly {
        readonly DeviceName: string
        readonly IotId: string
        readonly Sn?: string
        readonly Nickname: string
        readonly Status: string
        readonly Disabled: boolean
        readonly ApplyId: number
        readonly GmtCreate: number
      }[]
      readonly NextToken?: string
    }
  }
  readonly ListImportJobs: {
    readonly Data: {
      readonly Job: readonly {
        readonly JobId: string
        readonly FileName: string
        readonly ProductKey: string
        readonly ProductName: string
        readonly State: string
        readonly AccessKeyId: string
        readonly UserName?: string
        readonly DeviceCount: number
        readonly BatchCount: number
        readonly AcceptedCount: number
        readonly RejectedCount: number
        readonly SkippedCount: number
        readonly Reasons: string
        readonly GmtCreate: number
        readonly GmtModified: number
      }[]
      readonly NextToken?: string
    }
  }
  readonly ListInstances: {
    readonly Data: {
      readonly Instance: readonly {
        readonly IotInstanceId: string
        readonly InstanceName: string
        readonly InstanceType: string
        readonly GmtCreate: number
        readonly ProductCount: number
        readonly DeviceCount: number
      }[]
    }
  }
  readonly ListProductByTags: {
    readonly ProductInfos: {
      readonly ProductInfo: readonly {
        readonly ProductKey: string
        readonly ProductName: string
        readonly NodeType: number
        readonly Description: string
        readonly CreateTime: number
      }[]
    }
  }
  readonly ListProductTags: {
    readonly Data: { readonly ProductTag: readonly { readonly TagKey: string; readonly TagValue: string }[] }
  }
  readonly ListQuotas: {
    readonly Data: {
      readonly Quota: readonly {
        readonly Action: string
        readonly PerSecond: number
        readonly DeclaredPerSecond: number
      }[]
    }
  }
  readonly ListRecentCalls: {
    readonly Data: {
      readonly Call: readonly {
        readonly Time: number
        readonly Action: string
        readonly Result: string
        readonly Code: string
        readonly HttpStatus: number
        readonly Milliseconds: number
        readonly RequestId: string
        readonly Entries: number
        readonly Devices: number
      }[]
    }
  }
  readonly ListTrafficCounts: {
    readonly Data: {
      readonly IntervalSeconds: number
      readonly From: number
      readonly Now: number
      readonly TrafficCount: readonly {
        readonly Time: number
        readonly Connections: number
        readonly Connects: number
        readonly MessagesUp: number
        readonly MessagesDown: number
      }[]
    }
  }
  readonly ListUsers: {
    readonly Data: {
      readonly User: readonly {
        readonly UserName: string
        readonly AllowedActions?: { readonly Action: readonly string[] }
        readonly GmtCreate: number
      }[]
    }
  }
  readonly Pub: { readonly MessageId: string }
  readonly PubBroadcast: { readonly MessageId: number }
  readonly QueryBatchRegisterDeviceStatus: {
    readonly Data: {
      readonly Status: string
      readonly ValidList: { readonly Name: readonly string[] }
      readonly InvalidList: { readonly Name: readonly string[] }
      readonly InvalidDetailList: {
        readonly invalidDetailList: readonly {
          readonly DeviceName: string
          readonly NickName?: string
          readonly ErrorMsg: string
        }[]
      }
    }
  }
  readonly QueryDevice: {
    readonly Page: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly NextToken?: string
    readonly Data: {
      readonly DeviceInfo: readonly {
        readonly ProductKey: string
        readonly DeviceName: string
        readonly DeviceSecret: string
        readonly DeviceId: string
        readonly IotId: string
        readonly Nickname: string
        readonly DeviceStatus: string
        readonly DeviceType: string
        readonly GmtCreate: string
        readonly GmtModified: string
        readonly UtcCreate: string
        readonly UtcModified: string
      }[]
    }
  }
  readonly QueryDeviceByStatus: {
    readonly Page: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly Data: {
      readonly SimpleDeviceInfo: readonly {
        readonly ProductKey: string
        readonly DeviceName: string
        readonly DeviceSecret: string
        readonly IotId: string
        readonly Nickname: string
        readonly Status: string
        readonly GmtCreate: string
        readonly GmtModified: string
        readonly UtcCreate: string
        readonly UtcModified: string
      }[]
    }
  }
  readonly QueryDeviceByTags: {
    readonly Page: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly Data: {
      readonly SimpleDeviceInfo: readonly {
        readonly ProductKey: string
        readonly ProductName: string
        readonly DeviceName: string
        readonly IotId: string
      }[]
    }
  }
  readonly QueryDeviceDetail: {
    readonly Data: {
      readonly ProductKey: string
      readonly ProductName: string
      readonly DeviceName: string
      readonly DeviceSecret: string
      readonly IotId: string
      readonly Nickname: string
      readonly Status: string
      readonly NodeType: number
      readonly Region: string
      readonly FirmwareVersion: string
      readonly GmtCreate: string
      readonly UtcCreate: string
      readonly GmtActive: string
      readonly UtcActive: string
      readonly IpAddress: string
      readonly GmtOnline: string
      readonly UtcOnline: string
      readonly Owner: boolean
    }
  }
  readonly QueryDeviceGroupByDevice: {
    readonly GroupInfos: {
      readonly GroupInfo: readonly {
        readonly GroupId: string
        readonly GroupName: string
        readonly GroupType: string
        readonly GroupDesc: string
        readonly UtcCreate: string
      }[]
    }
  }
  readonly QueryDeviceGroupInfo: {
    readonly Data: {
      readonly GroupId: string
      readonly GroupName: string
      readonly GroupDesc: string
      readonly UtcCreate: string
      readonly DynamicGroupExpression: string
      readonly DeviceCount: number
      readonly DeviceActive: number
      readonly DeviceOnline: number
    }
  }
  readonly QueryDeviceGroupList: {
    readonly CurrentPage: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly Data: {
      readonly GroupInfo: readonly {
        readonly GroupId: string
        readonly GroupName: string
        readonly GroupType: string
        readonly GroupDesc: string
        readonly UtcCreate: string
      }[]
    }
  }
  readonly QueryDeviceInfo: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly DeviceSecret: string
      readonly IotId: string
      readonly Nickname: string
    }
  }
  readonly QueryDeviceListByDeviceGroup: {
    readonly Page: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly Data: {
      readonly SimpleDeviceInfo: readonly {
        readonly ProductKey: string
        readonly ProductName: string
        readonly DeviceName: string
        readonly IotId: string
      }[]
    }
  }
  readonly QueryDeviceProp: { readonly Props: string }
  readonly QueryDeviceStatistics: {
    readonly Data: {
      readonly deviceCount: number
      readonly activeCount: number
      readonly onlineCount: number
    }
  }
  readonly QueryDeviceSubTopic: {
    readonly TopicList: readonly { readonly TopicName: string; readonly Timestamp: number }[]
  }
  readonly QueryImportedDeviceByApplyId: {
    readonly ProductKey: string
    readonly PageNo: number
    readonly PageSize: number
    readonly TotalPage: number
    readonly DeviceList: {
      readonly device: readonly {
        readonly ProductKey: string
        readonly DeviceName: string
        readonly DeviceSecret: string
        readonly Sn: string
      }[]
    }
  }
  readonly QueryPageByApplyId: {
    readonly Page: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly ApplyDeviceList: {
      readonly ApplyDeviceInfo: readonly {
        readonly DeviceName: string
        readonly DeviceId: string
        readonly IotId: string
        readonly DeviceSecret: string
      }[]
    }
  }
  readonly QueryProduct: {
    readonly Data: {
      readonly ProductKey: string
      readonly ProductName: string
      readonly ProductSecret: string
      readonly ProductStatus: 'DEVELOPMENT_STATUS' | 'RELEASE_STATUS'
      readonly AliyunCommodityCode: string
      readonly AuthType: string
      readonly CategoryKey: string
      readonly CategoryName: string
      readonly DataFormat: number
      readonly Description: string
      readonly DeviceCount: number
      readonly GmtCreate: number
      readonly Id2: boolean
      readonly NetType: number
      readonly NodeType: number
      readonly Owner: boolean
      readonly ProtocolType: string
      readonly ValidateType?: number
    }
  }
  readonly QueryProductList: {
    readonly Data: {
      readonly CurrentPage: number
      readonly PageSize: number
      readonly PageCount: number
      readonly Total: number
      readonly List: {
        readonly ProductInfo: readonly {
          readonly ProductKey: string
          readonly ProductName: string
          readonly AuthType: string
          readonly DataFormat: number
          readonly Description: string
          readonly DeviceCount: number
          readonly GmtCreate: number
          readonly NodeType: number
        }[]
      }
    }
  }
  readonly QueryProductTopic: {
    readonly Data: {
      readonly ProductTopicInfo: readonly {
        readonly ProductKey: string
        readonly TopicShortName: string
        readonly Operation: string
        readonly Id: string
        readonly Desc: string
        readonly EnableProxySubscribe: boolean
        readonly Codec: string
      }[]
    }
  }
  readonly QueryVehicleDevice: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly IotId: string
      readonly Protocol: string
      readonly CreateTime: number
      readonly ModifiedTime: number
      readonly JtProtocolDeviceData?: {
        readonly Manufacturer: string
        readonly DeviceModel: string
        readonly DeviceId: string
        readonly Status: string
        readonly AuthCode: string
        readonly Province: string
        readonly City: string
        readonly VehicleColour: string
        readonly VehicleNumber: string
        readonly RegisterTime: number
      }
    }
  }
  readonly RRpc: {
    readonly MessageId: number
    readonly RrpcCode: 'SUCCESS' | 'TIMEOUT' | 'OFFLINE' | 'HALFCONN' | 'UNKNOWN'
    readonly PayloadBase64Byte?: string
  }
  readonly RegisterDevice: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly DeviceSecret: string
      readonly IotId: string
      readonly Nickname: string
      readonly DevEui: string
      readonly JoinEui: string
    }
  }
  readonly ReleaseProduct: object
  readonly ResetThing: { readonly JobId?: string }
  readonly SaveDeviceProp: object
  readonly SetDeviceProperty: { readonly Data: { readonly MessageId: string; readonly Result?: string } }
  readonly SetDevicesProperty: object
  readonly SetQuota: object
  readonly SetUserPermissions: object
  readonly SubscribeTopic: object
  readonly UndoDeviceBatch: {
    readonly Data: { readonly ApplyId: number; readonly DeletedCount: number; readonly KeptCount: number }
  }
  readonly UndoImportJob: {
    readonly Data: {
      readonly DeletedCount: number
      readonly KeptCount: number
      readonly BatchCount: number
      readonly NextToken?: string
    }
  }
  readonly UnsubscribeTopic: { readonly FailureTopics?: { readonly topic: readonly string[] } }
  readonly UpdateAccessKey: object
  readonly UpdateDeviceGroup: object
  readonly UpdateImportJob: object
  readonly UpdateProduct: object
  readonly UpdateProductTags: {
    readonly InvalidProductTags?: {
      readonly ProductTag: readonly { readonly TagKey?: string; readonly TagValue?: string }[]
    }
  }
  readonly UpdateProductTopic: object
}
