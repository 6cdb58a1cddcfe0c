/** The fields of a device, as named in flags and reports. */
export const fields = ['name', 'secret', 'sn'] as const
export type FieldName = (typeof fields)[number]

/** The default column name of each field: its name in the API. */
export const parameters = {
  name: 'DeviceName',
  secret: 'DeviceSecret',
  sn: 'Sn',
} as const satisfies { readonly [F in FieldName]: string }
