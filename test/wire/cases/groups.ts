import type { TextAnswer } from '../../support/api-server.ts'
import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, now, product } from '../../support/wire-server.ts'

type Earlier = readonly TextAnswer[]

const groupId = /^[A-Za-z0-9]{16}$/
const iotId = /^[0-9A-Za-z]{22}000100$/
const utcCreate = new Date(now).toISOString()
/** The GroupId that the nth of the calls before was answered. */
const idOf = (earlier: Earlier, n = 0): string => JSON.parse(earlier[n]!.body).Data.GroupId

/** A call before the one that is shown: each has a nonce of its own. */
const first = (n: number, fields: Fields) => v1({ ...fields, SignatureNonce: `before-${n}` })
const make = (n: number, GroupName: string, more: Fields = {}) =>
  first(n, { Action: 'CreateDeviceGroup', GroupName, ...more })
/** The same in the group that the call before it made. */
const makeBelow = (n: number, GroupName: string) => ({
  after: (earlier: Earlier) => make(n, GroupName, { SuperGroupId: idOf(earlier, n - 1) }),
})
/** The parameters of a list of devices of the gateway product, numbered from 1. */
const devices = (...names: readonly string[]): Fields =>
  Object.fromEntries(
    names.flatMap((name, i) => [
      [`Device.${i + 1}.ProductKey`, product.ProductKey],
      [`Device.${i + 1}.DeviceName`, name],
    ]),
  )
const relate = (verb: 'Add' | 'Delete', GroupId: string, fields: Fields) =>
  v1({ Action: `Batch${verb}DeviceGroupRelations`, GroupId, ...fields })
/** Puts devices into the group that the nth of the calls before made. */
const added = (n: number, fields: Fields, group = 0) => ({
  after: (earlier: Earlier) =>
    relate('Add', idOf(earlier, group), { ...fields, SignatureNonce: `before-${n}` }),
})

const lamps = make(0, 'lamps')
const described = make(0, '灯具_1', { GroupDesc: 'for <b>lamps</b> & 灯' })
const toldLamps = { GroupId: groupId, GroupName: 'lamps', GroupDesc: '', UtcCreate: utcCreate }
const toldDescribed = {
  GroupId: groupId,
  GroupName: '灯具_1',
  GroupDesc: 'for <b>lamps</b> & 灯',
  UtcCreate: utcCreate,
}
const listed = (group: object) => ({ ...group, GroupType: 'LINK_PLATFORM' })

const notExisted = {
  status: 200,
  code: 'iot.group.NotExistedGroup',
  message: 'The specified device group does not exist. There is no "tDQvBJqbUyHs0000" in the instance.',
} as const
const nobody = 'tDQvBJqbUyHs0000'
const dynamic = {
  status: 200,
  code: 'iot.device.RegionNotSupportDynamicGroup',
  message: 'The region does not currently support the dynamic group feature. …',
} as const

const create = (fields: Fields) => v1({ Action: 'CreateDeviceGroup', GroupName: 'lamps', ...fields })

/** CreateDeviceGroup. */
export const createDeviceGroupCases: readonly WireCase[] = [
  {
    name: 'created',
    shows: 'A group at the top; its GroupId is drawn.',
    call: create({ GroupName: '灯具_1', GroupDesc: 'for <b>lamps</b> & 灯' }),
    status: 200,
    members: { Data: toldDescribed },
  },
  {
    name: 'created-below',
    shows: 'A group in a group; without a description it has an empty one.',
    before: [make(0, 'house')],
    callAfter: (earlier) => v3('CreateDeviceGroup', { GroupName: 'lamps', SuperGroupId: idOf(earlier) }),
    status: 200,
    members: { Data: toldLamps },
  },
  {
    name: 'invalid-group-name',
    shows: 'A name has 4 to 30 letters, digits and _.',
    call: create({ GroupName: 'street-lamps' }),
    status: 200,
    code: 'iot.group.InvalidGroupName',
    message: 'The specified device group name is invalid. It must be 4 to 30 letters, digits and _ …',
  },
  {
    name: 'group-name-existed',
    shows: 'And is unique in the instance, at all levels.',
    before: [make(0, 'house'), makeBelow(1, 'lamps')],
    call: create({}),
    status: 200,
    code: 'iot.group.GroupNameExisted',
    message: 'The specified device group name already exists. It is lamps.',
  },
  {
    name: 'long-group-desc-error',
    shows: 'A description has up to 100 characters.',
    call: create({ GroupDesc: '灯'.repeat(101) }),
    status: 200,
    code: 'iot.group.LongGroupDescError',
    message:
      'The group description exceeds the length limit. GroupDesc must have at most 100 characters, not 101.',
  },
  {
    name: 'not-existed-group',
    shows: 'The group that it is to be in must be there.',
    call: create({ SuperGroupId: nobody }),
    ...notExisted,
  },
  {
    name: 'super-group-unsupport',
    shows: 'Groups nest in three levels.',
    before: [make(0, 'house'), makeBelow(1, 'floor'), makeBelow(2, 'room')],
    callAfter: (earlier) => create({ SuperGroupId: idOf(earlier, 2) }),
    status: 200,
    code: 'iot.group.SuperGroupUnsupport',
    message: 'The super groups do not support subGroups. Groups nest in 3 levels.',
  },
  {
    name: 'group-count-exceed-max',
    shows: 'A group has up to 100 right below it.',
    before: [
      make(0, 'house'),
      ...Array.from({ length: 100 }, (_, i) => ({
        after: (earlier: Earlier) => make(i + 1, `room_${i}`, { SuperGroupId: idOf(earlier) }),
      })),
    ],
    callAfter: (earlier) => create({ SuperGroupId: idOf(earlier) }),
    status: 200,
    code: 'iot.group.GroupCountExceedMax',
    message: 'The number of device groups exceeds the limit. A group may have 100 right below it.',
  },
]

const update = (GroupId: string, fields: Fields) => v1({ Action: 'UpdateDeviceGroup', GroupId, ...fields })

/** UpdateDeviceGroup. */
export const updateDeviceGroupCases: readonly WireCase[] = [
  {
    name: 'updated',
    shows: 'A group is described anew.',
    before: [lamps],
    callAfter: (earlier) => update(idOf(earlier), { GroupDesc: 'test2', GroupType: 'LINK_PLATFORM' }),
    status: 200,
    members: {},
  },
  {
    name: 'long-group-desc-error',
    shows: 'A description has up to 100 characters.',
    before: [lamps],
    callAfter: (earlier) => update(idOf(earlier), { GroupDesc: 'x'.repeat(101) }),
    status: 200,
    code: 'iot.group.LongGroupDescError',
    message: 'The group description exceeds the length limit. …',
  },
  { name: 'not-existed-group', shows: 'A group must be there.', call: update(nobody, {}), ...notExisted },
  {
    name: 'region-not-support-dynamic-group',
    shows: 'There are no dynamic groups.',
    call: update(nobody, { GroupType: 'LINK_PLATFORM_DYNAMIC' }),
    ...dynamic,
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'Nor other types.',
    call: update(nobody, { GroupType: 'STATIC' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. GroupType must be LINK_PLATFORM, not "STATIC".',
  },
]

/** DeleteDeviceGroup. */
export const deleteDeviceGroupCases: readonly WireCase[] = [
  {
    name: 'deleted',
    shows: 'A group is deleted with its relations to devices.',
    before: [lamps, added(1, devices('registered-1'))],
    callAfter: (earlier) => v1({ Action: 'DeleteDeviceGroup', GroupId: idOf(earlier) }),
    status: 200,
    members: {},
  },
  {
    name: 'delete-group-failed',
    shows: 'Unless groups are in it.',
    before: [make(0, 'house'), makeBelow(1, 'lamps')],
    callAfter: (earlier) => v3('DeleteDeviceGroup', { GroupId: idOf(earlier) }),
    status: 200,
    code: 'iot.group.DeleteGroupFailed',
    message: 'An error occurred while deleting the device group. Groups are in it; delete those first.',
  },
  {
    name: 'not-existed-group',
    shows: 'A group must be there.',
    call: v1({ Action: 'DeleteDeviceGroup', GroupId: nobody }),
    ...notExisted,
  },
  {
    name: 'other-instance',
    shows: 'And in the instance that is named.',
    before: [lamps],
    callAfter: (earlier) =>
      v1({
        Action: 'DeleteDeviceGroup',
        GroupId: idOf(earlier),
        IotInstanceId: documentProduct.IotInstanceId,
      }),
    ...notExisted,
    message: 'The specified device group does not exist. …',
  },
]

const query = (GroupId: string, fields: Fields = {}) =>
  v1({ Action: 'QueryDeviceGroupInfo', GroupId, ...fields })
const none = { DynamicGroupExpression: '', DeviceCount: 0, DeviceActive: 0, DeviceOnline: 0 }

/** QueryDeviceGroupInfo. */
export const queryDeviceGroupInfoCases: readonly WireCase[] = [
  {
    name: 'with-devices',
    shows: 'A group with all that is known of it; a device that is twice in a call is in it once.',
    before: [described, added(1, devices('registered-1', 'registered-2', 'registered-1'))],
    callAfter: (earlier) => query(idOf(earlier)),
    status: 200,
    members: { Data: { ...toldDescribed, ...none, DeviceCount: 2 } },
  },
  {
    name: 'description-taken-away',
    shows: 'UpdateDeviceGroup without a description takes it away.',
    before: [
      described,
      {
        after: (earlier) => update(idOf(earlier), { SignatureNonce: 'before-1' }),
      },
    ],
    callAfter: (earlier) => v3('QueryDeviceGroupInfo', { GroupId: idOf(earlier) }),
    status: 200,
    members: { Data: { ...toldDescribed, GroupDesc: '', ...none } },
  },
  {
    name: 'device-deleted',
    shows: 'A device that is deleted leaves its groups.',
    before: [
      lamps,
      added(1, devices('registered-1', 'registered-2')),
      first(2, { Action: 'DeleteDevice', ...product, DeviceName: 'registered-1' }),
    ],
    callAfter: (earlier) => query(idOf(earlier)),
    status: 200,
    members: { Data: { ...toldLamps, ...none, DeviceCount: 1 } },
  },
  {
    name: 'region-not-support-dynamic-group',
    shows: 'There are no dynamic groups.',
    call: query(nobody, { GroupType: 'LINK_PLATFORM_DYNAMIC' }),
    ...dynamic,
  },
  { name: 'not-existed-group', shows: 'A group must be there.', call: query(nobody), ...notExisted },
]

const three = [described, makeBelow(1, 'lamps'), make(2, 'third')]
const list = (fields: Fields) => v1({ Action: 'QueryDeviceGroupList', ...fields })
const third = { ...toldLamps, GroupName: 'third' }
const page = (PageCount: number, Total: number, ...groups: readonly object[]) => ({
  CurrentPage: 1,
  PageSize: 10,
  PageCount,
  Total,
  Data: { GroupInfo: groups.map(listed) },
})

/** QueryDeviceGroupList. */
export const queryDeviceGroupListCases: readonly WireCase[] = [
  {
    name: 'all',
    shows: 'The groups of all levels, newest first, under the inner name GroupInfo.',
    before: three,
    call: list({ 'GroupTypes.1': 'LINK_PLATFORM' }),
    status: 200,
    members: page(1, 3, third, toldLamps, toldDescribed),
  },
  {
    name: 'below',
    shows: 'Those right below one.',
    before: three,
    callAfter: (earlier) => v3('QueryDeviceGroupList', { SuperGroupId: idOf(earlier) }),
    status: 200,
    members: page(1, 1, toldLamps),
  },
  {
    name: 'by-name',
    shows: 'The one of a name; a part of it is not enough.',
    before: three,
    call: list({ GroupName: '灯具_1' }),
    status: 200,
    members: page(1, 1, toldDescribed),
  },
  {
    name: 'second-page',
    shows: 'Two groups on a page, so one on the second.',
    before: three,
    call: list({ CurrentPage: '2', PageSize: '2' }),
    status: 200,
    members: { ...page(2, 3, toldDescribed), CurrentPage: 2, PageSize: 2 },
  },
  {
    name: 'none',
    shows: 'Another instance has groups of its own.',
    before: three,
    call: list({ IotInstanceId: documentProduct.IotInstanceId }),
    status: 200,
    members: page(0, 0),
  },
  {
    name: 'invalid-page-params',
    shows: 'A page may have 200 groups.',
    call: list({ PageSize: '201' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. PageSize must be from 1 to 200, not 201.',
  },
  {
    name: 'region-not-support-dynamic-group',
    shows: 'There are no dynamic groups.',
    call: list({ 'GroupTypes.1': 'LINK_PLATFORM_DYNAMIC' }),
    ...dynamic,
  },
  {
    name: 'not-existed-group',
    shows: 'The group above must be there.',
    call: list({ SuperGroupId: nobody }),
    ...notExisted,
  },
]

const counts = (valid: number, success: number, already: number, exceed: number) => ({
  ValidDeviceCount: valid,
  SuccessAddedDeviceCount: success,
  AlreadyRelatedGroupDeviceCount: already,
  ExceedTenGroupDeviceCount: exceed,
})
const noDevice = {
  shows: 'A call names a device at least.',
  before: [lamps],
  status: 200,
  code: 'iot.device.NoneDeviceNameElement',
  message: 'The DeviceName list is empty.',
} as const

/** BatchAddDeviceGroupRelations. */
export const batchAddDeviceGroupRelationsCases: readonly WireCase[] = [
  {
    name: 'added',
    shows: 'Devices that are in no group yet.',
    before: [lamps],
    callAfter: (earlier) => relate('Add', idOf(earlier), devices('registered-1', 'registered-2')),
    status: 200,
    members: counts(2, 2, 0, 0),
  },
  {
    name: 'in-part',
    shows: 'One is in the group, one is in ten others, one does not exist, one product does not.',
    before: [
      lamps,
      added(1, devices('registered-1')),
      ...Array.from({ length: 10 }, (_, i) => [
        make(2 + 2 * i, `group_${i}`),
        added(3 + 2 * i, devices('registered-2'), 2 + 2 * i),
      ]).flat(),
    ],
    callAfter: (earlier) =>
      relate('Add', idOf(earlier), {
        ...devices('registered-1', 'registered-2', 'nobody'),
        'Device.4.ProductKey': documentProduct.ProductKey,
        'Device.4.DeviceName': 'asdf',
      }),
    status: 200,
    members: counts(2, 0, 1, 1),
  },
  {
    name: 'none-device-name-element',
    ...noDevice,
    callAfter: (earlier) => relate('Add', idOf(earlier), {}),
  },
  {
    name: 'device-count-exceeded',
    shows: 'A group may have 20,000 devices; where a call would go beyond, nothing is done.',
    settings: { groupsFull: true },
    before: [lamps],
    callAfter: (earlier) => relate('Add', idOf(earlier), devices('registered-1')),
    status: 200,
    code: 'iot.device.DeviceCountExceeded',
    message:
      'The number of devices requested exceeds the maximum limit. A group may have 20000; none was put into it.',
  },
  {
    name: 'too-many-devices',
    shows: 'A call names 200 at the most.',
    call: relate('Add', nobody, devices(...Array.from({ length: 201 }, (_, i) => `lamp-${i}`))),
    status: 400,
    code: 'InvalidDevice',
    row: 'InvalidParameter',
    message: 'Specified parameter Device is not valid. It has 201 entries; a call takes 200.',
  },
  {
    name: 'not-existed-group',
    shows: 'A group must be there.',
    call: relate('Add', nobody, devices('registered-1')),
    ...notExisted,
  },
]

/** BatchDeleteDeviceGroupRelations. */
export const batchDeleteDeviceGroupRelationsCases: readonly WireCase[] = [
  {
    name: 'in-part',
    shows: 'One is in the group, one is not, one does not exist.',
    before: [lamps, added(1, devices('registered-1'))],
    callAfter: (earlier) =>
      relate('Delete', idOf(earlier), devices('registered-1', 'registered-2', 'nobody')),
    status: 200,
    members: { ValidDeviceCount: 2, AlreadyRelatedGroupDeviceCount: 1, SuccessDeviceCount: 1 },
  },
  {
    name: 'none-device-name-element',
    ...noDevice,
    callAfter: (earlier) => relate('Delete', idOf(earlier), {}),
  },
  {
    name: 'not-existed-group',
    shows: 'A group must be there.',
    call: relate('Delete', nobody, devices('registered-1')),
    ...notExisted,
  },
]

const listDevices = (GroupId: string, fields: Fields = {}) =>
  v1({ Action: 'QueryDeviceListByDeviceGroup', GroupId, ...fields })
const toldDevice = (DeviceName: string) => ({
  ...product,
  ProductName: 'cloud-gateway',
  DeviceName,
  IotId: iotId,
})

/** QueryDeviceListByDeviceGroup. */
export const queryDeviceListByDeviceGroupCases: readonly WireCase[] = [
  {
    name: 'listed',
    shows: 'The devices of a group, under the inner name SimpleDeviceInfo.',
    before: [lamps, added(1, devices('registered-1', 'registered-2'))],
    callAfter: (earlier) => listDevices(idOf(earlier)),
    status: 200,
    members: {
      Page: 1,
      PageSize: 10,
      PageCount: 1,
      Total: 2,
      Data: { SimpleDeviceInfo: [toldDevice('registered-2'), toldDevice('registered-1')] },
    },
  },
  {
    name: 'second-page',
    shows: 'One device on a page.',
    before: [lamps, added(1, devices('registered-1', 'registered-2'))],
    callAfter: (earlier) =>
      v3('QueryDeviceListByDeviceGroup', { GroupId: idOf(earlier), CurrentPage: '2', PageSize: '1' }),
    status: 200,
    members: {
      Page: 2,
      PageSize: 1,
      PageCount: 2,
      Total: 2,
      Data: { SimpleDeviceInfo: [toldDevice('registered-1')] },
    },
  },
  {
    name: 'invalid-page-params',
    shows: 'Pages count from 1.',
    call: listDevices(nobody, { CurrentPage: '0' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. CurrentPage must be at least 1, not 0.',
  },
  { name: 'not-existed-group', shows: 'A group must be there.', call: listDevices(nobody), ...notExisted },
]

const groupsOf = (DeviceName: string, fields: Fields = {}) =>
  v1({ Action: 'QueryDeviceGroupByDevice', ...product, DeviceName, ...fields })

/** QueryDeviceGroupByDevice. */
export const queryDeviceGroupByDeviceCases: readonly WireCase[] = [
  {
    name: 'two-groups',
    shows: 'The groups of a device, in the order in which they were made.',
    before: [
      described,
      make(1, 'lamps'),
      added(2, devices('registered-1'), 1),
      added(3, devices('registered-1')),
    ],
    call: groupsOf('registered-1'),
    status: 200,
    members: { GroupInfos: { GroupInfo: [listed(toldDescribed), listed(toldLamps)] } },
  },
  {
    name: 'none',
    shows: 'A device that is in no group.',
    call: v3('QueryDeviceGroupByDevice', { ...product, DeviceName: 'registered-2' }),
    status: 200,
    members: { GroupInfos: { GroupInfo: [] } },
  },
  {
    name: 'not-existed-device',
    shows: 'A device must be there.',
    call: groupsOf('nobody'),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "nobody" in a1TestKey01.',
  },
  {
    name: 'not-existed-product',
    shows: 'And its product.',
    call: groupsOf('asdf', { ProductKey: documentProduct.ProductKey }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
]
