import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { product } from '../../support/wire-server.ts'

const first = { ...product, DeviceName: 'registered-1' }
const ask = (Action: string, fields: Fields = {}) => v1({ Action, ...first, ...fields })
const before = (Action: string, fields: Fields = {}) =>
  ask(Action, { ...fields, SignatureNonce: `before ${Action}` })

export const disableThingCases: readonly WireCase[] = [
  { name: 'disabled', shows: 'A device is disabled.', call: ask('DisableThing'), status: 200, members: {} },
  {
    name: 'disabled-before',
    shows: 'One that is disabled stays so.',
    before: [before('DisableThing')],
    call: v3('DisableThing', first),
    status: 200,
    members: {},
  },
]
export const enableThingCases: readonly WireCase[] = [
  {
    name: 'never-disabled',
    shows: 'A device that is not disabled stays so.',
    call: ask('EnableThing'),
    status: 200,
    members: {},
  },
  {
    name: 'enabled',
    shows: 'A device that was disabled is enabled.',
    before: [before('DisableThing')],
    call: v3('EnableThing', first),
    status: 200,
    members: {},
  },
]
export const resetThingCases: readonly WireCase[] = [
  {
    name: 'reset',
    shows: 'There is nothing to reset, so there is no job.',
    call: ask('ResetThing'),
    status: 200,
    members: {},
  },
]

const nickname = (fields: Fields) => v1({ Action: 'BatchUpdateDeviceNickname', ...fields })
const entry = (n: number, DeviceName: string, Nickname?: string): Fields => ({
  [`DeviceNicknameInfo.${n}.ProductKey`]: product.ProductKey,
  [`DeviceNicknameInfo.${n}.DeviceName`]: DeviceName,
  [`DeviceNicknameInfo.${n}.Nickname`]: Nickname,
})
/** BatchUpdateDeviceNickname. */
export const batchUpdateDeviceNicknameCases: readonly WireCase[] = [
  {
    name: 'given-and-taken-away',
    shows: 'A nickname for one device, and none for another.',
    call: nickname({ ...entry(1, 'registered-1', '灯_1'), ...entry(2, 'registered-2') }),
    status: 200,
    members: {},
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'A nickname that is too short is refused with the call.',
    call: nickname({ ...entry(1, 'registered-1', 'hall'), ...entry(2, 'registered-2', '灯1') }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. A Nickname must be 4 to 32 letters, digits, _ and Chinese …',
  },
  {
    name: 'not-existed-device',
    shows: 'So is a device that is not registered.',
    call: nickname({ ...entry(1, 'registered-1', 'hall'), ...entry(2, 'nobody', 'hall') }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "nobody" in a1TestKey01.',
  },
  {
    name: 'null-product-key',
    shows: 'An entry must name its device.',
    call: nickname({ 'DeviceNicknameInfo.1.Nickname': 'hall' }),
    status: 200,
    code: 'iot.prod.NullProductKey',
    message: 'The ProductKey parameter cannot be empty.',
  },
  {
    name: 'null-device-name',
    shows: 'By both of its names, where it is not named by its IotId.',
    call: nickname({ ...entry(1, ''), 'DeviceNicknameInfo.1.Nickname': 'hall' }),
    status: 200,
    code: 'iot.device.NullDeviceName',
    message: 'The DeviceName parameter cannot be empty.',
  },
  {
    name: 'invalid-iot-id',
    shows: 'An IotId that this store never gave.',
    call: nickname({ 'DeviceNicknameInfo.1.IotId': 'x', 'DeviceNicknameInfo.1.Nickname': 'hall' }),
    status: 200,
    code: 'iot.device.InvalidIoTId',
    message: 'The IotId is invalid. It is "x".',
  },
  {
    name: 'not-existed-product',
    shows: 'A product that does not exist.',
    call: nickname({ ...entry(1, 'registered-1'), 'DeviceNicknameInfo.1.ProductKey': 'a1Nobody' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
  {
    name: 'missing-device-nickname-info',
    shows: 'There must be an entry.',
    call: nickname({}),
    status: 400,
    code: 'MissingDeviceNicknameInfo',
    row: 'MissingParameter',
    message: 'DeviceNicknameInfo is mandatory for this action.',
  },
]

const save = (Props: string | undefined) => ask('SaveDeviceProp', { Props })
const many = (count: number, from = 0) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`key.${i + from}`, 'v'])))
/** SaveDeviceProp. */
export const saveDevicePropCases: readonly WireCase[] = [
  {
    name: 'saved',
    shows: 'Tags of every kind of value; the coordinate is the document’s own.',
    call: save('{"coordinate":"104.07086:30.549169","room":101,"on":true,"name":"灯-1_a"}'),
    status: 200,
    members: {},
  },
  ...(
    [
      [
        'long-device-properties-string',
        JSON.stringify({ color: 'x'.repeat(5 * 1024) }),
        'The length of the property string exceeds the maximum limit. It has 5132 bytes and may have 5 KB.',
      ],
      [
        'invalid-formatted-device-properties-string',
        '{"color":',
        'The format of device property string is invalid. It is not JSON.',
      ],
      ['none-device-properties', '{}', 'No valid device property is found. It must have a key at least.'],
      [
        'invalid-formatted-device-property-key',
        '{"a_b":"c"}',
        'The format of the device property name is invalid. A key must be 2 to 32 letters, digits and dots, and not abc, unlike "a_b".',
      ],
      [
        'too-many-device-properties-per-time',
        many(101),
        'The total number of device properties exceeds the limit. It has 101, and a device may have 100.',
      ],
    ] as const
  ).map(
    ([name, props, message]): WireCase => ({
      name,
      shows: 'What tags may not be has a code each.',
      call: save(props),
      status: 200,
      code: `iot.device.${name.replace(/(?:^|-)(.)/g, (_, c: string) => c.toUpperCase())}`,
      message,
    }),
  ),
  {
    name: 'invalid-value',
    shows: 'A value that is no text.',
    call: save('{"color":["red"]}'),
    status: 200,
    code: 'iot.device.InvalidFormattedDevicePropertiesString',
    message:
      'The format of device property string is invalid. The value of color must be 1 to 128 letters, …',
  },
  {
    name: 'too-many-with-those-before',
    shows: 'A device may have 100 tags, those that it has among them.',
    before: [before('SaveDeviceProp', { Props: many(60) })],
    call: save(many(50, 55)),
    status: 200,
    code: 'iot.device.TooManyDevicePropertiesPerTime',
    message: 'The total number of device properties exceeds the limit. The device may have 100 …',
  },
  {
    name: 'missing-props',
    shows: 'Tags must be given.',
    call: save(undefined),
    status: 400,
    code: 'MissingProps',
    row: 'MissingParameter',
    message: 'Props is mandatory for this action.',
  },
]

const saved = before('SaveDeviceProp', { Props: '{"room":101,"coordinate":"104.07086:30.549169","on":true}' })
/** QueryDeviceProp. */
export const queryDevicePropCases: readonly WireCase[] = [
  {
    name: 'some',
    shows: 'The tags in one text of JSON, in the order of their keys.',
    before: [saved],
    call: ask('QueryDeviceProp'),
    status: 200,
    members: { Props: '{"coordinate":"104.07086:30.549169","on":"true","room":"101"}' },
  },
  {
    name: 'none',
    shows: 'A device without tags.',
    call: v3('QueryDeviceProp', first),
    status: 200,
    members: { Props: '{}' },
  },
  {
    name: 'after-a-deletion',
    shows: 'A tag that was deleted is gone, one that was saved again has its new value.',
    before: [
      saved,
      before('DeleteDeviceProp', { PropKey: 'on' }),
      ask('SaveDeviceProp', { Props: '{"room":"102"}', SignatureNonce: 'again' }),
    ],
    call: ask('QueryDeviceProp'),
    status: 200,
    members: { Props: '{"coordinate":"104.07086:30.549169","room":"102"}' },
  },
]

/** DeleteDeviceProp. */
export const deleteDevicePropCases: readonly WireCase[] = [
  {
    name: 'deleted',
    shows: 'A tag is deleted.',
    before: [saved],
    call: ask('DeleteDeviceProp', { PropKey: 'room' }),
    status: 200,
    members: {},
  },
  {
    name: 'not-there',
    shows: 'Nothing happens where there is no such tag.',
    call: v3('DeleteDeviceProp', { ...first, PropKey: 'room' }),
    status: 200,
    members: {},
  },
  {
    name: 'missing-prop-key',
    shows: 'A key must be given.',
    call: ask('DeleteDeviceProp'),
    status: 400,
    code: 'MissingPropKey',
    row: 'MissingParameter',
    message: 'PropKey is mandatory for this action.',
  },
]
