import { int, text } from '../../api/shape.ts'
import type { Device, DeviceState, FoundDevice } from '../../registry/devices.ts'
import type { Product } from '../../registry/products.ts'
import type { Presence } from '../../registry/sessions.ts'

/** The parts of answers about devices, each with the members that it fills. */

export const status = text(
  'UNACTIVE until the device first connects, then ONLINE or OFFLINE; DISABLE if it is disabled.',
)
export function statusOf({ disabled }: FoundDevice, { online, activeAt }: Presence): DeviceState {
  if (disabled) return 'DISABLE'
  if (online) return 'ONLINE'
  return activeAt === undefined ? 'UNACTIVE' : 'OFFLINE'
}

export const deviceId = text('An older form of the IotId, which no operation takes.')
/** The IotId without its ending, as the samples of QueryDevice and BatchGetDeviceState have it. */
export const deviceIdOf = ({ iotId }: FoundDevice) => iotId.slice(0, -'000100'.length)

export const stateTime = int(
  {},
  'When the device last connected or disconnected, in milliseconds since 1970 UTC: when it was registered if it never did, and when it was last changed if it is disabled.',
)
/** @param createdAt when the device was registered */
export const stateTimeOf = (
  { disabled, modifiedAt }: FoundDevice,
  { changedAt }: Presence,
  createdAt: number,
) => (disabled ? modifiedAt : changedAt) ?? createdAt

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
const chinaTimeOrNone = (time: number | undefined) => (time === undefined ? '' : chinaTimeOf(time))
const utcOrNone = (time: number | undefined) => (time === undefined ? '' : utcOf(time))

export const lastOnlineTime = untilActive(
  'When the device last connected, at UTC+8, such as 2018-08-06 10:47:50',
)
export const lastOnlineTimeOf = ({ onlineAt }: Presence) => chinaTimeOrNone(onlineAt)
export const ipAddress = untilActive('The IP address that the device last connected from')
export const ipAddressOf = ({ address = '' }: Presence) => address

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
  FirmwareVersion: text('Always empty: Rollcall has no firmware updates.'),
  GmtCreate: chinaTime('When it was registered'),
  UtcCreate: utcTime('When it was registered'),
  GmtActive: untilActive('When it first connected, at UTC+8'),
  UtcActive: untilActive('When it first connected, in ISO 8601 and UTC'),
}
/** The further members of QueryDeviceDetail. */
export const connectionDetail = {
  IpAddress: ipAddress,
  GmtOnline: untilActive('When it last connected, at UTC+8'),
  UtcOnline: untilActive('When it last connected, in ISO 8601 and UTC'),
}
export const connectionDetailOf = (presence: Presence) => ({
  IpAddress: ipAddressOf(presence),
  GmtOnline: chinaTimeOrNone(presence.onlineAt),
  UtcOnline: utcOrNone(presence.onlineAt),
})

export const detailOf = (device: Device, product: Product, presence: Presence) => ({
  ProductKey: product.productKey,
  ProductName: product.name,
  DeviceName: device.name,
  DeviceSecret: device.secret,
  IotId: device.iotId,
  Nickname: nicknameOf(device),
  Status: statusOf(device, presence),
  NodeType: product.nodeType,
  Region: 'cn-shanghai',
  FirmwareVersion: '',
  GmtCreate: chinaTimeOf(device.createdAt),
  UtcCreate: utcOf(device.createdAt),
  GmtActive: chinaTimeOrNone(presence.activeAt),
  UtcActive: utcOrNone(presence.activeAt),
})
