// Generated from the declarations by `npm run generate`.

/** The subjects of operations, in the order in which pages list them. */
export const families = ['imports', 'registration', 'devices', 'tags', 'products', 'groups', 'own'] as const
export type Family = (typeof families)[number]

/** The members of each operation's successful answer, beside RequestId and Success. */
export interface Answers {
  BatchAddDeviceGroupRelations: {
    readonly ValidDeviceCount: number
    readonly SuccessAddedDeviceCount: number
    readonly AlreadyRelatedGroupDeviceCount: number
    readonly ExceedTenGroupDeviceCount: number
  }
  BatchCheckDeviceNames: {
    readonly Data: {
      readonly ApplyId: number
      readonly InvalidDetailList?:
        | {
            readonly InvalidDetailList: readonly {
              readonly DeviceName: string
              readonly NickName?: string | undefined
              readonly ErrorMsg: string
            }[]
          }
        | undefined
      readonly RepeatedDeviceNameList?:
        | {
            readonly RepeatDevieNameList: readonly string[]
          }
        | undefined
      readonly InvalidDeviceNameList?:
        | {
            readonly InvalidDeviceName: readonly string[]
          }
        | undefined
      readonly InvalidDeviceNicknameList?:
        | {
            readonly InvalidDeviceNickname: readonly string[]
          }
        | undefined
    }
  }
  BatchCheckImportDevice: {
    readonly Data?:
      | {
          readonly InvalidDetailList: readonly {
            readonly DeviceName: string
            readonly DeviceSecret: string
            readonly Sn?: string | undefined
            readonly ErrorMsg: string
          }[]
          readonly InvalidDeviceNameList: readonly string[]
          readonly InvalidDeviceSecretList: readonly string[]
          readonly InvalidSnList: readonly string[]
          readonly RepeatedDeviceNameList: readonly string[]
        }
      | undefined
  }
  BatchCheckVehicleDevice: {
    readonly Data?:
      | {
          readonly InvalidDetailList: readonly {
            readonly DeviceName?: string | undefined
            readonly DeviceId?: string | undefined
            readonly DeviceModel?: string | undefined
            readonly Manufacturer?: string | undefined
            readonly ErrorMsg: string
          }[]
          readonly InvalidManufacturerList: readonly string[]
          readonly InvalidDeviceModelList: readonly string[]
          readonly InvalidDeviceIdList: readonly string[]
          readonly RepeatedDeviceIdList: readonly string[]
          readonly InvalidDeviceNameList: readonly string[]
          readonly RepeatedDeviceNameList: readonly string[]
        }
      | undefined
  }
  BatchDeleteDeviceGroupRelations: {
    readonly ValidDeviceCount: number
    readonly AlreadyRelatedGroupDeviceCount: number
    readonly SuccessDeviceCount: number
  }
  BatchGetDeviceState: {
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
  BatchImportDevice: {
    readonly Data?:
      | {
          readonly ApplyId?: number | undefined
          readonly InvalidDetailList?:
            | {
                readonly InvalidDetailList: readonly {
                  readonly DeviceName: string
                  readonly DeviceSecret: string
                  readonly Sn?: string | undefined
                  readonly ErrorMsg: string
                }[]
              }
            | undefined
          readonly RepeatedDeviceNameList?:
            | {
                readonly repeatedDeviceName: readonly string[]
              }
            | undefined
          readonly InvalidDeviceNameList?:
            | {
                readonly invalidDeviceName: readonly string[]
              }
            | undefined
          readonly InvalidDeviceSecretList?:
            | {
                readonly invalidDeviceSecret: readonly string[]
              }
            | undefined
          readonly InvalidSnList?:
            | {
                readonly invalidSn: readonly string[]
              }
            | undefined
        }
      | undefined
  }
  BatchImportVehicleDevice: {
    readonly Data?:
      | {
          readonly ApplyId?: number | undefined
          readonly InvalidDetailList?:
            | {
                readonly InvalidDetailList: readonly {
                  readonly DeviceName?: string | undefined
                  readonly DeviceId?: string | undefined
                  readonly DeviceModel?: string | undefined
                  readonly Manufacturer?: string | undefined
                  readonly ErrorMsg: string
                }[]
              }
            | undefined
          readonly InvalidManufacturerList?:
            | {
                readonly invalidManufacturerList: readonly string[]
              }
            | undefined
          readonly InvalidDeviceModelList?:
            | {
                readonly invalidDeviceModelList: readonly string[]
              }
            | undefined
          readonly InvalidDeviceIdList?:
            | {
                readonly invalidDeviceIdList: readonly string[]
              }
            | undefined
          readonly RepeatedDeviceIdList?:
            | {
                readonly repeatedDeviceIdList: readonly string[]
              }
            | undefined
          readonly InvalidDeviceNameList?:
            | {
                readonly InvalidDeviceNameList: readonly string[]
              }
            | undefined
          readonly RepeatedDeviceNameList?:
            | {
                readonly RepeatedDeviceNameList: readonly string[]
              }
            | undefined
        }
      | undefined
  }
  BatchQueryDeviceDetail: {
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
  BatchRegisterDevice: {
    readonly Data: {
      readonly ApplyId: number
    }
  }
  BatchRegisterDeviceWithApplyId: {
    readonly Data: {
      readonly ApplyId: number
    }
  }
  BatchUpdateDeviceNickname: object
  CancelReleaseProduct: object
  CreateAccessKey: {
    readonly Data: {
      readonly AccessKeyId: string
      readonly AccessKeySecret: string
      readonly UserName?: string | undefined
    }
  }
  CreateDeviceGroup: {
    readonly Data: {
      readonly GroupId: string
      readonly GroupName: string
      readonly GroupDesc: string
      readonly UtcCreate: string
    }
  }
  CreateProduct: {
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
  CreateProductTags: {
    readonly InvalidProductTags?:
      | {
          readonly ProductTag: readonly {
            readonly TagKey?: string | undefined
            readonly TagValue?: string | undefined
          }[]
        }
      | undefined
  }
  CreateUser: object
  DeleteAccessKey: object
  DeleteDevice: object
  DeleteDeviceGroup: object
  DeleteDeviceProp: object
  DeleteProduct: object
  DeleteProductTags: object
  DeleteUser: object
  DisableThing: object
  EnableThing: object
  GetCallerIdentity: {
    readonly Data: {
      readonly AccountId: string
      readonly AccountName: string
      readonly IdentityType: string
      readonly UserName?: string | undefined
      readonly AllowedActions?:
        | {
            readonly Action: readonly string[]
          }
        | undefined
    }
  }
  GetDeviceStatus: {
    readonly Data: {
      readonly Status: string
      readonly Timestamp: number
    }
  }
  ImportDevice: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly DeviceSecret: string
      readonly Sn: string
      readonly Nickname: string
      readonly IotId: string
    }
  }
  ListAccessKeys: {
    readonly Data: {
      readonly AccessKey: readonly {
        readonly AccessKeyId: string
        readonly UserName?: string | undefined
        readonly Status: string
        readonly GmtCreate: number
      }[]
    }
  }
  ListCallCounts: {
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
  ListDeviceBatches: {
    readonly Data: {
      readonly Batch: readonly {
        readonly ApplyId: number
        readonly Kind: string
        readonly ProductKey: string
        readonly ProductName: string
        readonly DeviceCount: number
        readonly GmtCreate: number
        readonly Registered: boolean
      }[]
      readonly NextToken?: string | undefined
    }
  }
  ListDevices: {
    readonly Data: {
      readonly Device: readonly {
        readonly DeviceName: string
        readonly IotId: string
        readonly Sn?: string | undefined
        readonly Nickname: string
        readonly Status: string
        readonly Disabled: boolean
        readonly GmtCreate: number
      }[]
      readonly NextToken?: string | undefined
    }
  }
  ListInstances: {
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
  ListProductByTags: {
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
  ListProductTags: {
    readonly Data: {
      readonly ProductTag: readonly {
        readonly TagKey: string
        readonly TagValue: string
      }[]
    }
  }
  ListQuotas: {
    readonly Data: {
      readonly Quota: readonly {
        readonly Action: string
        readonly PerSecond: number
        readonly DeclaredPerSecond: number
      }[]
    }
  }
  ListRecentCalls: {
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
  ListUsers: {
    readonly Data: {
      readonly User: readonly {
        readonly UserName: string
        readonly AllowedActions?:
          | {
              readonly Action: readonly string[]
            }
          | undefined
        readonly GmtCreate: number
      }[]
    }
  }
  QueryBatchRegisterDeviceStatus: {
    readonly Data: {
      readonly Status: string
      readonly ValidList: {
        readonly Name: readonly string[]
      }
      readonly InvalidList: {
        readonly Name: readonly string[]
      }
      readonly InvalidDetailList: {
        readonly invalidDetailList: readonly {
          readonly DeviceName: string
          readonly NickName?: string | undefined
          readonly ErrorMsg: string
        }[]
      }
    }
  }
  QueryDevice: {
    readonly Page: number
    readonly PageSize: number
    readonly PageCount: number
    readonly Total: number
    readonly NextToken?: string | undefined
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
  QueryDeviceByStatus: {
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
  QueryDeviceByTags: {
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
  QueryDeviceDetail: {
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
  QueryDeviceGroupByDevice: {
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
  QueryDeviceGroupInfo: {
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
  QueryDeviceGroupList: {
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
  QueryDeviceInfo: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly DeviceSecret: string
      readonly IotId: string
      readonly Nickname: string
    }
  }
  QueryDeviceListByDeviceGroup: {
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
  QueryDeviceProp: {
    readonly Props: string
  }
  QueryDeviceStatistics: {
    readonly Data: {
      readonly deviceCount: number
      readonly activeCount: number
      readonly onlineCount: number
    }
  }
  QueryImportedDeviceByApplyId: {
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
  QueryPageByApplyId: {
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
  QueryProduct: {
    readonly Data: {
      readonly ProductKey: string
      readonly ProductName: string
      readonly ProductSecret: string
      readonly ProductStatus: string
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
      readonly ValidateType?: number | undefined
    }
  }
  QueryProductList: {
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
  QueryVehicleDevice: {
    readonly Data: {
      readonly ProductKey: string
      readonly DeviceName: string
      readonly IotId: string
      readonly Protocol: string
      readonly CreateTime: number
      readonly ModifiedTime: number
      readonly JtProtocolDeviceData?:
        | {
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
        | undefined
    }
  }
  RegisterDevice: {
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
  ReleaseProduct: object
  ResetThing: {
    readonly JobId?: string | undefined
  }
  SaveDeviceProp: object
  SetQuota: object
  SetUserPermissions: object
  UndoDeviceBatch: {
    readonly Data: {
      readonly ApplyId: number
      readonly DeletedCount: number
      readonly KeptCount: number
    }
  }
  UpdateAccessKey: object
  UpdateDeviceGroup: object
  UpdateProduct: object
  UpdateProductTags: {
    readonly InvalidProductTags?:
      | {
          readonly ProductTag: readonly {
            readonly TagKey?: string | undefined
            readonly TagValue?: string | undefined
          }[]
        }
      | undefined
  }
}
