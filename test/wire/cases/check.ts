import { deviceList, type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, product } from '../../support/wire-server.ts'

export const check = (fields: Fields, where: Fields = product) =>
  v1({ Action: 'BatchCheckImportDevice', ...where, ...fields })

const nameIllegal = 'The device name is illegal.'
const secretIllegal = 'The device secret is illegal.'
const snIllegal = 'The sn is illegal.'
const nameRepeated = 'The device name is repeated.'
const nameTaken = 'The device name already exists.'

const hostileNames = [
  '<b>&amp;"\'</b>',
  ']]><!--',
  'a\tb\nc\rd\r\n',
  '\u0000\u0007\u001b[0m\ufffe',
  '灯泡灯泡',
  '💡💡💡💡',
  ' lamp ',
]

/** Good entries and one last. */
export const longList = (count: number, last: readonly string[]) =>
  deviceList(...Array.from({ length: count - 1 }, (_, i) => [`light-${i + 1}`, `secret-${i + 1}`]), last)

/** Good and bad lists of BatchCheckImportDevice, all of them answered with Success. */
export const checkCases: readonly WireCase[] = [
  {
    name: 'document-sample',
    shows: 'The document’s sample request and sample success response; masked characters are read as 0.',
    call: v1(
      {
        Action: 'BatchCheckImportDevice',
        'DeviceList.1.DeviceName': 'device1',
        'DeviceList.2.DeviceName': 'device2',
        'DeviceList.1.DeviceSecret': 'b4d43f700000010ba5e5',
        'DeviceList.2.DeviceSecret': '912179000000700210b4',
        ...documentProduct,
      },
      { method: 'GET' },
    ),
    status: 200,
    members: {},
  },
  {
    name: 'document-lists',
    shows: 'The values that the document shows in its lists; its secret "1" is legal by its own rule.',
    call: check(
      deviceList(
        ['light%', '^67$', 'QC4001#'],
        ['APT$', 'secret'],
        ['aw', 'secret'],
        ['abcd', '1'],
        ['abcd', '1'],
        ['asdf', 'secret', ''],
      ),
      documentProduct,
    ),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [
          {
            DeviceName: 'light%',
            DeviceSecret: '^67$',
            Sn: 'QC4001#',
            ErrorMsg: 'The device name is illegal. | The device secret is illegal. | The sn is illegal.',
          },
          { DeviceName: 'APT$', DeviceSecret: 'secret', ErrorMsg: nameIllegal },
          { DeviceName: 'aw', DeviceSecret: 'secret', ErrorMsg: nameIllegal },
          { DeviceName: 'abcd', DeviceSecret: '1', ErrorMsg: nameRepeated },
          { DeviceName: 'asdf', DeviceSecret: 'secret', Sn: '', ErrorMsg: `${snIllegal} | ${nameTaken}` },
        ],
        InvalidDeviceNameList: ['light%', 'APT$', 'aw'],
        InvalidDeviceSecretList: ['^67$'],
        InvalidSnList: ['QC4001#', ''],
        RepeatedDeviceNameList: ['abcd', 'asdf'],
      },
    },
  },
  {
    name: 'order-of-lists',
    shows:
      'Details follow the list; the other lists have each value once, where an entry first puts it there.',
    call: check(
      deviceList(
        ['bbbb', '2%'],
        ['registered-1', '1%'],
        ['aaaa', '2%'],
        ['aaaa', 'secret', '#'],
        ['%', 'secret'],
        ['bbbb', 'secret', '-'],
        ['registered-1', 'secret'],
        ['%', 'secret', '#'],
        ['aaaa', 'secret'],
        ['AAAA', 'secret'],
        ['Registered-1', 'secret'],
      ),
    ),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [
          { DeviceName: 'bbbb', DeviceSecret: '2%', ErrorMsg: secretIllegal },
          { DeviceName: 'registered-1', DeviceSecret: '1%', ErrorMsg: `${secretIllegal} | ${nameTaken}` },
          { DeviceName: 'aaaa', DeviceSecret: '2%', ErrorMsg: secretIllegal },
          { DeviceName: 'aaaa', DeviceSecret: 'secret', Sn: '#', ErrorMsg: `${snIllegal} | ${nameRepeated}` },
          { DeviceName: '%', DeviceSecret: 'secret', ErrorMsg: nameIllegal },
          { DeviceName: 'bbbb', DeviceSecret: 'secret', Sn: '-', ErrorMsg: `${snIllegal} | ${nameRepeated}` },
          { DeviceName: 'registered-1', DeviceSecret: 'secret', ErrorMsg: nameRepeated },
          { DeviceName: '%', DeviceSecret: 'secret', Sn: '#', ErrorMsg: `${nameIllegal} | ${snIllegal}` },
          { DeviceName: 'aaaa', DeviceSecret: 'secret', ErrorMsg: nameRepeated },
        ],
        InvalidDeviceNameList: ['%'],
        InvalidDeviceSecretList: ['2%', '1%'],
        InvalidSnList: ['#', '-'],
        RepeatedDeviceNameList: ['registered-1', 'aaaa', 'bbbb'],
      },
    },
  },
  {
    name: 'order-of-numbers',
    shows: 'Entries are taken in the order of their numbers, gaps and the order of parameters aside.',
    call: check({
      'DeviceList.10.DeviceName': 'tenth!',
      'DeviceList.2000000000.DeviceName': 'last!',
      'DeviceList.9.DeviceName': 'ninth!',
      'DeviceList.9.DeviceSecret': 's',
      'DeviceList.10.DeviceSecret': 's',
      'DeviceList.2000000000.DeviceSecret': 's',
    }),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: ['ninth!', 'tenth!', 'last!'].map((DeviceName) => ({
          DeviceName,
          DeviceSecret: 's',
          ErrorMsg: nameIllegal,
        })),
        InvalidDeviceNameList: ['ninth!', 'tenth!', 'last!'],
        InvalidDeviceSecretList: [],
        InvalidSnList: [],
        RepeatedDeviceNameList: [],
      },
    },
  },
  {
    name: 'missing-and-empty-members',
    shows: 'A missing name or secret counts as empty; a serial number may be missing but not empty.',
    call: check(
      deviceList(
        ['no-secret'],
        [undefined, 'secret'],
        [undefined, undefined, 'QC1'],
        ['', '', ''],
        ['good', 's', 'QC1'],
      ),
    ),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: [
          { DeviceName: 'no-secret', DeviceSecret: '', ErrorMsg: secretIllegal },
          { DeviceName: '', DeviceSecret: 'secret', ErrorMsg: nameIllegal },
          { DeviceName: '', DeviceSecret: '', Sn: 'QC1', ErrorMsg: `${nameIllegal} | ${secretIllegal}` },
          {
            DeviceName: '',
            DeviceSecret: '',
            Sn: '',
            ErrorMsg: `${nameIllegal} | ${secretIllegal} | ${snIllegal}`,
          },
        ],
        InvalidDeviceNameList: [''],
        InvalidDeviceSecretList: [''],
        InvalidSnList: [''],
        RepeatedDeviceNameList: [],
      },
    },
  },
  {
    name: 'hostile-characters',
    shows: 'Markup, line ends, control characters, other scripts and emoji come back as they were sent.',
    call: check(deviceList(...hostileNames.map((name) => [name, 'secret']))),
    status: 200,
    members: {
      Data: {
        InvalidDetailList: hostileNames.map((DeviceName) => ({
          DeviceName,
          DeviceSecret: 'secret',
          ErrorMsg: nameIllegal,
        })),
        InvalidDeviceNameList: hostileNames,
        InvalidDeviceSecretList: [],
        InvalidSnList: [],
        RepeatedDeviceNameList: [],
      },
    },
  },
  {
    name: 'beyond-the-limit',
    shows: 'Entries beyond the first 10,000 are discarded, bad ones too, and a header says how many.',
    call: check(longList(10_001, ['%', '%'])),
    status: 200,
    members: {},
    headers: { 'x-rollcall-discarded': '1' },
  },
  {
    name: 'enterprise-instance',
    shows: 'A product of an instance with an ID is found when the ID is given.',
    call: v3('BatchCheckImportDevice', { ...documentProduct, ...deviceList(['light', 'secret', 'QC4_001']) }),
    status: 200,
    members: {},
  },
]
