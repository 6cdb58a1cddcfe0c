/** The fields of a device, by the names that flags and reports have for them. */
export const fields = ['name', 'secret', 'sn'] as const
export type FieldName = (typeof fields)[number]

/** What a column is called that holds a field and has no name of its own: as the API calls it. */
export const parameters = {
  name: 'DeviceName',
  secret: 'DeviceSecret',
  sn: 'Sn',
} as const satisfies { readonly [F in FieldName]: string }
