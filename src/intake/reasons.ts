import { nameRepeated, nameTaken } from '../rules/device-list.ts'
import { importList } from '../rules/import-list.ts'

/** Why a row is bad, as reports and machines are told. Codes are promises: never renamed, never reused. */
export interface Reason {
  readonly field: string
  readonly code: string
  readonly reason: string
}

const [name, secret, sn] = importList.checks
const { repeated } = importList

export const reasons = {
  nameIllegal: { field: 'DeviceName', code: 'InvalidDeviceName', reason: name!.reason },
  secretIllegal: { field: 'DeviceSecret', code: 'InvalidDeviceSecret', reason: secret!.reason },
  snIllegal: { field: 'Sn', code: 'InvalidSn', reason: sn!.reason },
  nameRepeated: { field: 'DeviceName', code: 'RepeatedDeviceName', reason: repeated.reason },
  nameTaken: { field: 'DeviceName', code: 'ExistingDeviceName', reason: repeated.takenReason },
} as const satisfies Record<string, Reason>

/** The bits of a verdict (rules/device-list.ts), in the order in which they are told. */
const bits: readonly (readonly [number, Reason])[] = [
  [1, reasons.nameIllegal],
  [2, reasons.secretIllegal],
  [4, reasons.snIllegal],
  [nameRepeated, reasons.nameRepeated],
  [nameTaken, reasons.nameTaken],
]

/** What a verdict that is not 0 says. */
export const reasonsOf = (verdict: number): readonly Reason[] =>
  bits.filter(([bit]) => (verdict & bit) !== 0).map(([, reason]) => reason)

/** Of a row that the endpoint calls bad in words that are not known. */
export const otherReason = (text: string): Reason => ({ field: '', code: 'Rejected', reason: text })

/** The reason of a code. */
export const reasonOf = (code: string): Reason =>
  Object.values(reasons).find((reason) => reason.code === code) ??
  otherReason('The endpoint did not take it.')
