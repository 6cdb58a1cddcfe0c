import type { FieldName } from '../../../device-files/fields.ts'

/** The fields of a device as the API names them. */
export const fieldNames: { readonly [F in FieldName]: string } = {
  name: 'DeviceName',
  secret: 'DeviceSecret',
  sn: 'Sn',
}

/** Returns names in quotation marks, with commas between them. */
export const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')
