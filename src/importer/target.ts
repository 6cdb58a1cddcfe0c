import type { Client } from '../client/client.ts'
import type { ListParameter } from '../client/list.ts'
import { type AnswerOf, Refused } from '../client/outcome.ts'
import { textAt } from '../lib/columns.ts'
import type { DeviceList } from '../rules/import-list.ts'
import { otherReason, type Reason, reasons } from './reasons.ts'

/** The product that devices are imported into. */
export interface Target {
  readonly productKey: string
  /** Only if the product's instance has an ID. */
  readonly instanceId?: string | undefined
}

export const parametersOf = ({ productKey, instanceId }: Target) => ({
  ProductKey: productKey,
  ...(instanceId !== undefined && { IotInstanceId: instanceId }),
})

/** The reasons of bad rows by entry; rows without one are good. */
export type BadRows = Map<number, readonly Reason[]>

/** Converts bad rows to the journal's form: each with its first code. */
export const firstCodes = (bad: BadRows) => [...bad].map(([entry, [first]]) => [entry, first!.code] as const)

/** Converts rows to the parameter of a call. */
export const deviceList = ({ members }: DeviceList, entries: Int32Array): ListParameter => ({
  name: 'DeviceList',
  members: { ...members },
  entries,
})

/**
 * Has the endpoint check rows, in one call or, if the endpoint finds that too large, in several.
 * @param entries rows with distinct names
 */
export async function checkRows(
  client: Client,
  target: Target,
  rows: DeviceList,
  entries: Int32Array,
): Promise<BadRows> {
  try {
    const { Data } = await client.call(
      'BatchCheckImportDevice',
      parametersOf(target),
      deviceList(rows, entries),
    )
    return badRowsIn(Data, rows, entries)
  } catch (error) {
    if (!(error instanceof Refused) || !error.isTooLarge || entries.length === 1) throw error
    const half = entries.length >> 1
    const first = await checkRows(client, target, rows, entries.subarray(0, half))
    for (const [entry, bad] of await checkRows(client, target, rows, entries.subarray(half)))
      first.set(entry, bad)
    return first
  }
}

type Report = AnswerOf<'BatchCheckImportDevice'>['Data'] | Partial<AnswerOf<'BatchImportDevice'>['Data']>

/** Finds the rows that an answer's lists name; the lists are flat for a check and nested for an import. */
export function badRowsIn(data: Report | null | '', rows: DeviceList, entries: Int32Array): BadRows {
  const bad: BadRows = new Map()
  if (data === undefined || data === null || data === '') return bad
  const names = new Set(listOf(data.InvalidDeviceNameList))
  const secrets = new Set(listOf(data.InvalidDeviceSecretList))
  const serials = new Set(listOf(data.InvalidSnList))
  const taken = new Set(listOf(data.RepeatedDeviceNameList))
  const details = new Map<string, string>()
  for (const { DeviceName, ErrorMsg } of listOf<{ DeviceName: string; ErrorMsg: string }>(
    data.InvalidDetailList,
  ))
    details.set(DeviceName, ErrorMsg)
  const { DeviceName, DeviceSecret, Sn } = rows.members
  for (const entry of entries) {
    const name = textAt(DeviceName, entry)!
    const found: Reason[] = []
    if (names.has(name)) found.push(reasons.nameIllegal)
    if (secrets.size > 0 && secrets.has(textAt(DeviceSecret, entry)!)) found.push(reasons.secretIllegal)
    if (serials.size > 0 && serials.has(textAt(Sn, entry) ?? '')) found.push(reasons.snIllegal)
    if (taken.has(name)) found.push(reasons.nameTaken)
    if (found.length === 0 && details.has(name)) found.push(otherReason(details.get(name)!))
    if (found.length > 0) bad.set(entry, found)
  }
  return bad
}

/** Returns a list of an answer, unwrapping an object around it (wire-facts §5, §6). */
function listOf<Entry = string>(
  value: readonly Entry[] | Readonly<Record<string, readonly Entry[]>> | undefined,
): readonly Entry[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).find(Array.isArray) ?? []
}
