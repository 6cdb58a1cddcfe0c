import { type Fields, listOf, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, now } from '../../support/wire-server.ts'

const { IotInstanceId } = documentProduct
const product = (protocolType: string) => ({
  name: `vehicles-${protocolType}`,
  authType: 'one-party' as const,
  productKey: `a1Test${protocolType}`,
  protocolType,
})
const settings = { products: ['jt808', 'gb32960', 'sl651', 'modbus'].map(product) }
const of = (protocolType: string) => ({ IotInstanceId, ProductKey: `a1Test${protocolType}` })

const jt = (Manufacturer?: string, DeviceModel?: string, DeviceId?: string, DeviceSecret?: string) => ({
  Manufacturer,
  DeviceModel,
  DeviceId,
  DeviceSecret,
})
const list = (...entries: readonly Fields[]) => listOf('DeviceList', entries)
const check = (where: Fields, fields: Fields) =>
  v1({ Action: 'BatchCheckVehicleDevice', ...where, ...fields })
const batch = (where: Fields, fields: Fields) =>
  v1({ Action: 'BatchImportVehicleDevice', ...where, ...fields })

const good = list(jt('mf0001', 'dm0001', 'di0001'), jt('mf0001', 'dm0001', 'di0002', 'secret'))
const imported = (where: Fields, fields: Fields) => batch(where, { ...fields, SignatureNonce: 'before' })
const importedJt = imported(of('jt808'), good)
const stations = list({ DeviceName: '0123456789', DeviceId: 'di0001', DeviceSecret: 'd32g' })
const cars = list({ DeviceName: 'vin0001' })

const invalidJt = list(
  jt('mf_*0001', 'dm_*0001', 'di_*0001'),
  jt('aw', 'DE', 'DEVIC^*$', 'a b'),
  jt('mf0001', 'dm0001', 'di0001'),
  jt('mf0001', 'dm0001', 'di0002'),
  jt('mf0001', 'dm0001', 'di0002', '^'),
  jt('mf0002', 'dm0001', 'di0002'),
  jt(undefined, 'dm0001', 'di0003'),
  { ...jt('mf0003', 'dm0001', 'di0004', ''), DeviceName: 'not looked at' },
)
const manufacturer = 'The manufacturer is illegal.'
const secret = 'The device secret is illegal.'
const detailsJt = [
  {
    Manufacturer: 'mf_*0001',
    DeviceModel: 'dm_*0001',
    DeviceId: 'di_*0001',
    ErrorMsg: `${manufacturer} | The device model is illegal. | The device id is illegal.`,
  },
  {
    Manufacturer: 'aw',
    DeviceModel: 'DE',
    DeviceId: 'DEVIC^*$',
    ErrorMsg: `${manufacturer} | The device model is illegal. | The device id is illegal. | ${secret}`,
  },
  { ...jt('mf0001', 'dm0001', 'di0001'), ErrorMsg: 'The device id already exists.' },
  { ...jt('mf0001', 'dm0001', 'di0002'), ErrorMsg: `${secret} | The device id is repeated.` },
  { DeviceModel: 'dm0001', DeviceId: 'di0003', ErrorMsg: manufacturer },
].map(({ DeviceSecret: _, ...detail }: Fields) => detail)
const listsJt = {
  InvalidManufacturerList: ['mf_*0001', 'aw', ''],
  InvalidDeviceModelList: ['dm_*0001', 'DE'],
  InvalidDeviceIdList: ['di_*0001', 'DEVIC^*$'],
  RepeatedDeviceIdList: ['di0001', 'di0002'],
  InvalidDeviceNameList: [],
  RepeatedDeviceNameList: [],
}
const onlyFirst = imported(of('jt808'), list(jt('mf0001', 'dm0001', 'di0001')))

const names = list(
  { DeviceName: 'vin0001' },
  { DeviceName: 'vin_0001' },
  { DeviceName: 'vin0002' },
  { DeviceName: 'vin0002' },
  {
    DeviceId: 'di0001',
  },
)
const nameIllegal = 'The device name is illegal.'
const namesReport = {
  InvalidDetailList: [
    { DeviceName: 'vin0001', ErrorMsg: 'The device name already exists.' },
    { DeviceName: 'vin_0001', ErrorMsg: nameIllegal },
    { DeviceName: 'vin0002', ErrorMsg: 'The device name is repeated.' },
    { DeviceId: 'di0001', ErrorMsg: nameIllegal },
  ],
  InvalidManufacturerList: [],
  InvalidDeviceModelList: [],
  InvalidDeviceIdList: [],
  RepeatedDeviceIdList: [],
  InvalidDeviceNameList: ['vin_0001', ''],
  RepeatedDeviceNameList: ['vin0001', 'vin0002'],
}
const importedCar = imported(of('gb32960'), cars)

const none = {
  InvalidManufacturerList: [],
  InvalidDeviceModelList: [],
  InvalidDeviceIdList: [],
  RepeatedDeviceIdList: [],
  InvalidDeviceNameList: [],
  RepeatedDeviceNameList: [],
}

/** Failures that check and import share, with the status that each page lists. */
const refusals = (
  call: (where: Fields, fields: Fields) => ReturnType<typeof v1>,
  status: number,
): readonly WireCase[] => [
  {
    name: 'none-device-name-element',
    shows: 'The list must have an entry.',
    settings,
    call: call(of('jt808'), {}),
    status,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'invalid-device-params',
    shows: 'Members of other lists are none of this one’s.',
    settings,
    call: call(of('jt808'), { ...good, 'DeviceList.2.Sn': 'QC4001' }),
    status,
    code: 'iot.device.InvalidDeviceParams',
    message: 'The request parameters are invalid. DeviceList.2.Sn …',
  },
  {
    name: 'missing-iot-instance-id',
    shows: 'The instance must be named: the public one has no such gateways.',
    settings,
    call: call({ ProductKey: 'a1TestKey01' }, good),
    status: 400,
    code: 'MissingIotInstanceId',
    row: 'MissingParameter',
    message: 'IotInstanceId is mandatory for this action.',
  },
  {
    name: 'product-of-another-protocol',
    shows: 'A product that names a protocol takes its devices only.',
    settings,
    call: call(of('modbus'), good),
    status: 200,
    code: 'iot.prod.InvalidProductAuthType',
    message:
      'The product authentication type is invalid. Its ProtocolType is "modbus"; it must be jt808, gb32960, sl651 or none.',
  },
]

/** BatchCheckVehicleDevice: lists by protocol, all of them answered with Success. */
export const batchCheckVehicleCases: readonly WireCase[] = [
  {
    name: 'good',
    shows: 'A list that is all good has no Data.',
    settings,
    call: check(of('jt808'), good),
    status: 200,
    members: {},
  },
  {
    name: 'jt808',
    shows:
      'JT/T 808 asks for manufacturer, model and ID; a device is repeated where all three are, and the ID is told.',
    settings,
    before: [onlyFirst],
    call: check(of('jt808'), invalidJt),
    status: 200,
    members: { Data: { InvalidDetailList: detailsJt, ...listsJt } },
  },
  {
    name: 'gb32960',
    shows: 'GB/T 32960 asks for a name.',
    settings,
    before: [importedCar],
    call: check(of('gb32960'), names),
    status: 200,
    members: { Data: namesReport },
  },
  {
    name: 'sl651',
    shows: 'SL 651 asks for a name of ten digits and a password; an ID may be left out.',
    settings,
    call: check(
      of('sl651'),
      list(
        { DeviceName: '0123456789', DeviceSecret: 'd32g' },
        { DeviceName: '012345678', DeviceSecret: 'd32g', DeviceId: 'di' },
        { DeviceName: '0123456780' },
      ),
    ),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [
          { DeviceName: '012345678', DeviceId: 'di', ErrorMsg: `${nameIllegal} | The device id is illegal.` },
          { DeviceName: '0123456780', ErrorMsg: secret },
        ],
        ...none,
        InvalidDeviceIdList: ['di'],
        InvalidDeviceNameList: ['012345678'],
      },
    },
  },
  {
    name: 'product-without-protocol',
    shows: 'Where the product names no protocol, the list tells it: by name it is GB/T 32960.',
    call: check(documentProduct, list({ DeviceName: 'asdf' }, { DeviceName: 'vin0001' })),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [{ DeviceName: 'asdf', ErrorMsg: 'The device name already exists.' }],
        ...none,
        RepeatedDeviceNameList: ['asdf'],
      },
    },
  },
  {
    name: 'product-without-protocol-jt808',
    shows: 'By an entry with an ID it is JT/T 808, for every entry.',
    call: v3('BatchCheckVehicleDevice', {
      ...documentProduct,
      ...list(jt('mf0001', 'dm0001', 'di0001'), { DeviceName: 'vin0001' }),
    }),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [
          {
            DeviceName: 'vin0001',
            ErrorMsg: `${manufacturer} | The device model is illegal. | The device id is illegal.`,
          },
        ],
        ...none,
        InvalidManufacturerList: [''],
        InvalidDeviceModelList: [''],
        InvalidDeviceIdList: [''],
      },
    },
  },
  {
    name: 'beyond-the-limit',
    shows: 'Entries beyond the first 10,000 are discarded, bad ones too, and a header says how many.',
    settings,
    call: check(
      of('jt808'),
      list(
        ...Array.from({ length: 10_000 }, (_, i) => jt('mf0001', 'dm0001', `di-${i}0000`)),
        jt('%', '%', '%'),
      ),
    ),
    status: 200,
    members: {},
    headers: { 'x-rollcall-discarded': '1' },
  },
  ...refusals(check, 400),
]

/** BatchImportVehicleDevice: all devices of a list or none. */
export const batchImportVehicleCases: readonly WireCase[] = [
  {
    name: 'imported',
    shows: 'A list that is all good is imported under one ApplyId.',
    settings,
    call: batch(of('jt808'), good),
    status: 200,
    members: { Data: { ApplyId: /^[1-9][0-9]{0,14}$/ } },
  },
  {
    name: 'apply-many-devices-failed',
    shows: 'One bad entry and nothing is imported: seven lists under inner names, each in its own case.',
    settings,
    before: [onlyFirst],
    call: batch(of('jt808'), invalidJt),
    status: 200,
    code: 'iot.device.ApplyManyDevicesFailed',
    message:
      'An error occurred while creating multiple devices. 5 of 8 devices are not fit; nothing was imported.',
    members: {
      Data: {
        InvalidDetailList: { InvalidDetailList: detailsJt },
        InvalidManufacturerList: { invalidManufacturerList: listsJt.InvalidManufacturerList },
        InvalidDeviceModelList: { invalidDeviceModelList: listsJt.InvalidDeviceModelList },
        InvalidDeviceIdList: { invalidDeviceIdList: listsJt.InvalidDeviceIdList },
        RepeatedDeviceIdList: { repeatedDeviceIdList: listsJt.RepeatedDeviceIdList },
        InvalidDeviceNameList: { InvalidDeviceNameList: [] },
        RepeatedDeviceNameList: { RepeatedDeviceNameList: [] },
      },
    },
  },
  {
    name: 'apply-many-devices-failed-by-name',
    shows: 'The lists of names, where the protocol names devices.',
    settings,
    before: [importedCar],
    call: batch(of('gb32960'), names),
    status: 200,
    code: 'iot.device.ApplyManyDevicesFailed',
    message:
      'An error occurred while creating multiple devices. 4 of 5 devices are not fit; nothing was imported.',
    members: {
      Data: {
        InvalidDetailList: { InvalidDetailList: namesReport.InvalidDetailList },
        InvalidManufacturerList: { invalidManufacturerList: [] },
        InvalidDeviceModelList: { invalidDeviceModelList: [] },
        InvalidDeviceIdList: { invalidDeviceIdList: [] },
        RepeatedDeviceIdList: { repeatedDeviceIdList: [] },
        InvalidDeviceNameList: { InvalidDeviceNameList: namesReport.InvalidDeviceNameList },
        RepeatedDeviceNameList: { RepeatedDeviceNameList: namesReport.RepeatedDeviceNameList },
      },
    },
  },
  {
    name: 'too-many-device-names',
    shows: 'An import loses no device silently.',
    settings,
    call: batch(
      of('gb32960'),
      list(...Array.from({ length: 10_001 }, (_, i) => ({ DeviceName: `vin${i}000` }))),
    ),
    status: 200,
    code: 'iot.device.TooManyDeviceNamesPerRequest',
    message: 'The devices you query exceed the maximum number. …',
  },
  {
    name: 'invalid-formatted-product-key',
    shows: 'A ProductKey that can be none is told so.',
    settings,
    call: batch({ ...of('jt808'), ProductKey: 'a1-nope' }, good),
    status: 200,
    code: 'iot.prod.InvalidFormattedProductkey',
    message: 'The ProductKey format is invalid. It must be 1 to 64 letters and digits.',
  },
  ...refusals(batch, 200),
]

const query = (fields: Fields) => v1({ Action: 'QueryVehicleDevice', IotInstanceId, ...fields })
const times = { CreateTime: now, ModifiedTime: now }
const iotId = /^[0-9A-Za-z]{22}000100$/

/** QueryVehicleDevice: one device, as its protocol knows it. */
export const queryVehicleCases: readonly WireCase[] = [
  {
    name: 'jt808',
    shows: 'A JT/T 808 device has its three IDs for a name, and nothing that only registering would tell.',
    settings,
    before: [importedJt],
    call: query({ ...of('jt808'), DeviceName: 'mf0001_dm0001_di0001' }),
    status: 200,
    members: {
      Data: {
        ProductKey: 'a1Testjt808',
        DeviceName: 'mf0001_dm0001_di0001',
        IotId: iotId,
        Protocol: 'jt808',
        ...times,
        JtProtocolDeviceData: {
          Manufacturer: 'mf0001',
          DeviceModel: 'dm0001',
          DeviceId: 'di0001',
          Status: 'create',
          AuthCode: '',
          Province: '',
          City: '',
          VehicleColour: '',
          VehicleNumber: '',
          RegisterTime: 0,
        },
      },
    },
  },
  {
    name: 'gb32960',
    shows: 'A GB/T 32960 device is known by its name alone.',
    settings,
    before: [importedCar],
    call: query({ ...of('gb32960'), DeviceName: 'vin0001' }),
    status: 200,
    members: {
      Data: {
        ProductKey: 'a1Testgb32960',
        DeviceName: 'vin0001',
        IotId: iotId,
        Protocol: 'gb32960',
        ...times,
      },
    },
  },
  {
    name: 'sl651',
    shows: 'So is a station of SL 651.',
    settings,
    before: [imported(of('sl651'), stations)],
    call: query({ ...of('sl651'), DeviceName: '0123456789' }),
    status: 200,
    members: {
      Data: {
        ProductKey: 'a1Testsl651',
        DeviceName: '0123456789',
        IotId: iotId,
        Protocol: 'sl651',
        ...times,
      },
    },
  },
  {
    name: 'no-vehicle-protocol-device',
    shows: 'A device that was imported otherwise has no such details.',
    call: query({ ...documentProduct, DeviceName: 'asdf' }),
    status: 200,
    code: 'iot.device.NoVehicleProtocolDevice',
    message: 'The device non vehicle protocol data. …',
  },
  {
    name: 'not-existed-device',
    shows: 'A name that the product does not have.',
    call: query({ ...documentProduct, DeviceName: 'nobody' }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "nobody" in a1BwAGV0000.',
  },
  {
    name: 'null-device-name',
    shows: 'ProductKey and DeviceName must both be given.',
    call: query({ DeviceName: 'asdf' }),
    status: 200,
    code: 'iot.device.NullDeviceName',
    message: 'The DeviceName parameter cannot be empty. ProductKey and DeviceName must be given.',
  },
]
