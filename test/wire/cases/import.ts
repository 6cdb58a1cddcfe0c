import type { TextAnswer } from '../../support/api-server.ts'
import { deviceList, type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { ordinaryProduct, product, readerKey } from '../../support/wire-server.ts'

const list = deviceList(['light-1', 'secret-1'], ['light-2', 'secret-2', 'QC4_002'], ['light-3', 'secret-3'])
const batch = (fields: Fields, where: Fields = product) =>
  v1({ Action: 'BatchImportDevice', ...where, ...fields })
/** The import of three devices, as a call before the case’s own. */
const imported = batch({ ...list, SignatureNonce: 'before' })
const applyId = ([answer]: readonly TextAnswer[]) => String(JSON.parse(answer!.body).Data.ApplyId)

/** BatchImportDevice: all devices of a list or none. */
export const batchImportCases: readonly WireCase[] = [
  {
    name: 'imported',
    shows: 'A list that is all good is imported under one ApplyId, a number that JavaScript can hold.',
    call: batch(list),
    status: 200,
    members: { Data: { ApplyId: /^[1-9][0-9]{0,14}$/ } },
  },
  {
    name: 'apply-many-devices-failed',
    shows:
      'One bad entry and nothing is imported: five lists under inner names, at a status typed clients read.',
    before: [imported],
    call: batch(deviceList(['light-1', 's'], ['new-1', 's'], ['new-1', 's'], ['%', '^67$', 'QC4001#'])),
    status: 200,
    code: 'iot.device.ApplyManyDevicesFailed',
    message: 'An error occurred while creating multiple devices. …',
    members: {
      Data: {
        InvalidDetailList: {
          InvalidDetailList: [
            { DeviceName: 'light-1', DeviceSecret: 's', ErrorMsg: 'The device name already exists.' },
            { DeviceName: 'new-1', DeviceSecret: 's', ErrorMsg: 'The device name is repeated.' },
            {
              DeviceName: '%',
              DeviceSecret: '^67$',
              Sn: 'QC4001#',
              ErrorMsg: 'The device name is illegal. | The device secret is illegal. | The sn is illegal.',
            },
          ],
        },
        RepeatedDeviceNameList: { repeatedDeviceName: ['light-1', 'new-1'] },
        InvalidDeviceNameList: { invalidDeviceName: ['%'] },
        InvalidDeviceSecretList: { invalidDeviceSecret: ['^67$'] },
        InvalidSnList: { invalidSn: ['QC4001#'] },
      },
    },
  },
  {
    name: 'sent-again',
    shows:
      'An import that is sent again after its answer was lost creates nothing twice; empty lists stay lists.',
    before: [imported],
    call: v3('BatchImportDevice', { ...product, ...deviceList(['light-2', 'secret-2']) }),
    status: 200,
    code: 'iot.device.ApplyManyDevicesFailed',
    message: 'An error occurred while creating multiple devices. …',
    members: {
      Data: {
        InvalidDetailList: {
          InvalidDetailList: [
            { DeviceName: 'light-2', DeviceSecret: 'secret-2', ErrorMsg: 'The device name already exists.' },
          ],
        },
        RepeatedDeviceNameList: { repeatedDeviceName: ['light-2'] },
        InvalidDeviceNameList: { invalidDeviceName: [] },
        InvalidDeviceSecretList: { invalidDeviceSecret: [] },
        InvalidSnList: { invalidSn: [] },
      },
    },
  },
  {
    name: 'too-many-device-names',
    shows: 'An import loses no device silently: a list beyond 10,000 entries is refused.',
    call: batch(deviceList(...Array.from({ length: 10_001 }, (_, i) => [`light-${i}`, 's']))),
    status: 200,
    code: 'iot.device.TooManyDeviceNamesPerRequest',
    message: 'The devices you query exceed the maximum number. …',
  },
  {
    name: 'none-device-name-element',
    shows: 'An import without entries has the code of a check, at status 200.',
    call: batch({}),
    status: 200,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'invalid-device-params',
    shows: 'A malformed list has the code of a check, at status 200.',
    call: batch({ ...list, 'DeviceList.1.Name': 'light-1' }),
    status: 200,
    code: 'iot.device.InvalidDeviceParams',
    message: 'The request parameters are invalid. DeviceList.1.Name…',
  },
  {
    name: 'failure-status-400',
    shows: 'With --failure-status 400 an import’s failure has the status that its page lists, and a Message.',
    call: batch({}),
    settings: { failureStatus: '400' },
    status: 400,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'invalid-product-auth-type',
    shows: 'An ordinary product of the public instance takes no import.',
    call: batch(list, ordinaryProduct),
    status: 200,
    code: 'iot.prod.InvalidProductAuthType',
    message: 'The product authentication type is invalid. …',
  },
  {
    name: 'ram-action-permission-deny',
    shows: 'A RAM user may do only what is allowed; who may query may not import.',
    call: v1(
      { Action: 'BatchImportDevice', ...product, ...list, AccessKeyId: readerKey.id },
      { secret: readerKey.secret },
    ),
    status: 200,
    code: 'iot.common.RamActionPermissionDeny',
    message: 'You do not have the RAM permission. …',
  },
]

/** QueryImportedDeviceByApplyId: the devices of one import. */
export const queryImportedCases: readonly WireCase[] = [
  {
    name: 'first-page',
    shows: 'The devices of an import in the order of its list; a serial number that was not sent is empty.',
    before: [imported],
    callAfter: (earlier) =>
      v1({ Action: 'QueryImportedDeviceByApplyId', ApplyId: applyId(earlier), PageNo: '1', PageSize: '2' }),
    status: 200,
    members: {
      ProductKey: 'a1TestKey01',
      PageNo: 1,
      PageSize: 2,
      TotalPage: 2,
      DeviceList: {
        device: [
          { ProductKey: 'a1TestKey01', DeviceName: 'light-1', DeviceSecret: 'secret-1', Sn: '' },
          { ProductKey: 'a1TestKey01', DeviceName: 'light-2', DeviceSecret: 'secret-2', Sn: 'QC4_002' },
        ],
      },
    },
  },
  {
    name: 'beyond-the-last-page',
    shows: 'A page beyond the last is empty, and no error.',
    before: [imported],
    callAfter: (earlier) =>
      v1({ Action: 'QueryImportedDeviceByApplyId', ApplyId: applyId(earlier), PageNo: '3', PageSize: '2' }),
    status: 200,
    members: { ProductKey: 'a1TestKey01', PageNo: 3, PageSize: 2, TotalPage: 2, DeviceList: { device: [] } },
  },
  {
    name: 'device-apply-is-not-found',
    shows: 'An ApplyId that no import has is not found.',
    call: v1({
      Action: 'QueryImportedDeviceByApplyId',
      ApplyId: '9007199254740991',
      PageNo: '1',
      PageSize: '10',
    }),
    status: 200,
    code: 'iot.device.DeviceApplyIsNotFound',
    message: 'The application ID for the device does not exist. …',
  },
]
