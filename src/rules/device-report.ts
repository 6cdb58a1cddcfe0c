import { textAt } from '../lib/columns.ts'
import {
  type DeviceList,
  nameIllegal,
  nameRepeated,
  nameTaken,
  secretIllegal,
  snIllegal,
} from './device-list.ts'

/** The reasons in the order in which an entry tells them, and their texts (design §6). */
export const reasons: readonly (readonly [verdict: number, text: string])[] = [
  [nameIllegal, 'The device name is illegal.'],
  [secretIllegal, 'The device secret is illegal.'],
  [snIllegal, 'The sn is illegal.'],
  [nameRepeated, 'The device name is repeated.'],
  [nameTaken, 'The device name already exists.'],
]

/** One bad entry, its fields as they were sent. */
export interface InvalidDevice {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn?: string | undefined
  readonly ErrorMsg: string
}

/** What is answered of a list with bad entries; the names are the wire's. */
export interface DeviceReport {
  readonly InvalidDetailList: readonly InvalidDevice[]
  readonly InvalidDeviceNameList: readonly string[]
  readonly InvalidDeviceSecretList: readonly string[]
  readonly InvalidSnList: readonly string[]
  readonly RepeatedDeviceNameList: readonly string[]
}

/**
 * The report of a judged list: a row for each bad entry, in list order, and the distinct values of each
 * kind, each at the place of the first entry that puts it there.
 * @returns undefined when every entry is good
 */
export function reportDeviceList(list: DeviceList, verdicts: Uint8Array): DeviceReport | undefined {
  if (verdicts.every((verdict) => verdict === 0)) return undefined
  const { DeviceName, DeviceSecret, Sn } = list.members
  const details: InvalidDevice[] = []
  const illegalNames = new Set<string>()
  const illegalSecrets = new Set<string>()
  const illegalSns = new Set<string>()
  const repeatedNames = new Set<string>()
  verdicts.forEach((verdict, entry) => {
    if (verdict === 0) return
    const name = textAt(DeviceName, entry) ?? ''
    const secret = textAt(DeviceSecret, entry) ?? ''
    const sn = textAt(Sn, entry)
    details.push({ DeviceName: name, DeviceSecret: secret, Sn: sn, ErrorMsg: reasonsInWords(verdict) })
    if ((verdict & nameIllegal) !== 0) illegalNames.add(name)
    if ((verdict & secretIllegal) !== 0) illegalSecrets.add(secret)
    if ((verdict & snIllegal) !== 0) illegalSns.add(sn ?? '')
    if ((verdict & (nameRepeated | nameTaken)) !== 0) repeatedNames.add(name)
  })
  return {
    InvalidDetailList: details,
    InvalidDeviceNameList: [...illegalNames],
    InvalidDeviceSecretList: [...illegalSecrets],
    InvalidSnList: [...illegalSns],
    RepeatedDeviceNameList: [...repeatedNames],
  }
}

/** All reasons of a verdict, joined as the documents join them (wire-facts §5). */
export function reasonsInWords(verdict: number): string {
  return reasons
    .filter(([bit]) => (verdict & bit) !== 0)
    .map(([, text]) => text)
    .join(' | ')
}
