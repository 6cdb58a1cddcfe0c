import { int, text } from '../../api/shape.ts'
import type { Device, FoundDevice } from '../../registry/devices.ts'
import type { Product } from '../../registry/products.ts'

/** The parts of answers about devices, each with the members that it fills. */

export const status = text(
  'UNACTIVE, or DISABLE if the device is disabled. ONLINE and OFFLINE are not returned yet, because devices do not connect.',
)
/** No device has connected yet, since there is nothing to connect to. */
export const statusOf = ({ disabled }: FoundDevice) => (disabled ? 'DISABLE' : 'UNACTIVE')

export const deviceId = text('An older form of the IotId, which no operation takes.')
/** The IotId without its ending, as the samples of QueryDevice and BatchGetDeviceState have it. */
export const deviceIdOf = ({ iotId }: FoundDevice) => iotId.slice(0, -'000100'.length)

export const stateTime = int(
  {},
  'When the state changed, in milliseconds since 1970 UTC: when the device was registered or, of a disabled one, last changed.',
)
/** @param createdAt when the device was registered */
export const stateTimeOf = ({ disabled, modifiedAt }: FoundDevice, createdAt: number) =>
  disabled ? (modifiedAt ?? createdAt) : createdAt

export const nickname = text('The nickname; empty where the device has none.')
export const nicknameOf = ({ nickname = '' }: FoundDevice) => nickname

export const utcTime = (what: string) => text(`${what}, in ISO 8601 and UTC.`)
export const utcOf = (time: number) => new Date(time).toISOString()

/** The format of QueryDevice: Wed, 20-Feb-2019 02:16:09 GMT. */
export const gmtTime = (what: string) => text(`${what}, such as Wed, 20-Feb-2019 02:16:09 GMT.`)
export const gmtOf = (time: number) =>
  new Date(time).toUTCString().replace(/(\d\d) (\w{3}) (\d{4})/, '$1-$2-$3')

const chinaOffset = 8 * 3_600_000
/** The format that other operations call GMT: the samples of their pages have China time, 2018-08-06 10:47:50 for 02:47:50Z. */
export const chinaTime = (what: string) =>
  text(`${what}, at UTC+8 whatever its name says, such as 2018-08-06 10:47:50.`)
export const chinaTimeOf = (time: number) =>
  utcOf(time + chinaOffset)
    .slice(0, 19)
    .replace('T', ' ')

const untilActive = (what: string) => text(`${what}; empty while the device is not active.`)

/** The members that QueryDeviceDetail and BatchQueryDeviceDetail share. */
export const detail = {
  ProductKey: text(),
  ProductName: text(),
  DeviceName: text(),
  DeviceSecret: text(),
  IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
  Nickname: nickname,
  Status: status,
  NodeType: int({}, { en: '0 for a device, 1 for a gateway.', zh: '0 为设备，1 为网关。' }),
  Region: text('Always cn-shanghai, whose time the members named Gmt are told in.'),
  FirmwareVersion: untilActive('The version of the firmware'),
  GmtCreate: chinaTime('When it was registered'),
  UtcCreate: utcTime('When it was registered'),
  GmtActive: untilActive('When it was first online'),
  UtcActive: untilActive('When it was first online'),
}
export const neverOnline = {
  IpAddress: untilActive('The address of the device'),
  GmtOnline: untilActive('When it was last online'),
  UtcOnline: untilActive('When it was last online'),
}

export const detailOf = (device: Device, product: Product) => ({
  ProductKey: product.productKey,
  ProductName: product.name,
  DeviceName: device.name,
  DeviceSecret: device.secret,
  IotId: device.iotId,
  Nickname: nicknameOf(device),
  Status: statusOf(device),
  NodeType: product.nodeType,
  Region: 'cn-shanghai',
  FirmwareVersion: '',
  GmtCreate: chinaTimeOf(device.createdAt),
  UtcCreate: utcOf(device.createdAt),
  GmtActive: '',
  UtcActive: '',
})
