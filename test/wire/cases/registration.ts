import type { TextAnswer } from '../../support/api-server.ts'
import { type Fields, listOf, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, ordinaryProduct, product } from '../../support/wire-server.ts'

const iotId = /^[0-9A-Za-z]{22}000100$/
const drawnName = /^[A-Za-z0-9]{20}$/
const drawnSecret = /^[A-Za-z0-9]{32}$/
const applyIdMembers = { Data: { ApplyId: /^[1-9][0-9]{0,14}$/ } }
const applyIdOf = (answers: readonly TextAnswer[]) => {
  const told = answers.map(({ body }) => JSON.parse(body).Data?.ApplyId as number | undefined)
  return String(told.find((id) => id !== undefined))
}

const ordinary = (Action: string, fields: Fields) => v1({ Action, ...ordinaryProduct, ...fields })
/** A call about what an earlier one answered an ApplyId of. */
const ofBatch =
  (Action: string, fields: Fields = {}) =>
  (earlier: readonly TextAnswer[]) =>
    ordinary(Action, { ApplyId: applyIdOf(earlier), ...fields })

/** QueryPageByApplyId takes no ProductKey. */
const pageOfBatch = (fields: Fields = {}) =>
  ofBatch('QueryPageByApplyId', { ProductKey: undefined, ...fields })

const register = (fields: Fields) => ordinary('RegisterDevice', fields)
const bothProducts = [
  {
    name: 'not-existed-product',
    shows: 'A product that is not there has the code of every operation.',
    fields: { ProductKey: 'nope' },
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
  {
    name: 'invalid-product-auth-type',
    shows: 'Devices of a cloud gateway product bring their secrets, so they are imported.',
    fields: product,
    code: 'iot.prod.InvalidProductAuthType',
    message: 'The product authentication type is invalid. …',
  },
] as const
/** The cases of a product that takes no registrations. */
const wrongProduct = (Action: string, parameters: Fields): WireCase[] =>
  bothProducts.map(({ fields, ...wireCase }) => ({
    ...wireCase,
    call: ordinary(Action, { ...parameters, ...fields }),
    status: 200,
  }))

/** RegisterDevice: one device of an ordinary product. */
export const registerDeviceCases: readonly WireCase[] = [
  {
    name: 'registered',
    shows: 'A device under the name that it was given; a nickname may be Chinese.',
    call: register({ DeviceName: 'lamp@home:1', Nickname: '园区灯' }),
    status: 200,
    members: {
      Data: {
        ...ordinaryProduct,
        DeviceName: 'lamp@home:1',
        DeviceSecret: drawnSecret,
        IotId: iotId,
        Nickname: '园区灯',
        DevEui: '',
        JoinEui: '',
      },
    },
  },
  {
    name: 'registered-plainly',
    shows: 'A name is drawn where none was given; a nickname is not.',
    call: v3('RegisterDevice', ordinaryProduct),
    status: 200,
    members: {
      Data: {
        ...ordinaryProduct,
        DeviceName: drawnName,
        DeviceSecret: drawnSecret,
        IotId: iotId,
        Nickname: '',
        DevEui: '',
        JoinEui: '',
      },
    },
  },
  {
    name: 'lora',
    shows: 'What a LoRaWAN device comes with is taken and told back.',
    call: register({
      DeviceName: 'lora-1',
      LoraNodeType: 'USERDEFINED',
      DevEui: 'e8SDdgeIlk3nED00',
      JoinEui: 'Ede4tde8erth0000',
      AppKey: '674f000000000000',
    }),
    status: 200,
    members: {
      Data: {
        ...ordinaryProduct,
        DeviceName: 'lora-1',
        DeviceSecret: drawnSecret,
        IotId: iotId,
        Nickname: '',
        DevEui: 'e8SDdgeIlk3nED00',
        JoinEui: 'Ede4tde8erth0000',
      },
    },
  },
  {
    name: 'lora-without-pin-code',
    shows: 'A LoRaWAN device of the default type needs a PIN code.',
    call: register({ DevEui: 'e8SDdgeIlk3nED00' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. A LoRaWAN device of type ALIYUNDEFINED needs PinCode too.',
  },
  {
    name: 'lora-node-type',
    shows: 'There are two types of them.',
    call: register({ LoraNodeType: 'toString' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message:
      'The parameter format is invalid. LoraNodeType must be ALIYUNDEFINED or USERDEFINED, not "toString".',
  },
  {
    name: 'already-existed-device-name',
    shows: 'A name that the product has is refused.',
    before: [register({ DeviceName: 'lamp-1', SignatureNonce: 'before' })],
    call: register({ DeviceName: 'lamp-1' }),
    status: 200,
    code: 'iot.device.AlreadyExistedDeviceName',
    message: 'The DeviceName already exists. It is lamp-1.',
  },
  {
    name: 'invalid-formatted-device-name',
    shows: 'An illegal name is refused.',
    call: register({ DeviceName: 'light%' }),
    status: 200,
    code: 'iot.device.InvalidFormattedDeviceName',
    message: 'The DeviceName format is invalid. …',
  },
  {
    name: 'invalid-nickname',
    shows: 'So is a nickname that is too short: a Chinese character counts as two.',
    call: register({ DeviceName: 'lamp-1', Nickname: '灯1' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. Nickname must be 4 to 64 …',
  },
  ...wrongProduct('RegisterDevice', {}),
]

/** BatchRegisterDevice: devices under drawn names. */
export const batchRegisterDeviceCases: readonly WireCase[] = [
  {
    name: 'registered',
    shows: 'So many devices are registered under one ApplyId.',
    call: ordinary('BatchRegisterDevice', { Count: '3' }),
    status: 200,
    members: applyIdMembers,
  },
  {
    name: 'device-count-exceeded',
    shows: 'No more than 10,000.',
    call: ordinary('BatchRegisterDevice', { Count: '10001' }),
    status: 200,
    code: 'iot.device.DeviceCountExceeded',
    message:
      'The number of devices requested exceeds the maximum limit. Count must be from 1 to 10000, not 10001.',
  },
  ...wrongProduct('BatchRegisterDevice', { Count: '3' }),
]

const names = (...list: readonly string[]) =>
  Object.fromEntries(list.map((name, i) => [`DeviceName.${i + 1}`, name]))
const check = (fields: Fields) => ordinary('BatchCheckDeviceNames', fields)
const checked = check({ ...names('lamp-1', 'lamp-2'), SignatureNonce: 'checked' })
const checkedBadly = check({ ...names('lamp-1', 'lamp-2', 'lamp-1', 'a%'), SignatureNonce: 'checked' })
const taken = register({ DeviceName: 'lamp-2', SignatureNonce: 'taken' })
const registered = { after: ofBatch('BatchRegisterDeviceWithApplyId', { SignatureNonce: 'registered' }) }

/** BatchCheckDeviceNames: a list of names is checked and kept. */
export const batchCheckDeviceNamesCases: readonly WireCase[] = [
  {
    name: 'good',
    shows: 'A list that is all good has an ApplyId and nothing else.',
    call: check(names('lamp-1', 'lamp-2')),
    status: 200,
    members: applyIdMembers,
  },
  {
    name: 'good-with-nicknames',
    shows: 'Names may have nicknames; DeviceNameList wins where both lists are given.',
    call: check({
      ...listOf('DeviceNameList', [
        { DeviceName: 'lamp-1', DeviceNickname: '智能灯1' },
        { DeviceName: 'lamp-2', DeviceNickname: '' },
        { DeviceName: 'lamp-3' },
      ]),
      ...names('%'),
    }),
    status: 200,
    members: applyIdMembers,
  },
  {
    name: 'bad',
    shows: 'A list with bad entries has an ApplyId too, and four lists under inner names of their own.',
    before: [taken],
    call: check(
      listOf('DeviceNameList', [
        { DeviceName: 'lamp-1', DeviceNickname: '智能灯1' },
        { DeviceName: 'lamp-2' },
        { DeviceName: 'a%', DeviceNickname: 'the hall' },
        { DeviceName: 'lamp-1', DeviceNickname: '。。。。' },
        { DeviceNickname: 'good' },
      ]),
    ),
    status: 200,
    members: {
      Data: {
        ...applyIdMembers.Data,
        InvalidDetailList: {
          InvalidDetailList: [
            { DeviceName: 'lamp-2', ErrorMsg: 'The device name already exists.' },
            {
              DeviceName: 'a%',
              NickName: 'the hall',
              ErrorMsg: 'The device name is illegal. | The nick name is illegal.',
            },
            {
              DeviceName: 'lamp-1',
              NickName: '。。。。',
              ErrorMsg: 'The nick name is illegal. | The device name is repeated.',
            },
            { DeviceName: '', NickName: 'good', ErrorMsg: 'The device name is illegal.' },
          ],
        },
        RepeatedDeviceNameList: { RepeatDevieNameList: ['lamp-2', 'lamp-1'] },
        InvalidDeviceNameList: { InvalidDeviceName: ['a%', ''] },
        InvalidDeviceNicknameList: { InvalidDeviceNickname: ['the hall', '。。。。'] },
      },
    },
  },
  {
    name: 'none-device-name-element',
    shows: 'One of the two lists must be given.',
    call: check({}),
    status: 200,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'invalid-device-params',
    shows: 'A malformed list is told, with the parameter that spoils it.',
    call: check({ ...names('lamp-1'), 'DeviceName.2.Name': 'lamp-2' }),
    status: 200,
    code: 'iot.device.InvalidDeviceParams',
    message: 'The request parameters are invalid. DeviceName.2.Name…',
  },
  {
    name: 'too-many-device-names',
    shows: 'What is to be registered loses no device silently.',
    call: check(names(...Array.from({ length: 10_001 }, (_, i) => `lamp-${i}`))),
    status: 200,
    code: 'iot.device.TooManyDeviceNamesPerRequest',
    message: 'The devices you query exceed the maximum number. It has 10001 entries; a call takes 10000.',
  },
  {
    name: 'too-many-for-x509',
    shows: 'A product whose devices have certificates takes a tenth.',
    settings: { products: [{ name: 'certified', authType: 'x509', productKey: 'a1TestKeyX5' }] },
    call: check({
      ...names(...Array.from({ length: 1001 }, (_, i) => `lamp-${i}`)),
      ProductKey: 'a1TestKeyX5',
      IotInstanceId: documentProduct.IotInstanceId,
    }),
    status: 200,
    code: 'iot.device.TooManyDeviceNamesPerRequest',
    message: 'The devices you query exceed the maximum number. It has 1001 entries; a call takes 1000 …',
  },
  ...wrongProduct('BatchCheckDeviceNames', names('lamp-1')),
]

const notFound = {
  status: 200,
  code: 'iot.device.DeviceApplyIsNotFound',
  message: 'The application ID for the device does not exist. The ApplyId is 9007199254740991.',
} as const
const nobodys = { ApplyId: '9007199254740991' }

/** BatchRegisterDeviceWithApplyId: the devices of a checked list. */
export const batchRegisterWithApplyIdCases: readonly WireCase[] = [
  {
    name: 'registered',
    shows: 'The list that was checked is registered under the ApplyId that it has.',
    before: [checked],
    callAfter: ofBatch('BatchRegisterDeviceWithApplyId'),
    status: 200,
    members: applyIdMembers,
  },
  {
    name: 'registered-before',
    shows: 'Sent again, it answers the same and registers nothing twice.',
    before: [checked, registered],
    callAfter: ofBatch('BatchRegisterDeviceWithApplyId'),
    status: 200,
    members: applyIdMembers,
  },
  {
    name: 'incorrent-device-apply-info',
    shows: 'A list whose check failed is not registered.',
    before: [checkedBadly],
    callAfter: ofBatch('BatchRegisterDeviceWithApplyId'),
    status: 200,
    code: 'iot.device.IncorrentDeviceApplyInfo',
    message: 'The device application information is not correct. …',
  },
  {
    name: 'apply-many-devices-failed',
    shows: 'Nor is one of whose names some were registered since, not even in part.',
    before: [checked, taken],
    callAfter: ofBatch('BatchRegisterDeviceWithApplyId'),
    status: 200,
    code: 'iot.device.ApplyManyDevicesFailed',
    message:
      'An error occurred while creating multiple devices. 1 of 2 names were registered after the check; nothing was registered now.',
  },
  {
    name: 'device-apply-is-not-found',
    shows: 'An ApplyId that nobody has is not found.',
    call: ordinary('BatchRegisterDeviceWithApplyId', nobodys),
    ...notFound,
  },
  ...wrongProduct('BatchRegisterDeviceWithApplyId', nobodys),
]

const nothingBad = {
  ValidList: { Name: [] },
  InvalidList: { Name: [] },
  InvalidDetailList: { invalidDetailList: [] },
}

/** QueryBatchRegisterDeviceStatus: what became of a list or a batch. */
export const queryRegisterStatusCases: readonly WireCase[] = [
  {
    name: 'check-success',
    shows: 'A list that can be registered has empty lists.',
    before: [checked],
    callAfter: ofBatch('QueryBatchRegisterDeviceStatus'),
    status: 200,
    members: { Data: { Status: 'CHECK_SUCCESS', ...nothingBad } },
  },
  {
    name: 'check-failed',
    shows: 'One that can not tells which names are good, which are bad, and why.',
    before: [checkedBadly],
    callAfter: ofBatch('QueryBatchRegisterDeviceStatus'),
    status: 200,
    members: {
      Data: {
        Status: 'CHECK_FAILED',
        ValidList: { Name: ['lamp-1', 'lamp-2'] },
        InvalidList: { Name: ['lamp-1', 'a%'] },
        InvalidDetailList: {
          invalidDetailList: [
            { DeviceName: 'lamp-1', ErrorMsg: 'The device name is repeated.' },
            { DeviceName: 'a%', ErrorMsg: 'The device name is illegal.' },
          ],
        },
      },
    },
  },
  {
    name: 'check-failed-since',
    shows: 'A list that was good can not be registered any more once one of its names was.',
    before: [
      check({
        ...listOf('DeviceNameList', [
          { DeviceName: 'lamp-1' },
          { DeviceName: 'lamp-2', DeviceNickname: 'hall' },
        ]),
        SignatureNonce: 'checked',
      }),
      taken,
    ],
    callAfter: ofBatch('QueryBatchRegisterDeviceStatus'),
    status: 200,
    members: {
      Data: {
        Status: 'CHECK_FAILED',
        ValidList: { Name: ['lamp-1'] },
        InvalidList: { Name: ['lamp-2'] },
        InvalidDetailList: {
          invalidDetailList: [
            { DeviceName: 'lamp-2', NickName: 'hall', ErrorMsg: 'The device name already exists.' },
          ],
        },
      },
    },
  },
  {
    name: 'create-success',
    shows: 'A batch was registered when its call was answered.',
    before: [ordinary('BatchRegisterDevice', { Count: '2', SignatureNonce: 'before' })],
    callAfter: ofBatch('QueryBatchRegisterDeviceStatus'),
    status: 200,
    members: { Data: { Status: 'CREATE_SUCCESS', ...nothingBad } },
  },
  {
    name: 'of-another-product',
    shows: 'A list is not found under another product than its own.',
    before: [checked],
    callAfter: (earlier) =>
      v1({ Action: 'QueryBatchRegisterDeviceStatus', ...product, ApplyId: applyIdOf(earlier) }),
    status: 200,
    code: 'iot.device.DeviceApplyIsNotFound',
    message: 'The application ID for the device does not exist. …',
  },
  {
    name: 'not-existed-product',
    shows: 'A product that is not there has the code of every operation.',
    call: ordinary('QueryBatchRegisterDeviceStatus', { ...nobodys, ProductKey: 'nope' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
]

const device = (DeviceName: string | RegExp) => ({
  DeviceName,
  DeviceId: /^[0-9A-Za-z]{22}$/,
  IotId: iotId,
  DeviceSecret: drawnSecret,
})

/** QueryPageByApplyId: the devices of a batch. */
export const queryPageByApplyIdCases: readonly WireCase[] = [
  {
    name: 'checked-names',
    shows:
      'Exactly the devices of the list that was checked, in its order; ten a page where nothing is said.',
    before: [checked, registered],
    callAfter: pageOfBatch(),
    status: 200,
    members: {
      Page: 1,
      PageSize: 10,
      PageCount: 1,
      Total: 2,
      ApplyDeviceList: { ApplyDeviceInfo: [device('lamp-1'), device('lamp-2')] },
    },
  },
  {
    name: 'second-page',
    shows: 'Names that were drawn are told here.',
    before: [ordinary('BatchRegisterDevice', { Count: '3', SignatureNonce: 'before' })],
    callAfter: pageOfBatch({ CurrentPage: '2', PageSize: '2' }),
    status: 200,
    members: {
      Page: 2,
      PageSize: 2,
      PageCount: 2,
      Total: 3,
      ApplyDeviceList: { ApplyDeviceInfo: [device(drawnName)] },
    },
  },
  {
    name: 'not-registered',
    shows: 'A list that was only checked has no devices.',
    before: [checked],
    callAfter: pageOfBatch(),
    status: 200,
    code: 'iot.device.DeviceApplyIsNotFound',
    message: 'The application ID for the device does not exist. …',
  },
  {
    name: 'invalid-page-params',
    shows: 'A page has at most 50 devices.',
    call: v1({ Action: 'QueryPageByApplyId', ...nobodys, PageSize: '51' }),
    status: 200,
    code: 'iot.common.InvalidPageParams',
    message: 'The page size or number is invalid. …',
  },
]

const undo =
  (fields: Fields = {}) =>
  (earlier: readonly TextAnswer[]) =>
    v1({ Action: 'UndoDeviceBatch', ApplyId: applyIdOf(earlier), Version: '2026-11-01', ...fields })
const three = ordinary('BatchRegisterDevice', { Count: '3', SignatureNonce: 'before' })

/** UndoDeviceBatch: Rollcall’s own. */
export const undoDeviceBatchCases: readonly WireCase[] = [
  {
    name: 'undone',
    shows: 'The devices of a batch are deleted.',
    before: [three],
    callAfter: undo(),
    status: 200,
    members: { Data: { ...applyIdMembers.Data, DeletedCount: 3, KeptCount: 0 } },
  },
  {
    name: 'undone-before',
    shows: 'Once more there is nothing to delete.',
    before: [three, { after: undo({ SignatureNonce: 'undone' }) }],
    callAfter: undo(),
    status: 200,
    members: { Data: { ...applyIdMembers.Data, DeletedCount: 0, KeptCount: 0 } },
  },
  {
    name: 'dry-run',
    shows: 'A dry run tells the same and deletes nothing.',
    before: [three, { after: undo({ SignatureNonce: 'dry', DryRun: 'true' }) }],
    callAfter: undo({ DryRun: 'true' }),
    status: 200,
    members: { Data: { ...applyIdMembers.Data, DeletedCount: 3, KeptCount: 0 } },
  },
  {
    name: 'device-apply-is-not-found',
    shows: 'An ApplyId that nobody has is not found.',
    call: v1({ Action: 'UndoDeviceBatch', ...nobodys, Version: '2026-11-01' }),
    ...notFound,
  },
  {
    name: 'version-of-the-cloud',
    shows: 'Under the version of the cloud’s operations it is not found.',
    call: v1({ Action: 'UndoDeviceBatch', ...nobodys }),
    status: 404,
    code: 'InvalidAction.NotFound',
    message: 'Specified api is not found, please check your url and method.',
  },
]
