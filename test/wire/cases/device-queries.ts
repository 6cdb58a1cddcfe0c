import type { TextAnswer } from '../../support/api-server.ts'
import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, now, ordinaryProduct, product } from '../../support/wire-server.ts'

/** A call of an operation with parameters, about the product that has two devices. */
const ask =
  (Action: string, of: Fields = product) =>
  (fields: Fields = {}) =>
    v1({ Action, ...of, ...fields })
/** One that was made before: under a nonce of its own. */
const before = (Action: string, fields: Fields, nonce = Action) =>
  v1({ Action, ...product, ...fields, SignatureNonce: nonce })

const first = { DeviceName: 'registered-1' }
const second = { DeviceName: 'registered-2' }
/** 22 digits of base 62 and the ending that the cloud's have. */
const iotId = /^[0-9A-Za-z]{22}000100$/
const deviceId = /^[0-9A-Za-z]{22}$/
const token = /^[0-9A-Za-z]{22}$/
const known = { ...product, DeviceSecret: 'secret', IotId: iotId, Nickname: '' }
const utc = { UtcCreate: '2024-01-02T03:04:05.250Z', UtcModified: '2024-01-02T03:04:05.250Z' }
const china = { GmtCreate: '2024-01-02 11:04:05', GmtModified: '2024-01-02 11:04:05' }
const gmt = { GmtCreate: 'Tue, 02-Jan-2024 03:04:05 GMT', GmtModified: 'Tue, 02-Jan-2024 03:04:05 GMT' }
const whole = { Page: 1, PageSize: 10, PageCount: 1 }
const none = { Page: 1, PageSize: 10, PageCount: 0, Total: 0 }

/** The first device is connected, the second was. */
const oneEach = { connected: { online: [first.DeviceName], offline: [second.DeviceName] } }

const named = before('QueryDeviceInfo', first, 'named')
/** The IotId of registered-1, where it was asked for before. */
const iotIdOf = ([answer]: readonly TextAnswer[]) => JSON.parse(answer!.body).Data.IotId as string
const nicknamed = before('BatchUpdateDeviceNickname', {
  'DeviceNicknameInfo.1.ProductKey': product.ProductKey,
  'DeviceNicknameInfo.1.DeviceName': first.DeviceName,
  'DeviceNicknameInfo.1.Nickname': '灯_hall',
})
const disabled = before('DisableThing', first)

const info = ask('QueryDeviceInfo')
/** QueryDeviceInfo. */
export const queryDeviceInfoCases: readonly WireCase[] = [
  {
    name: 'plain',
    shows: 'A device without a nickname has an empty one.',
    call: info(first),
    status: 200,
    members: { Data: { ...known, ...first } },
  },
  {
    name: 'by-iot-id',
    shows: 'A device by its IotId, which wins, with its nickname.',
    before: [named, nicknamed],
    callAfter: (earlier) => info({ DeviceName: 'nobody', IotId: iotIdOf(earlier) }),
    status: 200,
    members: { Data: { ...known, ...first, Nickname: '灯_hall' } },
  },
  {
    name: 'of-another-instance',
    shows: 'An IotId names no device of another instance.',
    before: [named],
    callAfter: (earlier) =>
      v3('QueryDeviceInfo', { IotInstanceId: documentProduct.IotInstanceId, IotId: iotIdOf(earlier) }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "…',
  },
  {
    name: 'listed-status',
    shows: 'Its page lists its failures under 400, which a setting makes of it.',
    settings: { failureStatus: '400' },
    call: info({ DeviceName: 'nobody' }),
    status: 400,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. …',
  },
  ...(
    [
      ['null-product-key', first, 'iot.prod.NullProductKey', 'The ProductKey parameter cannot be empty.'],
      ['null-device-name', product, 'iot.device.NullDeviceName', 'The DeviceName parameter cannot be empty.'],
      ['invalid-iot-id', { IotId: 'x' }, 'iot.device.InvalidIoTId', 'The IotId is invalid. It is "x".'],
      [
        'not-existed-product',
        { ...first, ...documentProduct, IotInstanceId: undefined },
        'iot.prod.NotExistedProduct',
        'The specified product does not exist. …',
      ],
      [
        'not-existed-device',
        { ...product, DeviceName: 'nobody' },
        'iot.device.NotExistedDevice',
        'The specified device does not exist. There is no "nobody" in a1TestKey01.',
      ],
    ] as const
  ).map(([name, fields, code, message]) => ({
    name,
    shows: 'What does not name a device has a code each.',
    call: v1({ Action: 'QueryDeviceInfo', ...fields }),
    status: 200,
    code,
    message,
  })),
]

const inactive = { FirmwareVersion: '', GmtActive: '', UtcActive: '' }
const detailed = {
  ...known,
  ProductName: 'cloud-gateway',
  NodeType: 0,
  Region: 'cn-shanghai',
  GmtCreate: china.GmtCreate,
  UtcCreate: utc.UtcCreate,
  ...inactive,
}
const online = { IpAddress: '', GmtOnline: '', UtcOnline: '', Owner: true }
/** QueryDeviceDetail. */
export const queryDeviceDetailCases: readonly WireCase[] = [
  {
    name: 'not-active',
    shows: 'What is not known before a device was online is empty; Gmt members have the time of China.',
    call: ask('QueryDeviceDetail')(first),
    status: 200,
    members: { Data: { ...detailed, ...online, ...first, Status: 'UNACTIVE' } },
  },
  {
    name: 'offline',
    shows: 'A device that was connected: when it first was, when it last was, and from where.',
    settings: oneEach,
    call: ask('QueryDeviceDetail')(second),
    status: 200,
    members: {
      Data: {
        ...detailed,
        ...second,
        Owner: true,
        Status: 'OFFLINE',
        GmtActive: '2024-01-02 11:04:03',
        UtcActive: '2024-01-02T03:04:03.250Z',
        GmtOnline: '2024-01-02 11:04:03',
        UtcOnline: '2024-01-02T03:04:03.250Z',
        IpAddress: '192.0.2.1',
      },
    },
  },
  {
    name: 'disabled',
    shows: 'A device that was disabled, by its IotId.',
    before: [named, disabled, nicknamed],
    callAfter: (earlier) => v3('QueryDeviceDetail', { IotId: iotIdOf(earlier) }),
    status: 200,
    members: { Data: { ...detailed, ...online, ...first, Status: 'DISABLE', Nickname: '灯_hall' } },
  },
]

const details = ask('BatchQueryDeviceDetail')
/** BatchQueryDeviceDetail. */
export const batchQueryDeviceDetailCases: readonly WireCase[] = [
  {
    name: 'two',
    shows:
      'Devices in the order in which they were asked for, each once; who is not registered is passed over.',
    before: [nicknamed],
    call: details({
      'DeviceName.1': 'registered-2',
      'DeviceName.2': 'nobody',
      'DeviceName.3': 'registered-1',
      'DeviceName.4': 'registered-2',
    }),
    status: 200,
    members: {
      Data: {
        Data: [
          { ...detailed, ...second, Status: 'UNACTIVE' },
          { ...detailed, ...first, Status: 'UNACTIVE', Nickname: '灯_hall' },
        ],
      },
    },
  },
  {
    name: 'online',
    shows: 'A device that is connected: when it first was.',
    settings: oneEach,
    call: details({ 'DeviceName.1': 'registered-1' }),
    status: 200,
    members: {
      Data: {
        Data: [
          {
            ...detailed,
            ...first,
            Status: 'ONLINE',
            GmtActive: '2024-01-02 11:04:03',
            UtcActive: '2024-01-02T03:04:03.250Z',
          },
        ],
      },
    },
  },
  {
    name: 'none',
    shows: 'Of names that are not registered an empty list is answered.',
    call: v3('BatchQueryDeviceDetail', { ...product, 'DeviceName.1': 'nobody' }),
    status: 200,
    members: { Data: { Data: [] } },
  },
  {
    name: 'too-many',
    shows: 'A call may name 100 devices.',
    call: details(
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`DeviceName.${i + 1}`, `d-${i}`])),
    ),
    status: 400,
    code: 'InvalidDeviceName',
    row: 'InvalidParameter',
    message: 'Specified parameter DeviceName is not valid. It has 101 entries; a call takes 100.',
  },
]

const list = ask('QueryDevice')
const twoDevices = [second, first].map((device) => ({
  ...known,
  ...device,
  DeviceId: deviceId,
  DeviceStatus: 'UNACTIVE',
  DeviceType: '',
  ...gmt,
  ...utc,
}))
const firstPage = before('QueryDevice', { PageSize: '1' })
const nextOf = ([answer]: readonly TextAnswer[]) => JSON.parse(answer!.body).NextToken as string
/** QueryDevice. */
export const queryDeviceCases: readonly WireCase[] = [
  {
    name: 'all',
    shows: 'Newest first; nothing follows, so there is no NextToken.',
    call: list(),
    status: 200,
    members: { ...whole, Total: 2, Data: { DeviceInfo: twoDevices } },
  },
  {
    name: 'connected',
    shows: 'Devices that are connected, and were.',
    settings: oneEach,
    call: list(),
    status: 200,
    members: {
      ...whole,
      Total: 2,
      Data: {
        DeviceInfo: twoDevices.map((device, i) => ({ ...device, DeviceStatus: ['OFFLINE', 'ONLINE'][i] })),
      },
    },
  },
  {
    name: 'first-page',
    shows: 'A NextToken where more follow.',
    before: [nicknamed, before('DisableThing', second)],
    call: v3('QueryDevice', { ...product, PageSize: '1' }),
    status: 200,
    members: {
      Page: 1,
      PageSize: 1,
      PageCount: 2,
      Total: 2,
      NextToken: token,
      Data: { DeviceInfo: [{ ...twoDevices[0], DeviceStatus: 'DISABLE' }] },
    },
  },
  {
    name: 'second-page',
    shows: 'A page by its number.',
    before: [nicknamed],
    call: list({ PageSize: '1', CurrentPage: '2' }),
    status: 200,
    members: {
      Page: 2,
      PageSize: 1,
      PageCount: 2,
      Total: 2,
      Data: { DeviceInfo: [{ ...twoDevices[1], Nickname: '灯_hall' }] },
    },
  },
  {
    name: 'by-token',
    shows:
      'A page by the token of the one before it, whatever was added since and whatever CurrentPage says.',
    before: [firstPage, before('ImportDevice', { DeviceName: 'added', DeviceSecret: 'secret' }, 'added')],
    callAfter: (earlier) => list({ PageSize: '1', CurrentPage: '9', NextToken: nextOf(earlier) }),
    status: 200,
    members: { Page: 9, PageSize: 1, PageCount: 3, Total: 3, Data: { DeviceInfo: [twoDevices[1]] } },
  },
  {
    name: 'beyond-the-end',
    shows: 'A page past the last is empty.',
    call: list({ CurrentPage: '3' }),
    status: 200,
    members: { ...whole, Page: 3, Total: 2, Data: { DeviceInfo: [] } },
  },
  {
    name: 'page-token-is-illegal',
    shows: 'A token that was made up.',
    call: list({ NextToken: 'TGlzdFJlc291cm' }),
    status: 200,
    code: 'iot.device.PageTokenIsIllegal',
    message: 'The page token is illegal. "TGlzdFJlc291cm" was not answered for a page of a1TestKey01.',
  },
  {
    name: 'token-of-another-product',
    shows: 'A token goes for the product that it was answered for.',
    before: [firstPage],
    callAfter: (earlier) => list({ ...ordinaryProduct, NextToken: nextOf(earlier) }),
    status: 200,
    code: 'iot.device.PageTokenIsIllegal',
    message: 'The page token is illegal. …',
  },
  {
    name: 'iot-id-is-no-token',
    shows: 'An IotId without its ending is no token, though it is made like one.',
    before: [named],
    callAfter: (earlier) => list({ NextToken: iotIdOf(earlier).slice(0, -6) }),
    status: 200,
    code: 'iot.device.PageTokenIsIllegal',
    message: 'The page token is illegal. …',
  },
  {
    name: 'invalid-page-params',
    shows: 'A page may have 50 devices.',
    call: list({ PageSize: '51' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. …',
  },
  {
    name: 'not-existed-product',
    shows: 'A product of another instance.',
    call: list({ ProductKey: documentProduct.ProductKey }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
  {
    name: 'far-pages-are-throttled',
    shows: 'Pages from the 100,000th device on have a quota of two a second.',
    before: ['far-1', 'far-2'].map((nonce) =>
      before('QueryDevice', { CurrentPage: '10000', PageSize: '10' }, nonce),
    ),
    call: list({ CurrentPage: '10000', PageSize: '10' }),
    status: 400,
    code: 'Throttling.User',
    message: 'Request was denied due to user flow control.',
    headers: { 'x-acs-retry-after': '750' },
  },
]

const byStatus = (Status: string, fields: Fields = {}) =>
  v1({ Action: 'QueryDeviceByStatus', Status, ...fields })
const simple = (device: Fields, Status: string) => ({ ...known, ...device, Status, ...china, ...utc })
/** QueryDeviceByStatus. */
export const queryDeviceByStatusCases: readonly WireCase[] = [
  {
    name: 'not-active',
    shows: 'Devices that are not active are all that are not disabled.',
    before: [
      disabled,
      before('BatchUpdateDeviceNickname', {
        'DeviceNicknameInfo.1.ProductKey': product.ProductKey,
        'DeviceNicknameInfo.1.DeviceName': second.DeviceName,
        'DeviceNicknameInfo.1.Nickname': 'hall',
      }),
    ],
    call: byStatus('0', product),
    status: 200,
    members: {
      ...whole,
      Total: 1,
      Data: { SimpleDeviceInfo: [{ ...simple(second, 'UNACTIVE'), Nickname: 'hall' }] },
    },
  },
  {
    name: 'disabled',
    shows: 'Without a ProductKey the devices of all products of the instance.',
    before: [disabled],
    call: v3('QueryDeviceByStatus', { Status: '8' }),
    status: 200,
    members: { ...whole, Total: 1, Data: { SimpleDeviceInfo: [simple(first, 'DISABLE')] } },
  },
  {
    name: 'second-page',
    shows: 'One device on a page, so two pages.',
    call: byStatus('0', { CurrentPage: '2', PageSize: '1', ResourceGroupId: 'rg-1' }),
    status: 200,
    members: {
      Page: 2,
      PageSize: 1,
      PageCount: 2,
      Total: 2,
      Data: { SimpleDeviceInfo: [simple(first, 'UNACTIVE')] },
    },
  },
  ...(['1', '3'] as const).map((status) => ({
    name: status === '1' ? 'none-online' : 'none-offline',
    shows: 'No device has been online.',
    call: byStatus(status, product),
    status: 200,
    members: { ...none, Data: { SimpleDeviceInfo: [] } },
  })),
  {
    name: 'online',
    shows: 'Devices that are connected.',
    settings: oneEach,
    call: byStatus('1', product),
    status: 200,
    members: { ...whole, Total: 1, Data: { SimpleDeviceInfo: [simple(first, 'ONLINE')] } },
  },
  {
    name: 'offline',
    shows: 'Devices that were connected before.',
    settings: oneEach,
    call: byStatus('3', {}),
    status: 200,
    members: { ...whole, Total: 1, Data: { SimpleDeviceInfo: [simple(second, 'OFFLINE')] } },
  },
  {
    name: 'none-not-active',
    shows: 'A device that has connected stays active.',
    settings: oneEach,
    call: byStatus('0', product),
    status: 200,
    members: { ...none, Data: { SimpleDeviceInfo: [] } },
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'A status that there is not.',
    call: byStatus('2', product),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. Status must be 0, 1, 3 or 8, not 2.',
  },
  {
    name: 'missing-status',
    shows: 'The status is required.',
    call: v1({ Action: 'QueryDeviceByStatus', ...product }),
    status: 400,
    code: 'MissingStatus',
    row: 'MissingParameter',
    message: 'Status is mandatory for this action.',
  },
  {
    name: 'invalid-page-params',
    shows: 'Pages are counted from 1.',
    call: byStatus('0', { CurrentPage: '0' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. …',
  },
  {
    name: 'not-existed-product',
    shows: 'A product that does not exist.',
    call: byStatus('0', { ProductKey: 'a1Nobody' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
]

const counted = (deviceCount: number) => ({ Data: { deviceCount, activeCount: 0, onlineCount: 0 } })
const groupIdOf = ([answer]: readonly TextAnswer[]) => JSON.parse(answer!.body).Data.GroupId as string
const grouped = [
  before('CreateDeviceGroup', { GroupName: 'hall' }),
  {
    after: (earlier: readonly TextAnswer[]) =>
      before('BatchAddDeviceGroupRelations', {
        ProductKey: undefined,
        GroupId: groupIdOf(earlier),
        'Device.1.ProductKey': product.ProductKey,
        'Device.1.DeviceName': first.DeviceName,
      }),
  },
]
/** QueryDeviceStatistics. */
export const queryDeviceStatisticsCases: readonly WireCase[] = [
  {
    name: 'of-a-product',
    shows: 'The devices of a product; the members begin with small letters.',
    call: ask('QueryDeviceStatistics')(),
    status: 200,
    members: counted(2),
  },
  {
    name: 'connected',
    shows: 'Devices that have been online, and those that are.',
    settings: oneEach,
    call: ask('QueryDeviceStatistics')(),
    status: 200,
    members: { Data: { deviceCount: 2, activeCount: 2, onlineCount: 1 } },
  },
  {
    name: 'connected-of-a-group',
    shows: 'Those of a group.',
    settings: oneEach,
    before: grouped,
    callAfter: (earlier) => v1({ Action: 'QueryDeviceStatistics', GroupId: groupIdOf(earlier) }),
    status: 200,
    members: { Data: { deviceCount: 1, activeCount: 1, onlineCount: 1 } },
  },
  {
    name: 'of-the-instance',
    shows: 'The devices of all products of an instance.',
    call: v3('QueryDeviceStatistics', { IotInstanceId: documentProduct.IotInstanceId }),
    status: 200,
    members: counted(1),
  },
  {
    name: 'of-a-group',
    shows: 'The devices of a group.',
    before: grouped,
    callAfter: (earlier) => v1({ Action: 'QueryDeviceStatistics', GroupId: groupIdOf(earlier) }),
    status: 200,
    members: counted(1),
  },
  {
    name: 'of-a-product-in-a-group',
    shows: 'Those of a product that are in a group.',
    before: grouped,
    callAfter: (earlier) => v3('QueryDeviceStatistics', { ...ordinaryProduct, GroupId: groupIdOf(earlier) }),
    status: 200,
    members: counted(0),
  },
  {
    name: 'not-existed-product',
    shows: 'A product that does not exist.',
    call: ask('QueryDeviceStatistics')({ ProductKey: 'a1Nobody' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
  {
    name: 'not-existed-group',
    shows: 'A group that does not exist.',
    call: ask('QueryDeviceStatistics')({ GroupId: 'W16X8Tvdosec0000' }),
    status: 200,
    code: 'iot.group.NotExistedGroup',
    message: 'The specified device group does not exist. There is no "W16X8Tvdosec0000" in the instance.',
  },
]

const state = ask('GetDeviceStatus')
/** GetDeviceStatus. */
export const getDeviceStatusCases: readonly WireCase[] = [
  {
    name: 'not-active',
    shows: 'A device that was never online has its state since it was registered.',
    call: state(first),
    status: 200,
    members: { Data: { Status: 'UNACTIVE', Timestamp: now } },
  },
  {
    name: 'online',
    shows: 'A device that is connected, since when.',
    settings: oneEach,
    call: state(first),
    status: 200,
    members: { Data: { Status: 'ONLINE', Timestamp: now - 2000 } },
  },
  {
    name: 'offline',
    shows: 'A device that is connected no more, since when.',
    settings: oneEach,
    call: v3('GetDeviceStatus', { ...product, ...second }),
    status: 200,
    members: { Data: { Status: 'OFFLINE', Timestamp: now - 1000 } },
  },
  {
    name: 'disabled',
    shows: 'One that was disabled; it is spelt DISABLE.',
    before: [disabled],
    call: v3('GetDeviceStatus', { ...product, ...first }),
    status: 200,
    members: { Data: { Status: 'DISABLE', Timestamp: now } },
  },
  {
    name: 'by-iot-id',
    shows: 'A device by its IotId.',
    before: [named],
    callAfter: (earlier) => v1({ Action: 'GetDeviceStatus', IotId: iotIdOf(earlier) }),
    status: 200,
    members: { Data: { Status: 'UNACTIVE', Timestamp: now } },
  },
]

const states = ask('BatchGetDeviceState')
const stateOf = (device: Fields, Status: string) => ({
  ...device,
  DeviceId: deviceId,
  IotId: iotId,
  Status,
  LastOnlineTime: '',
  AsAddress: '',
  Timestamp: now,
})
const lastOnline = { LastOnlineTime: '2024-01-02 11:04:03', AsAddress: '192.0.2.1' }
/** BatchGetDeviceState. */
export const batchGetDeviceStateCases: readonly WireCase[] = [
  {
    name: 'by-names',
    shows: 'Devices in the order in which they were asked for; who is not registered is passed over.',
    before: [disabled],
    call: states({
      'DeviceName.1': 'registered-2',
      'DeviceName.2': 'nobody',
      'DeviceName.3': 'registered-1',
      'DeviceName.4': 'registered-1',
    }),
    status: 200,
    members: {
      DeviceStatusList: { DeviceStatus: [stateOf(second, 'UNACTIVE'), stateOf(first, 'DISABLE')] },
    },
  },
  {
    name: 'connected',
    shows: 'When and from where devices last connected.',
    settings: oneEach,
    call: states({ 'DeviceName.1': 'registered-1', 'DeviceName.2': 'registered-2' }),
    status: 200,
    members: {
      DeviceStatusList: {
        DeviceStatus: [
          { ...stateOf(first, 'ONLINE'), ...lastOnline, Timestamp: now - 2000 },
          { ...stateOf(second, 'OFFLINE'), ...lastOnline, Timestamp: now - 1000 },
        ],
      },
    },
  },
  {
    name: 'by-iot-ids',
    shows: 'Devices by their IotIds, which win.',
    before: [named],
    callAfter: (earlier) =>
      v3('BatchGetDeviceState', { ...product, 'DeviceName.1': 'nobody', 'IotId.1': iotIdOf(earlier) }),
    status: 200,
    members: { DeviceStatusList: { DeviceStatus: [stateOf(first, 'UNACTIVE')] } },
  },
  {
    name: 'of-another-instance',
    shows: 'A device of another instance is passed over like one that is not there.',
    before: [named],
    callAfter: (earlier) =>
      v1({
        Action: 'BatchGetDeviceState',
        IotInstanceId: documentProduct.IotInstanceId,
        'IotId.1': iotIdOf(earlier),
      }),
    status: 200,
    members: { DeviceStatusList: { DeviceStatus: [] } },
  },
  {
    name: 'null-product-key',
    shows: 'Names take the ProductKey.',
    call: v1({ Action: 'BatchGetDeviceState', 'DeviceName.1': 'registered-1' }),
    status: 200,
    code: 'iot.prod.NullProductKey',
    message: 'The ProductKey parameter cannot be empty.',
  },
  {
    name: 'none-device-name-element',
    shows: 'Some device must be named.',
    call: states(),
    status: 200,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'invalid-iot-id',
    shows: 'An IotId that this store never gave.',
    call: states({ 'IotId.1': 'x' }),
    status: 200,
    code: 'iot.device.InvalidIoTId',
    message: 'The IotId is invalid. One is "x".',
  },
  {
    name: 'not-existed-product',
    shows: 'A product that does not exist.',
    call: states({ ProductKey: 'a1Nobody', 'DeviceName.1': 'registered-1' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
]

const byTags = (fields: Fields) => v1({ Action: 'QueryDeviceByTags', ...fields })
const tagged = [
  before('SaveDeviceProp', { ...first, Props: '{"color":"red","room":"101"}' }, 'tag-1'),
  before('SaveDeviceProp', { ...second, Props: '{"color":"red","room":"102"}' }, 'tag-2'),
]
const found = (device: Fields) => ({ ...product, ProductName: 'cloud-gateway', ...device, IotId: iotId })
/** QueryDeviceByTags. */
export const queryDeviceByTagsCases: readonly WireCase[] = [
  {
    name: 'one-tag',
    shows: 'Devices that have a tag, newest first.',
    before: tagged,
    call: byTags({ 'Tag.1.TagKey': 'color', 'Tag.1.TagValue': 'red' }),
    status: 200,
    members: { ...whole, Total: 2, Data: { SimpleDeviceInfo: [found(second), found(first)] } },
  },
  {
    name: 'all-tags',
    shows: 'Devices that have all of the tags.',
    before: tagged,
    call: v3('QueryDeviceByTags', {
      'Tag.1.TagKey': 'color',
      'Tag.1.TagValue': 'red',
      'Tag.2.TagKey': 'room',
      'Tag.2.TagValue': '101',
    }),
    status: 200,
    members: { ...whole, Total: 1, Data: { SimpleDeviceInfo: [found(first)] } },
  },
  {
    name: 'any-value',
    shows: 'A tag without a value means any value; the second of two pages.',
    before: tagged,
    call: byTags({ 'Tag.1.TagKey': 'room', PageSize: '1', CurrentPage: '2' }),
    status: 200,
    members: {
      Page: 2,
      PageSize: 1,
      PageCount: 2,
      Total: 2,
      Data: { SimpleDeviceInfo: [found(first)] },
    },
  },
  {
    name: 'of-another-instance',
    shows: 'Nothing is found of another instance.',
    before: tagged,
    call: byTags({
      IotInstanceId: documentProduct.IotInstanceId,
      'Tag.1.TagKey': 'color',
      'Tag.1.TagValue': 'red',
    }),
    status: 200,
    members: { ...none, Data: { SimpleDeviceInfo: [] } },
  },
  {
    name: 'missing-tag',
    shows: 'A tag must be given.',
    call: byTags({}),
    status: 400,
    code: 'MissingTag',
    row: 'MissingParameter',
    message: 'Tag is mandatory for this action.',
  },
  {
    name: 'invalid-page-params',
    shows: 'A page may have 50 devices.',
    call: byTags({ 'Tag.1.TagKey': 'color', PageSize: '51' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. …',
  },
]
