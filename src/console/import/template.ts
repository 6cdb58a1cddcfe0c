import { fields, parameters } from '../../device-files/fields.ts'

/** Rows of the template: the columns by the API's names, which are known everywhere, and two devices as examples. */
export function templateRows(draw: () => string): string[][] {
  return [
    fields.map((field) => parameters[field]),
    // Their secrets are drawn: whoever imports them by mistake has no device whose secret is in a manual.
    ['example-0001', draw(), '0042001'],
    ['example-0002', draw(), ''],
  ]
}

/** With a byte order mark, without which Excel takes it for another encoding. */
export const templateCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.join(',')}\r\n`).join('')}`
