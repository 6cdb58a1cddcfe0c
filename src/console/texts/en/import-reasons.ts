import type { ReasonDetail } from '../../../importer/reasons.ts'

export interface Words {
  /** Codes in a few words. */
  readonly names: Readonly<Record<string, string>>
  readonly rejected: (said: string) => string
  /** The faults of a row for which the server or the rules return only a code. */
  readonly plain: Readonly<Record<string, string>>
  /** Describes a fault in detail; undefined if the reason's own text is used. */
  readonly because: ((because: ReasonDetail) => string) | undefined
}

export const en: Words = {
  names: {
    InvalidDeviceName: 'Illegal DeviceName',
    InvalidDeviceSecret: 'Illegal DeviceSecret',
    InvalidSn: 'Illegal Sn',
    RepeatedDeviceName: 'Repeated in the file',
    ExistingDeviceName: 'Already registered',
    Rejected: 'Rejected by the server',
    RaggedRow: 'More or fewer cells',
    StrayQuote: 'Text after a quote',
    SwallowedRows: 'Rows within quotes',
    OtherHeader: 'After another header',
    HiddenRow: 'Hidden in the sheet',
    RepeatedMember: 'Repeated member',
    NotMended: 'Not corrected yet',
    DamagedNumber: 'Changed by a spreadsheet',
    Placeholder: 'Placeholder',
    NoResult: 'Formula without a result',
    CellError: 'Spreadsheet error',
    NotText: 'Boolean value',
  },
  rejected: (said) => `The server rejected the row: ${said}`,
  plain: {
    ExistingDeviceName: 'The product already has a device with this name.',
    RepeatedDeviceName: 'An earlier row has the same DeviceName.',
  },
  because: undefined,
}
