import { deviceList, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, ordinaryProduct, product } from '../../support/wire-server.ts'
import { check, longList } from './check.ts'

/** The failures of BatchCheckImportDevice: the three codes of its page at status 400, the rest at 200. */
export const checkFailureCases: readonly WireCase[] = [
  {
    name: 'none-device-name-element',
    shows: 'A call without any entry is told so, and gets the document’s code and text.',
    call: check({}),
    status: 400,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'failure-status-200',
    shows: 'With --failure-status 200 the same failure has status 200.',
    call: check({}),
    settings: { failureStatus: '200' },
    status: 200,
    code: 'iot.device.NoneDeviceNameElement',
    message: 'The DeviceName list is empty.',
  },
  {
    name: 'too-many-device-names',
    shows: 'With --list-overflow reject a list beyond 10,000 entries has the document’s code and text.',
    call: check(longList(10_001, ['light-10001', 's'])),
    settings: { listOverflow: 'reject' },
    status: 400,
    code: 'iot.device.TooManyDeviceNamesPerRequest',
    message: 'The devices you query exceed the maximum number. …',
  },
  ...(
    [
      ['unknown-member', 'DeviceList.1.Nickname', 'DeviceList.1.Nickname'],
      ['number-zero', 'DeviceList.0.DeviceName', 'DeviceList.0.DeviceName'],
      ['leading-zero', 'DeviceList.01.DeviceName', 'DeviceList.01.DeviceName'],
      ['number-of-11-digits', 'DeviceList.10000000000.DeviceName', 'DeviceList.10000000000.DeviceName'],
      ['hostile-key', 'DeviceList.1.<b>&\u0007灯', 'DeviceList.1.<b>&'],
      ['not-a-list', 'DeviceList', 'DeviceList must be a list'],
    ] as const
  ).map(
    ([name, parameter, said]): WireCase => ({
      name: `invalid-device-params-${name}`,
      shows: 'A parameter that begins as the list’s do but is none of it is named in the message.',
      call: check({ ...deviceList(['light-1', 's']), [parameter]: 'light-2' }),
      status: 400,
      code: 'iot.device.InvalidDeviceParams',
      message: `The request parameters are invalid. ${said}…`,
    }),
  ),
  {
    name: 'invalid-device-params-twice',
    shows: 'A list parameter that is given twice is refused, even with the same value.',
    call: v1(
      { Action: 'BatchCheckImportDevice', ...product, ...deviceList(['light-1', 's']) },
      { twice: [['DeviceList.1.DeviceName', 'light-1']] },
    ),
    status: 400,
    code: 'iot.device.InvalidDeviceParams',
    message: 'The request parameters are invalid. DeviceList.1.DeviceName is given twice…',
  },
  {
    name: 'invalid-device-params-not-utf-8',
    shows: 'A value that is not UTF-8 is refused, not repaired.',
    call: v3('BatchCheckImportDevice', product, {
      body: 'DeviceList.1.DeviceName=light%FF&DeviceList.1.DeviceSecret=s',
    }),
    status: 400,
    code: 'iot.device.InvalidDeviceParams',
    message: 'The request parameters are invalid. The value of DeviceList.1.DeviceName is not UTF-8…',
  },
  {
    name: 'not-existed-product',
    shows: 'A product that the account’s public instance lacks does not exist.',
    call: check(deviceList(['light-1', 's']), { ProductKey: 'a1</>&nobody' }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
  {
    name: 'instance-id-left-out',
    shows: 'Nor does a product of an instance with an ID, when the ID is left out.',
    call: check(deviceList(['light-1', 's']), { ProductKey: documentProduct.ProductKey }),
    status: 200,
    code: 'iot.prod.NotExistedProduct',
    message: 'The specified product does not exist. …',
  },
  {
    name: 'instance-not-found',
    shows: 'An instance that the account lacks has a code of its own.',
    call: check(deviceList(['light-1', 's']), { ...product, IotInstanceId: 'iot-nobody00' }),
    status: 200,
    code: 'iot.system.InstanceNotFound',
    message: 'The instance ID does not exist. …',
  },
  {
    name: 'invalid-product-auth-type',
    shows: 'A product of the public instance takes imports only if it is a gateway product.',
    call: check(deviceList(['light-1', 's']), ordinaryProduct),
    status: 200,
    code: 'iot.prod.InvalidProductAuthType',
    message: 'The product authentication type is invalid. …',
  },
  {
    name: 'system-exception',
    shows: 'A bug of the server tells its caller no more than the document’s code and text.',
    call: check(deviceList(['light-1', 's'])),
    settings: { broken: true },
    status: 200,
    code: 'iot.system.SystemException',
    message: 'A system exception occurred.',
  },
]
