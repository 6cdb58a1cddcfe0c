import { actions } from '../../../src/actions/index.ts'
import type { TextAnswer } from '../../support/api-server.ts'
import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, now, ordinaryProduct, product, readerKey } from '../../support/wire-server.ts'

/** Rollcall’s own operations. */

const Version = '2026-11-01'
const own = (Action: string, fields: Fields = {}) => v1({ Action, Version, ...fields })
/** The same before the call that is shown, with a nonce of its own. */
const before = (Action: string, fields: Fields = {}) =>
  own(Action, { ...fields, SignatureNonce: `before-${Action}` })
const asReader = (fields: Fields) =>
  v1({ Version, ...fields, AccessKeyId: readerKey.id }, { secret: readerKey.secret })
const denied = {
  status: 200,
  code: 'iot.common.RamActionPermissionDeny',
  message: 'You do not have the RAM permission. …',
} as const
const iotId = /^[0-9A-Za-z]{22}000100$/
const uid = /^\d{16}$/
const token = /^[\w-]{20,}$/
const applyId = /^[1-9][0-9]{0,14}$/

export const getCallerIdentityCases: readonly WireCase[] = [
  {
    name: 'account',
    shows: 'A key of the account itself may call everything.',
    call: v3('GetCallerIdentity', {}, { headers: { 'x-acs-version': Version } }),
    status: 200,
    members: { Data: { AccountId: uid, AccountName: 'main', IdentityType: 'Account' } },
  },
  {
    name: 'ram-user',
    shows: 'A RAM user that may only query may ask who it is, too.',
    call: asReader({ Action: 'GetCallerIdentity' }),
    status: 200,
    members: {
      Data: {
        AccountId: uid,
        AccountName: 'main',
        IdentityType: 'RAMUser',
        UserName: 'reader',
        AllowedActions: { Action: ['iot:Query*'] },
      },
    },
  },
]

export const listInstancesCases: readonly WireCase[] = [
  {
    name: 'instances',
    shows: 'The instances of the account with what is in them; the public one has no ID.',
    call: own('ListInstances'),
    status: 200,
    members: {
      Data: {
        Instance: [
          {
            IotInstanceId: '',
            InstanceName: 'public',
            InstanceType: 'public',
            GmtCreate: now,
            ProductCount: 2,
            DeviceCount: 2,
          },
          {
            IotInstanceId: documentProduct.IotInstanceId,
            InstanceName: 'enterprise-standard',
            InstanceType: 'enterprise-standard',
            GmtCreate: now,
            ProductCount: 1,
            DeviceCount: 1,
          },
        ],
      },
    },
  },
  {
    name: 'ram-action-permission-deny',
    shows: 'A RAM user lists what its patterns allow.',
    call: asReader({ Action: 'ListInstances' }),
    ...denied,
  },
]

const counted = { Entries: 0, Devices: 0, Milliseconds: 0, Time: now }
const requestId = 'E4C0FF92-2A86-41DB-92D3-73B60310D25E'

export const listRecentCallsCases: readonly WireCase[] = [
  {
    name: 'calls',
    shows: 'The newest first; what looks at calls is not among them.',
    before: [
      v1({ Action: 'QueryProduct', ProductKey: 'nope', SignatureNonce: 'before-1' }),
      before('ListUsers'),
      before('GetCallerIdentity'),
    ],
    call: own('ListRecentCalls', { MaxResults: '2' }),
    status: 200,
    members: {
      Data: {
        Call: [
          {
            ...counted,
            Action: 'ListUsers',
            Result: 'answered',
            Code: '',
            HttpStatus: 200,
            RequestId: requestId,
          },
          {
            ...counted,
            Action: 'QueryProduct',
            Result: 'failed',
            Code: 'iot.prod.NotExistedProduct',
            HttpStatus: 200,
            RequestId: requestId,
          },
        ],
      },
    },
  },
]

const named = { ...product, DeviceName: 'registered-2' }
export const listConnectionEventsCases: readonly WireCase[] = [
  {
    name: 'none',
    shows: 'A device that never connected has no events.',
    call: own('ListConnectionEvents', named),
    status: 200,
    members: { Data: { Event: [] } },
  },
  {
    name: 'unknown-device',
    shows: 'Only a device that exists has a log.',
    call: own('ListConnectionEvents', { ...named, DeviceName: 'nobody' }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "nobody" in a1TestKey01.',
  },
  {
    name: 'denied',
    shows: 'A RAM user needs the permission iot:ListConnectionEvents.',
    call: asReader({ Action: 'ListConnectionEvents', ...named }),
    ...denied,
  },
]

export const listDevicePresenceCases: readonly WireCase[] = [
  {
    name: 'never-online',
    shows: 'A device that never connected has no times; a name that is not registered is left out.',
    call: own('ListDevicePresence', { ...product, 'DeviceName.1': 'registered-2', 'DeviceName.2': 'nobody' }),
    status: 200,
    members: { Data: { Device: [{ DeviceName: 'registered-2', Status: 'UNACTIVE' }] } },
  },
  {
    name: 'unknown-product',
    shows: 'The devices are those of a product.',
    call: own('ListDevicePresence', { ProductKey: 'nope', 'DeviceName.1': 'registered-2' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. There is no "nope" in the public instance; …',
  },
]

const minute = 60_000
export const listTrafficCountsCases: readonly WireCase[] = [
  {
    name: 'none',
    shows:
      'Intervals in which nothing happened are left out; the period is a day unless another is asked for.',
    call: own('ListTrafficCounts'),
    status: 200,
    members: {
      Data: {
        IntervalSeconds: 60,
        From: Math.floor(now / minute) * minute - 24 * 60 * minute + minute,
        Now: now,
        TrafficCount: [],
      },
    },
  },
  {
    name: 'unknown-period',
    shows: 'A period is an hour, a day or a month.',
    call: own('ListTrafficCounts', { Period: 'week' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. Period must be hour, day or month, not "week".',
  },
]

export const listCallCountsCases: readonly WireCase[] = [
  {
    name: 'counts',
    shows: 'Calls by interval and action; what looks at calls is counted like everything.',
    before: [
      v1({ Action: 'QueryProduct', ProductKey: 'nope', SignatureNonce: 'before-1' }),
      before('ListRecentCalls'),
    ],
    call: own('ListCallCounts'),
    status: 200,
    members: {
      Data: {
        IntervalSeconds: 5,
        Now: now,
        CallCount: [
          { Time: now - 250, Action: 'ListRecentCalls', Calls: 1, Throttled: 0, Failed: 0, Devices: 0 },
          { Time: now - 250, Action: 'QueryProduct', Calls: 1, Throttled: 0, Failed: 1, Devices: 0 },
        ],
      },
    },
  },
]

export const setQuotaCases: readonly WireCase[] = [
  {
    name: 'set',
    shows: 'A quota of the account’s own.',
    call: own('SetQuota', { ActionName: 'QueryDevice', PerSecond: '200' }),
    status: 200,
  },
  {
    name: 'unset',
    shows: 'Without PerSecond the declared quota counts again.',
    call: own('SetQuota', { ActionName: 'QueryDevice' }),
    status: 200,
  },
  {
    name: 'not-existed-action',
    shows: 'An action that Rollcall does not have.',
    call: own('SetQuota', { ActionName: 'queryDevice', PerSecond: '200' }),
    status: 200,
    code: 'iot.quota.NotExistedAction',
    message: 'The specified action does not exist. ActionName is "queryDevice".',
  },
  {
    name: 'quotas-are-fixed',
    shows: 'On a server with --fixed-quotas only its operator sets quotas.',
    settings: { fixedQuotas: true },
    call: own('SetQuota', { ActionName: 'QueryDevice', PerSecond: '200' }),
    status: 200,
    code: 'iot.quota.QuotasAreFixed',
    message: 'The quotas of this server are fixed. …',
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'An account can’t take away its own means to set a quota.',
    call: own('SetQuota', { ActionName: 'SetQuota', PerSecond: '0' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. …',
  },
  {
    name: 'invalid-parameter',
    shows: 'A quota below 0 is refused as any number beyond its limits.',
    call: own('SetQuota', { ActionName: 'QueryDevice', PerSecond: '-1' }),
    row: 'InvalidParameter',
    status: 400,
    code: 'InvalidPerSecond',
    message:
      'Specified parameter PerSecond is not valid. It must be a whole number from 0 to 999999999, not "-1".',
  },
  {
    name: 'ram-action-permission-deny',
    shows: 'No RAM user sets a quota.',
    call: asReader({ Action: 'SetQuota', ActionName: 'QueryDevice' }),
    ...denied,
  },
]

const registered = (DeviceName: string) => ({
  DeviceName,
  IotId: iotId,
  Nickname: '',
  Status: 'UNACTIVE',
  Disabled: false,
  ApplyId: 1000001,
  GmtCreate: now,
})
const devices = (fields: Fields) => own('ListDevices', { ...product, ...fields })
const tokenOf = (answers: readonly TextAnswer[]) => JSON.parse(answers.at(-1)!.body).Data.NextToken as string

export const listDevicesCases: readonly WireCase[] = [
  {
    name: 'first-page',
    shows: 'Devices in the order of their names, without secrets, and where to go on.',
    call: devices({ MaxResults: '1' }),
    status: 200,
    members: { Data: { Device: [registered('registered-1')], NextToken: token } },
  },
  {
    name: 'connected',
    shows: 'A device that is connected, and one that was.',
    settings: { connected: { online: ['registered-2'], offline: ['registered-1'] } },
    call: devices({}),
    status: 200,
    members: {
      Data: {
        Device: [
          { ...registered('registered-1'), Status: 'OFFLINE' },
          { ...registered('registered-2'), Status: 'ONLINE' },
        ],
      },
    },
  },
  {
    name: 'last-page',
    shows: 'The last page has no NextToken.',
    before: [devices({ MaxResults: '1', SignatureNonce: 'before' })],
    callAfter: (earlier) => devices({ MaxResults: '1', NextToken: tokenOf(earlier) }),
    status: 200,
    members: { Data: { Device: [registered('registered-2')] } },
  },
  {
    name: 'disabled',
    shows: 'A device that is disabled, and one with a nickname, found by the beginning of its name.',
    before: [
      v1({ Action: 'DisableThing', ...product, DeviceName: 'registered-2', SignatureNonce: 'before-1' }),
      v1({
        Action: 'BatchUpdateDeviceNickname',
        'DeviceNicknameInfo.1.ProductKey': product.ProductKey,
        'DeviceNicknameInfo.1.DeviceName': 'registered-2',
        'DeviceNicknameInfo.1.Nickname': '园区灯',
        SignatureNonce: 'before-2',
      }),
    ],
    call: devices({ NamePrefix: 'registered-2' }),
    status: 200,
    members: {
      Data: {
        Device: [{ ...registered('registered-2'), Nickname: '园区灯', Status: 'DISABLE', Disabled: true }],
      },
    },
  },
  {
    name: 'none',
    shows: 'No name begins with it: capital and small letters are told apart.',
    call: devices({ NamePrefix: 'Registered' }),
    status: 200,
    members: { Data: { Device: [] } },
  },
  {
    name: 'page-token-is-illegal',
    shows: 'A token that was not answered.',
    call: devices({ NextToken: 'made-up' }),
    status: 200,
    code: 'iot.device.PageTokenIsIllegal',
    message: 'The page token is illegal. …',
  },
  {
    name: 'not-existed-product',
    shows: 'A product that is not there.',
    call: devices({ ProductKey: 'nope' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
]

const batch = { GmtCreate: now, ApplyId: applyId }
const imported = { ...batch, Kind: 'Import', ProductKey: product.ProductKey, ProductName: 'cloud-gateway' }
const lamps = { ...batch, ProductKey: ordinaryProduct.ProductKey, ProductName: '灯具(二)' }

export const listDeviceBatchesCases: readonly WireCase[] = [
  {
    name: 'batches',
    shows: 'What has an ApplyId, newest first: a checked list, a registration, an import.',
    before: [
      v1({ Action: 'BatchRegisterDevice', ...ordinaryProduct, Count: '3', SignatureNonce: 'before-1' }),
      v1({
        Action: 'BatchCheckDeviceNames',
        ...ordinaryProduct,
        'DeviceName.1': 'lamp-1',
        'DeviceName.2': 'lamp-2',
        SignatureNonce: 'before-2',
      }),
    ],
    call: own('ListDeviceBatches'),
    status: 200,
    members: {
      Data: {
        Batch: [
          { ...lamps, Kind: 'Check', DeviceCount: 2, Registered: false },
          { ...lamps, Kind: 'Register', DeviceCount: 3, Registered: true },
          { ...imported, DeviceCount: 2, Registered: true },
        ],
      },
    },
  },
  {
    name: 'first-page',
    shows: 'A page of one product, and where to go on.',
    before: [
      v1({
        Action: 'ImportDevice',
        ...product,
        DeviceName: 'lamp-1',
        DeviceSecret: 'secret',
        SignatureNonce: 'before',
      }),
    ],
    call: own('ListDeviceBatches', { ...product, Kind: 'Import', MaxResults: '1' }),
    status: 200,
    members: { Data: { Batch: [{ ...imported, DeviceCount: 1, Registered: true }], NextToken: token } },
  },
  {
    name: 'one',
    shows: 'The batch of an ApplyId.',
    before: [v1({ Action: 'BatchRegisterDevice', ...ordinaryProduct, Count: '3', SignatureNonce: 'before' })],
    callAfter: ([registered]) =>
      own('ListDeviceBatches', { ApplyId: String(JSON.parse(registered!.body).Data.ApplyId) }),
    status: 200,
    members: { Data: { Batch: [{ ...lamps, Kind: 'Register', DeviceCount: 3, Registered: true }] } },
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'A kind of batch that there is not.',
    call: own('ListDeviceBatches', { Kind: 'import' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. Kind must be Import, Register or Check, not "import".',
  },
]

const reader = { UserName: 'reader', AllowedActions: { Action: ['iot:Query*'] }, GmtCreate: now }

export const listUsersCases: readonly WireCase[] = [
  {
    name: 'users',
    shows: 'One that may call some, one that may call everything, one that may call nothing.',
    before: [
      before('CreateUser', { UserName: 'all', AllowAll: 'true' }),
      own('CreateUser', { UserName: 'none', SignatureNonce: 'before-2' }),
    ],
    call: own('ListUsers'),
    status: 200,
    members: {
      Data: {
        User: [
          reader,
          { UserName: 'all', GmtCreate: now },
          { UserName: 'none', AllowedActions: { Action: [] }, GmtCreate: now },
        ],
      },
    },
  },
  {
    name: 'ram-action-permission-deny',
    shows: 'A RAM user does not see the others.',
    call: asReader({ Action: 'ListUsers' }),
    ...denied,
  },
]

export const createUserCases: readonly WireCase[] = [
  {
    name: 'created',
    shows: 'A RAM user that may call what the patterns name.',
    call: own('CreateUser', {
      UserName: 'writer@example',
      'AllowedAction.1': 'iot:Batch*',
      'AllowedAction.2': 'iot:GetDeviceStatus',
    }),
    status: 200,
  },
  {
    name: 'already-existed-user-name',
    shows: 'A name that a RAM user of the account has.',
    call: own('CreateUser', { UserName: 'reader' }),
    status: 200,
    code: 'iot.access.AlreadyExistedUserName',
    message: 'The name of the RAM user already exists. It is reader.',
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'A pattern of another service.',
    call: own('CreateUser', { UserName: 'writer', 'AllowedAction.1': 'oss:*' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. In AllowedAction the action pattern "oss:*" must be …',
  },
  {
    name: 'invalid-user-name',
    shows: 'A name with a space.',
    call: own('CreateUser', { UserName: 'two words' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message:
      'The parameter format is invalid. UserName must be 1 to 64 letters, digits or _ . - @, not "two words".',
  },
]

export const deleteUserCases: readonly WireCase[] = [
  {
    name: 'deleted',
    shows: 'A RAM user is deleted, and its keys with it.',
    call: own('DeleteUser', { UserName: 'reader' }),
    status: 200,
  },
  {
    name: 'not-existed-user',
    shows: 'A RAM user that is not there.',
    call: own('DeleteUser', { UserName: 'nobody' }),
    status: 200,
    code: 'iot.access.NotExistedUser',
    message: 'The specified RAM user does not exist. UserName is "nobody".',
  },
]

export const setUserPermissionsCases: readonly WireCase[] = [
  {
    name: 'set',
    shows: 'Other patterns instead of those that it had.',
    call: own('SetUserPermissions', { UserName: 'reader', 'AllowedAction.1': 'iot:List*' }),
    status: 200,
  },
  {
    name: 'all-and-some',
    shows: 'Everything and something can’t be said together.',
    call: own('SetUserPermissions', {
      UserName: 'reader',
      'AllowedAction.1': 'iot:List*',
      AllowAll: 'true',
    }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. AllowAll and AllowedAction can’t be given together.',
  },
  {
    name: 'unknown-parameter',
    shows:
      'Rollcall’s own operations refuse a parameter that they do not have, rather than leave a user with nothing.',
    call: own('SetUserPermissions', { UserName: 'reader', 'Allow.1': 'iot:List*' }),
    status: 400,
    code: 'InvalidParameter',
    row: 'InvalidParameter.Unknown',
    message:
      'Specified parameter Allow.1 is not valid. SetUserPermissions has no such parameter; it takes UserName, AllowedAction.N, AllowAll.',
    headers: { 'x-rollcall-unknown-parameters': 'Allow.1' },
  },
]

const key = { Status: 'Active', GmtCreate: now }

export const listAccessKeysCases: readonly WireCase[] = [
  {
    name: 'access-keys',
    shows: 'The keys of the account and of its RAM users, without secrets.',
    call: own('ListAccessKeys'),
    status: 200,
    members: {
      Data: {
        AccessKey: [
          { ...key, AccessKeyId: 'inactiveid', Status: 'Inactive' },
          { ...key, AccessKeyId: readerKey.id, UserName: 'reader' },
          { ...key, AccessKeyId: 'testid' },
        ],
      },
    },
  },
]

const drawnKey = { AccessKeyId: /^LTAI5t[0-9A-Za-z]{18}$/, AccessKeySecret: /^[0-9A-Za-z]{30}$/ }

export const createAccessKeyCases: readonly WireCase[] = [
  {
    name: 'of-the-account',
    shows: 'Another key of the account; its secret is told now and never again.',
    call: own('CreateAccessKey'),
    status: 200,
    members: { Data: drawnKey },
  },
  {
    name: 'of-a-ram-user',
    shows: 'A key of a RAM user.',
    call: own('CreateAccessKey', { UserName: 'reader' }),
    status: 200,
    members: { Data: { ...drawnKey, UserName: 'reader' } },
  },
  {
    name: 'not-existed-user',
    shows: 'A RAM user that is not there.',
    call: own('CreateAccessKey', { UserName: 'nobody' }),
    status: 200,
    code: 'iot.access.NotExistedUser',
    message: 'The specified RAM user does not exist. UserName is "nobody".',
  },
]

const inUse = {
  status: 200,
  code: 'iot.access.AccessKeyInUse',
  message: 'The access key signs this very call. …',
} as const
const noKey = {
  status: 200,
  code: 'iot.access.NotExistedAccessKey',
  message: 'The specified access key does not exist. UserAccessKeyId is "nobodysid".',
} as const

export const updateAccessKeyCases: readonly WireCase[] = [
  {
    name: 'inactive',
    shows: 'A key is taken out of use.',
    call: own('UpdateAccessKey', { UserAccessKeyId: readerKey.id, Status: 'Inactive' }),
    status: 200,
  },
  {
    name: 'access-key-in-use',
    shows: 'The key that signs the call stays active.',
    call: own('UpdateAccessKey', { UserAccessKeyId: 'testid', Status: 'Inactive' }),
    ...inUse,
  },
  {
    name: 'not-existed-access-key',
    shows: 'A key that is not there, or another account’s.',
    call: own('UpdateAccessKey', { UserAccessKeyId: 'nobodysid', Status: 'Active' }),
    ...noKey,
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'A status that there is not.',
    call: own('UpdateAccessKey', { UserAccessKeyId: readerKey.id, Status: 'inactive' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. Status must be Active or Inactive, not "inactive".',
  },
]

export const deleteAccessKeyCases: readonly WireCase[] = [
  {
    name: 'deleted',
    shows: 'A key is deleted for good.',
    call: own('DeleteAccessKey', { UserAccessKeyId: readerKey.id }),
    status: 200,
  },
  {
    name: 'access-key-in-use',
    shows: 'The key that signs the call is not deleted.',
    call: own('DeleteAccessKey', { UserAccessKeyId: 'testid' }),
    ...inUse,
  },
  {
    name: 'not-existed-access-key',
    shows: 'A key that is not there, or another account’s.',
    call: own('DeleteAccessKey', { UserAccessKeyId: 'nobodysid' }),
    ...noKey,
  },
]

export const listQuotasCases: readonly WireCase[] = [
  {
    name: 'quotas',
    shows: 'Every operation with its quota, here one of the account’s own.',
    before: [before('SetQuota', { ActionName: 'BatchCheckImportDevice', PerSecond: '300' })],
    call: own('ListQuotas'),
    status: 200,
    members: {
      Data: {
        Quota: actions.map(({ name, quota: { perSecond } }) => ({
          Action: name,
          PerSecond: name === 'BatchCheckImportDevice' ? 300 : perSecond,
          DeclaredPerSecond: perSecond,
        })),
      },
    },
  },
]
