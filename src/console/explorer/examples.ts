import type { DeclaredField, Operation } from '../../client/operations.ts'
import { type FormField, type FormState, fieldsOf, isRequired, type Row } from './form-model.ts'

/** Sensible values for parameters of these names. */
const byName: Readonly<Record<string, readonly string[]>> = {
  ProductKey: ['my-productkey', 'my-productkey', 'my-productkey'],
  DeviceName: ['lamp-0001', 'lamp-0002', 'lamp%'],
  DeviceSecret: ['s3cret-1', 's3cret-2', '^67$'],
  Sn: ['QC4001', 'QC4002', ''],
  DeviceNickname: ['hall_lamp', 'yard_lamp', ''],
  Nickname: ['hall_lamp', 'yard_lamp', ''],
  ProductName: ['street_lamp'],
  GroupName: ['hall'],
  TagKey: ['room', 'floor'],
  TagValue: ['hall', '2'],
  PropKey: ['room'],
  Props: ['{"room":"hall"}'],
  PageSize: ['10'],
  Count: ['10'],
  UserName: ['auditor'],
  AllowedAction: ['iot:Query*', 'iot:BatchCheckImportDevice'],
  AuthType: ['one-party'],
}

/**
 * Reports whether the fields identify a device by product and name, which are required if its IotId is missing.
 */
const namesDevice = (fields: readonly FormField[]) =>
  ['ProductKey', 'DeviceName'].every((name) =>
    fields.some((field) => field.kind === 'single' && field.name === name && !isRequired(field)),
  )

/**
 * Fills in a form with an example: required fields, and lists with a few entries, one of them bad. An unknown
 * instance stays empty, because it would be shared with other operations, which would not find it.
 * @param known values of this account, such as an existing ProductKey
 */
export function exampleOf(
  operation: Operation,
  known: Readonly<Record<string, string | undefined>>,
): FormState {
  const singles: Record<string, string> = {}
  const lists: Record<string, readonly Row[]> = {}
  const fields = fieldsOf(operation)
  const ofDevice = namesDevice(fields) ? ['ProductKey', 'DeviceName'] : []
  for (const field of fields) {
    if (field.kind === 'single') {
      const { name } = field
      const isNeeded = (isRequired(field) && name !== 'IotInstanceId') || ofDevice.includes(name)
      const value = known[name] || (isNeeded ? exampleValue(field.field, 0) : '')
      if (value !== '') singles[name] = value
    } else if (lists[field.name] === undefined) {
      const rows = [0, 1, 2].map((n) =>
        field.columns.map(({ member, field: column }) => {
          const name = member === '' ? field.name : member
          return (
            known[name] || (byName[name]?.[n] ?? (column.required && n === 0 ? exampleValue(column, n) : ''))
          )
        }),
      )
      const filled = rows.filter((row) => row.some((cell) => cell !== ''))
      if (filled.length > 0) lists[field.name] = filled
    }
  }
  return { singles, lists }
}

function exampleValue({ name, type, values, min, default: usual }: DeclaredField, n: number): string {
  const [, member] = /(\w+)$/.exec(name.replace(/\.N$/, ''))!
  if (usual !== undefined) return usual
  if (values?.[0] !== undefined) return values[0]
  if (byName[member!]?.[n]) return byName[member!]![n]!
  if (type === 'Integer') return String(min ?? (/Page|Count/.test(name) ? 1 : 0))
  return type === 'Boolean' ? 'true' : `my-${member!.toLowerCase()}`
}
