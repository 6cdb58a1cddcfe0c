import { fields, parameters } from '../../device-files/fields.ts'

/** Rows of the template: the API's column names, which are always recognised, and two example devices. */
export function templateRows(draw: () => string): string[][] {
  return [
    fields.map((field) => parameters[field]),
    // Random secrets: a template that is imported by mistake creates no device with a known secret.
    ['example-0001', draw(), '0042001'],
    ['example-0002', draw(), ''],
  ]
}

/** With a byte order mark; otherwise Excel assumes another encoding. */
export const templateCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.join(',')}\r\n`).join('')}`
