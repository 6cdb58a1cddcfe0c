import type { TextAnswer } from '../../support/api-server.ts'
import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { product } from '../../support/wire-server.ts'

const lamp = { DeviceName: 'lamp@home:1', DeviceSecret: 'secret' }
const importOne = (fields: Fields) => v1({ Action: 'ImportDevice', ...product, ...lamp, ...fields })
const imported = importOne({ SignatureNonce: 'before' })
const iotIdOf = ([answer]: readonly TextAnswer[]) => JSON.parse(answer!.body).Data.IotId as string
/** 22 digits of base 62 and the ending that the cloud's have. */
const iotId = /^[0-9A-Za-z]{22}000100$/

/** ImportDevice: one device. */
export const importDeviceCases: readonly WireCase[] = [
  {
    name: 'imported',
    shows: 'A device with all that it may have.',
    call: importOne({ Sn: 'QC4_001', Nickname: 'hall' }),
    status: 200,
    members: { Data: { ...product, ...lamp, Sn: 'QC4_001', Nickname: 'hall', IotId: iotId } },
  },
  {
    name: 'imported-plainly',
    shows: 'Serial number and nickname are answered empty when they were not sent.',
    call: v3('ImportDevice', { ...product, ...lamp }),
    status: 200,
    members: { Data: { ...product, ...lamp, Sn: '', Nickname: '', IotId: iotId } },
  },
  {
    name: 'already-existed-device-name',
    shows: 'A name that the product has is refused with status 200, as its page lists it.',
    call: importOne({ DeviceName: 'registered-1' }),
    status: 200,
    code: 'iot.device.AlreadyExistedDeviceName',
    message: 'The DeviceName already exists. …',
  },
  {
    name: 'invalid-formatted-device-name',
    shows: 'An illegal name is refused.',
    call: importOne({ DeviceName: 'light%' }),
    status: 200,
    code: 'iot.device.InvalidFormattedDeviceName',
    message: 'The DeviceName format is invalid. …',
  },
  {
    name: 'invalid-formatted-parameter',
    shows: 'So is an illegal secret, nickname or serial number, which the message names.',
    call: importOne({ Nickname: 'the hall' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message: 'The parameter format is invalid. Nickname …',
  },
]

/** DeleteDevice: one device, by either of its names. */
export const deleteDeviceCases: readonly WireCase[] = [
  {
    name: 'deleted-by-name',
    shows: 'A device is named by ProductKey and DeviceName.',
    call: v1({ Action: 'DeleteDevice', ...product, DeviceName: 'registered-1' }),
    status: 200,
    members: {},
  },
  {
    name: 'deleted-by-iot-id',
    shows: 'Or by its IotId, which wins when both are given.',
    before: [imported],
    callAfter: (earlier) =>
      v1({ Action: 'DeleteDevice', ...product, DeviceName: 'nobody', IotId: iotIdOf(earlier) }),
    status: 200,
    members: {},
  },
  {
    name: 'deleted-before',
    shows: 'A device that was deleted does not exist.',
    before: [
      v1({ Action: 'DeleteDevice', ...product, DeviceName: 'registered-1', SignatureNonce: 'before' }),
    ],
    call: v1({ Action: 'DeleteDevice', ...product, DeviceName: 'registered-1' }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "registered-1" in a1TestKey01.',
  },
  {
    name: 'null-product-key',
    shows: 'Without IotId the ProductKey is needed.',
    call: v1({ Action: 'DeleteDevice', DeviceName: 'registered-1' }),
    status: 200,
    code: 'iot.prod.NullProductKey',
    message: 'The ProductKey parameter cannot be empty.',
  },
  {
    name: 'null-device-name',
    shows: 'And so is the DeviceName.',
    call: v1({ Action: 'DeleteDevice', ...product, DeviceName: '' }),
    status: 200,
    code: 'iot.device.NullDeviceName',
    message: 'The DeviceName parameter cannot be empty.',
  },
  {
    name: 'invalid-iot-id',
    shows: 'An IotId that this store never gave is invalid.',
    call: v1({ Action: 'DeleteDevice', IotId: 'SR8FiTu1R9tlUR2V1bmi0010a5****' }),
    status: 200,
    code: 'iot.device.InvalidIoTId',
    message: 'The IotId is invalid. …',
  },
]
