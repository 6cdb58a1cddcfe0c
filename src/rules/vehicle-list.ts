import { type Column, type Columns, composed } from '../lib/columns.ts'
import { deviceSecret, type FieldRule, testOf } from './device-fields.ts'
import type { Check, ListRules } from './device-list.ts'
import { nameIllegal, repeatedName, secretIllegal } from './reasons.ts'

/** A list of devices for BatchCheckVehicleDevice and BatchImportVehicleDevice. */
export type VehicleList = Columns<'Manufacturer' | 'DeviceModel' | 'DeviceId' | 'DeviceName' | 'DeviceSecret'>
type Member = keyof VehicleList['members']

/** The protocols, in the spelling of QueryVehicleDevice; a product's ProtocolType names one. */
export const vehicleProtocols = ['jt808', 'gb32960', 'sl651'] as const
export type VehicleProtocol = (typeof vehicleProtocols)[number]

// From the pages of the two operations; sl651 is in their Chinese versions.
export const manufacturer: FieldRule = { min: 4, max: 11, characters: 'A-Za-z0-9\\-' }
export const deviceModel: FieldRule = { min: 4, max: 30, characters: 'A-Za-z0-9\\-' }
export const deviceId: FieldRule = { min: 4, max: 30, characters: 'A-Za-z0-9\\-' }
/** The vehicle identification number, which GB/T 32960 uses as ID. */
export const vehicleName: FieldRule = { min: 4, max: 17, characters: 'A-Za-z0-9' }
/** The address of a telemetry station, which SL 651 uses as ID. */
export const stationName: FieldRule = { min: 10, max: 10, characters: '0-9' }

const lists = [
  'InvalidManufacturerList',
  'InvalidDeviceModelList',
  'InvalidDeviceIdList',
  'RepeatedDeviceIdList',
  'InvalidDeviceNameList',
  'RepeatedDeviceNameList',
] as const
type Listed = (typeof lists)[number]

/** The stored fields of a device besides name and secret; QueryVehicleDevice returns them. */
export interface Vehicle {
  readonly protocol: VehicleProtocol
  readonly manufacturer?: string
  readonly deviceModel?: string
  readonly deviceId?: string
}

export interface VehicleRules extends ListRules<Member, Listed, Exclude<Member, 'DeviceSecret'>> {
  /** Formats a Vehicle as JSON for each entry of a valid list; legal values need no escapes. */
  vehicles(list: VehicleList): Column
}

const checkOf = (member: Member, rule: FieldRule, reason: string, list: Listed): Check<Member, Listed> => ({
  member,
  test: testOf(rule),
  reason,
  list,
})

const manufacturerCheck = checkOf(
  'Manufacturer',
  manufacturer,
  'The manufacturer is illegal.',
  'InvalidManufacturerList',
)
const modelCheck = checkOf(
  'DeviceModel',
  deviceModel,
  'The device model is illegal.',
  'InvalidDeviceModelList',
)
const idCheck = checkOf('DeviceId', deviceId, 'The device id is illegal.', 'InvalidDeviceIdList')
const secretCheck: Check<Member, Listed> = {
  member: 'DeviceSecret',
  test: testOf(deviceSecret),
  reason: secretIllegal,
}
/** Protocols other than SL 651 have no secret: a missing one is generated. */
const optionalSecret = { ...secretCheck, or: 'absent or empty' } as const
const nameCheck = (rule: FieldRule) => checkOf('DeviceName', rule, nameIllegal, 'InvalidDeviceNameList')

const shared = {
  lists,
  detail: (['DeviceName', 'DeviceId', 'DeviceModel', 'Manufacturer'] as const).map((name) => ({
    name,
    member: name,
    always: false,
  })),
} satisfies Partial<VehicleRules>

/** Members that a protocol does not use are returned in the answer and otherwise ignored. */
export const vehicleLists: Readonly<Record<VehicleProtocol, VehicleRules>> = {
  jt808: {
    ...shared,
    checks: [manufacturerCheck, modelCheck, idCheck, optionalSecret],
    // The platform's own name for such a device (wire-facts §9); unambiguous, because no member may contain
    // '_'.
    name: ['Manufacturer', 'DeviceModel', 'DeviceId'],
    repeated: {
      reason: 'The device id is repeated.',
      takenReason: 'The device id already exists.',
      member: 'DeviceId',
      list: 'RepeatedDeviceIdList',
    },
    vehicles: ({ count, members: { Manufacturer, DeviceModel, DeviceId } }) =>
      composed(count, [
        '{"protocol":"jt808","manufacturer":"',
        Manufacturer,
        '","deviceModel":"',
        DeviceModel,
        '","deviceId":"',
        DeviceId,
        '"}',
      ]),
  },
  gb32960: {
    ...shared,
    checks: [nameCheck(vehicleName), optionalSecret],
    name: ['DeviceName'],
    repeated: repeatedName,
    vehicles: ({ count }) => composed(count, ['{"protocol":"gb32960"}']),
  },
  sl651: {
    ...shared,
    // The page requires the station's password, and is inconsistent about DeviceId.
    checks: [nameCheck(stationName), { ...idCheck, or: 'absent or empty' }, secretCheck],
    name: ['DeviceName'],
    repeated: repeatedName,
    vehicles: ({ count, members: { DeviceId } }) =>
      composed(count, ['{"protocol":"sl651","deviceId":"', DeviceId, '"}']),
  },
}

/**
 * Returns the rules for a list: those of the product's protocol. If the product has none, JT/T 808 applies if
 * an entry has a member that only this protocol requires, otherwise GB/T 32960.
 * @returns undefined if the product has another protocol
 */
export function vehicleRules(
  protocolType: string | undefined,
  { count, members: { Manufacturer, DeviceModel, DeviceId } }: VehicleList,
): VehicleRules | undefined {
  if (protocolType !== undefined) {
    const named = vehicleProtocols.find((protocol) => protocol === protocolType.toLowerCase())
    return named && vehicleLists[named]
  }
  const given = [Manufacturer, DeviceModel, DeviceId].some(({ length }) =>
    length.subarray(0, count).some((size) => size > 0),
  )
  return vehicleLists[given ? 'jt808' : 'gb32960']
}
