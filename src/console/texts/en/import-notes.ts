import type { Finding, Note } from '../../../device-files/notes.ts'
import type { Fix } from '../../../device-files/reshape/fixes.ts'
import { changedNickname } from '../../../rules/device-fields.ts'
import { tagKeyRule, tagValueRule } from '../../../rules/device-tags.ts'
import { fieldNames, quoted } from './import-names.ts'
import { en as reshape } from './import-reshape.ts'
import { plural } from './plural.ts'

const fixedBy = (what: Finding['what']) =>
  what !== undefined && what in reshape.fixNames ? reshape.fixNames[what as Fix].toLowerCase() : String(what)

type NoteTexts = {
  readonly [C in Note['code']]: (note: Extract<Note, { readonly code: C }>) => string
}

export const en = {
  notes: {
    TakenEncoding: ({ encoding }) =>
      `Encoding detected: ${encoding.toUpperCase()}. If the rows look wrong, choose another encoding.`,
    BrokenUtf8: () =>
      'The text is read as UTF-8, but some of its bytes are not valid; they are displayed as \ufffd. If that is wrong, choose another encoding.',
    ReportHeader: () => 'The first line is the header of a list of bad rows.',
    NoHeader: ({ columns }) =>
      `The first line is read as a device, and the columns as ${columns.join(', ')}. If the first line is a header, choose so above.`,
    GuessedHeader: () =>
      'The first line is read as a header, although it contains no known column name. If it is a device, choose so above.',
    SepLine: ({ delimiter }) => `The line “sep=${delimiter}” sets the delimiter and is skipped.`,
    SkippedLines: ({ count, header }) =>
      `${count} ${plural(count, 'line', 'lines')} above the header (line ${header}) ${plural(count, 'is', 'are')} skipped.`,
    ChosenColumn: ({ field, column, others }) =>
      `${fieldNames[field]} is read from “${column}”, but ${quoted(others)} would also fit. Choose another column under Columns if that is wrong.`,
    OtherColumnFits: ({ field, column, others }) =>
      `The first rows of “${column}” contain no valid ${fieldNames[field]}, but ${quoted(others)} would fit. Choose the right column under Columns.`,
    AmbiguousColumn: ({ field, columns }) =>
      `Several columns could hold the ${fieldNames[field]} (${columns.join(', ')}). Choose one under Columns.`,
    OtherDelimiter: ({ delimiter }) =>
      `With the delimiter “${delimiter}” the first line would be a header. Choose that delimiter if it is right.`,
    ChosenSheet: ({ sheet, sheets }) =>
      `Only the sheet “${sheet}” of ${quoted(sheets)} is read. Choose other sheets above if needed.`,
    HiddenSheets: ({ sheets }) =>
      `The hidden ${plural(sheets.length, 'sheet', 'sheets')} ${quoted(sheets)} also ${plural(sheets.length, 'contains', 'contain')} devices and ${plural(sheets.length, 'is', 'are')} not read. Choose the sheets above.`,
    HiddenColumns: ({ columns }) =>
      `Devices are read from the hidden ${plural(columns.length, 'column', 'columns')} ${quoted(columns)}.`,
    Preset: ({ title, keys }) =>
      `The file is read as an export of ${title}.${keys === 'derive' ? ' Its keys may be too long for a DeviceSecret: choose below to derive the secrets from them.' : ''}`,
    LooksLike: ({ title }) =>
      `The columns are those of ${title}. Choose it under Platform if the file is such an export.`,
    ChosenRows: ({ path }) => `Devices are read from “${path}” of the JSON document.`,
  } satisfies NoteTexts,
  findings: {
    RepeatedHeader: () => 'Rows that repeat the header are skipped.',
    ShownByFormat: () =>
      'These numbers are read as the sheet displays them, with the zeros or text of their format. Check that they are right.',
    SameSecret: () => 'These devices have the same secret.',
    Fixed: (by) => (by === 'edit' ? 'Values were corrected by hand.' : `Changed: ${fixedBy(by)}.`),
    LeftOut: (what) =>
      what === 'tag'
        ? `Some tags are not legal and will not be set. A key has ${tagKeyRule.en}, a value ${tagValueRule.en}.`
        : `Some nicknames are not legal and will not be set. A nickname has ${changedNickname.words}. A line such as nickname = COLUMN | replace " " _ under Values made of columns changes them.`,
    FixedBefore: () => 'Rows that the report lists only as changed are skipped.',
    LateEncoding: () =>
      'From this line on the text is not valid UTF-8. If the rows look wrong, choose another encoding.',
  } satisfies { readonly [C in Finding['code']]: (what: Finding['what']) => string } as {
    readonly [C in Finding['code']]: (what: Finding['what']) => string
  },
  readAs: (title: string) => `Read as ${title}`,
  isReport: 'This is a list of bad rows. Its last columns, which describe the faults, are ignored.',
  where: (column: string | undefined, line: string, count: string) =>
    `${column === undefined ? '' : `${column}: `}${count} from line ${line} on.`,
}
