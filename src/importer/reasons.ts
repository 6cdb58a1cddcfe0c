import { type Fault, isOfRow } from '../device-files/faults.ts'
import { type FieldName, fields, parameters } from '../device-files/fields.ts'
import type { Rows } from '../device-files/rows.ts'
import { textAt } from '../lib/columns.ts'
import { deviceName, deviceSecret, serialNumber } from '../rules/device-fields.ts'
import { nameRepeated, nameTaken } from '../rules/device-list.ts'
import { importList } from '../rules/import-list.ts'
import { type ValueFault, valueFaults } from '../rules/value-faults.ts'
import { describeFault, describeRepeat, describeValueFaults } from './describe.ts'

/** The reason why a row is bad, as data for messages in any language. */
export type ReasonDetail =
  | { readonly kind: 'value'; readonly faults: readonly ValueFault[] }
  | { readonly kind: 'repeats'; readonly line: number; readonly sheet?: string }
  | { readonly kind: 'fault'; readonly fault: Fault }

/**
 * The reason why a row is bad, as reports and programs receive it. Codes are stable: never renamed, never
 * reused.
 */
export interface Reason {
  /** Empty if it concerns the whole row. */
  readonly field: string
  readonly code: string
  /** The fault in English, without secrets. */
  readonly reason: string
  /** The same as data, if it is visible in the file itself. */
  readonly detail?: ReasonDetail
}

const { repeated } = importList

/** Reasons without details of the row. */
export const reasons = {
  nameIllegal: { field: 'DeviceName', code: 'InvalidDeviceName', reason: 'is illegal' },
  secretIllegal: { field: 'DeviceSecret', code: 'InvalidDeviceSecret', reason: 'is illegal' },
  snIllegal: { field: 'Sn', code: 'InvalidSn', reason: 'is illegal' },
  nameRepeated: { field: 'DeviceName', code: 'RepeatedDeviceName', reason: 'stands in an earlier row' },
  nameTaken: { field: 'DeviceName', code: 'ExistingDeviceName', reason: repeated.takenReason },
} as const satisfies Record<string, Reason>

/** Generic descriptions of the fault codes. */
const titles: { readonly [C in Fault['code']]: string } = {
  RaggedRow: 'the number of cells differs from the header’s',
  StrayQuote: 'text follows a closing quote',
  SwallowedRows: 'a quoted cell holds the ends of rows',
  OtherHeader: 'the row follows another header, with other columns',
  HiddenRow: 'the sheet does not show the row',
  RepeatedMember: 'a member stands in the object twice',
  NotMended: 'the report still has the row’s code',
  DamagedNumber: 'a spreadsheet or a program has changed the value',
  Placeholder: 'the value is a word for nothing',
  NoResult: 'the formula has no stored result',
  CellError: 'the cell holds an error',
  NotText: 'the value is true or false, not a text',
}

/** Returns the generic description of a code. */
export const titleOf = (code: string): string | undefined =>
  titles[code as Fault['code']] ?? Object.values(reasons).find((reason) => reason.code === code)?.reason

const rules = { name: deviceName, secret: deviceSecret, sn: serialNumber } as const
const illegal = { name: reasons.nameIllegal, secret: reasons.secretIllegal, sn: reasons.snIllegal } as const
/** The bits of a verdict (rules/device-list.ts) by field, in order. */
const bits = { name: 1, secret: 2, sn: 4 } as const

/** An earlier row with the same name. */
export interface EarlierRow {
  readonly line: number
  readonly sheet?: string
}

/** Converts a verdict other than 0 to reasons. */
export function reasonsOf(
  rows: Rows,
  entry: number,
  verdict: number,
  before: (rows: Rows, entry: number) => EarlierRow | undefined,
): readonly Reason[] {
  const faults = rows.faults.get(entry)
  if (faults !== undefined) return ofFaults(rows, entry, faults)
  const found: Reason[] = []
  for (const field of fields)
    if ((verdict & bits[field]) !== 0) found.push(ofValue(field, fieldOf(rows, entry, field)))
  if ((verdict & nameRepeated) !== 0) found.push(ofRepeated(before(rows, entry)))
  if ((verdict & nameTaken) !== 0) found.push(reasons.nameTaken)
  return found
}

const fieldOf = (rows: Rows, entry: number, field: FieldName) =>
  textAt(rows.members[parameters[field]], entry) ?? ''

function ofValue(field: FieldName, text: string): Reason {
  const faults = valueFaults(rules[field], text)
  return { ...illegal[field], reason: describeValueFaults(faults), detail: { kind: 'value', faults } }
}

function ofRepeated(before: EarlierRow | undefined): Reason {
  if (before === undefined) return reasons.nameRepeated
  return { ...reasons.nameRepeated, reason: describeRepeat(before), detail: { kind: 'repeats', ...before } }
}

/** The faults of a row, and the errors of fields that no fault concerns. */
function ofFaults(rows: Rows, entry: number, faults: readonly Fault[]): Reason[] {
  const found: Reason[] = faults.map((fault) => ({
    field: 'field' in fault ? parameters[fault.field] : '',
    code: fault.code,
    reason: describeFault(fault),
    detail: { kind: 'fault', fault },
  }))
  // If the whole row is wrong, its cells may belong to other fields.
  if (faults.some(isOfRow)) return found
  for (const field of fields) {
    if (faults.some((fault) => 'field' in fault && fault.field === field)) continue
    const text = fieldOf(rows, entry, field)
    if ((field === 'sn' && text === '') || valueFaults(rules[field], text).length === 0) continue
    found.push(ofValue(field, text))
  }
  return found
}

/** For a row that the endpoint rejects with an unknown message. */
export const otherReason = (text: string): Reason => ({ field: '', code: 'Rejected', reason: text })

/** Converts the code of an endpoint's answer to a reason. */
export const reasonOf = (code: string): Reason =>
  Object.values(reasons).find((reason) => reason.code === code) ??
  otherReason('The endpoint did not take it.')
