import type { ReasonDetail } from '../../../importer/reasons.ts'

export interface Words {
  /** Codes in a few words. */
  readonly names: Readonly<Record<string, string>>
  readonly rejected: (said: string) => string
  /** What is wrong with a row, where the server or the rules say no more than a code. */
  readonly plain: Readonly<Record<string, string>>
  /** What the row itself shows; undefined for the words of the reason. */
  readonly because: ((because: ReasonDetail) => string) | undefined
}

export const en: Words = {
  names: {
    InvalidDeviceName: 'Illegal DeviceName',
    InvalidDeviceSecret: 'Illegal DeviceSecret',
    InvalidSn: 'Illegal Sn',
    RepeatedDeviceName: 'Repeated in the file',
    ExistingDeviceName: 'Registered already',
    Rejected: 'Not taken by the server',
    RaggedRow: 'More or fewer cells',
    StrayQuote: 'Text behind a quote',
    SwallowedRows: 'Rows within quotes',
    OtherHeader: 'Behind another header',
    HiddenRow: 'Hidden in the sheet',
    RepeatedMember: 'A member twice',
    NotMended: 'Not mended yet',
    DamagedNumber: 'Changed by a spreadsheet',
    Placeholder: 'A word for nothing',
    NoResult: 'A formula without a result',
    CellError: 'An error of a spreadsheet',
    NotText: 'True or false',
  },
  rejected: (said) => `The server did not take it: ${said}`,
  plain: {
    ExistingDeviceName: 'A device of this name is registered in the product already.',
    RepeatedDeviceName: 'The DeviceName stands in an earlier row already.',
  },
  because: undefined,
}
