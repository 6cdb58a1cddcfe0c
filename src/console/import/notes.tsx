import { Alert, Flex } from 'antd'
import type { Finding, Note } from '../../device-files/notes.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import { type NumberFormat, useNumberFormat } from '../shell/number-format.ts'

interface Words {
  readonly notes: { readonly [C in Note['code']]: (note: Extract<Note, { readonly code: C }>) => string }
  readonly findings: { readonly [C in Finding['code']]: string }
  /** Of a list of bad rows that is dropped again. */
  readonly isReport: string
  readonly where: (column: string | undefined, line: string, count: string) => string
}

const columnNames = { name: 'DeviceName', secret: 'DeviceSecret', sn: 'Sn' } as const

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')
const listed = (names: readonly string[]) => names.map((name) => `“${name}”`).join('、')

const texts: Texts<Words> = {
  en: {
    notes: {
      TakenEncoding: ({ encoding }) =>
        `The text is taken as ${encoding.toUpperCase()}. If the rows look wrong, choose another encoding.`,
      BrokenUtf8: () =>
        'The text is taken as UTF-8, but some bytes in it are not; they are shown as \ufffd. If that is wrong, choose another encoding.',
      ReportHeader: () => 'The first line is the header of a list of bad rows, and is taken as one.',
      NoHeader: ({ columns }) =>
        `The first line is taken as a device, so the columns are taken as ${columns.join(', ')}. If it names the columns, choose so above.`,
      GuessedHeader: () =>
        'The first line is taken as the names of the columns, though it names none that is known. If it is a device, choose so above.',
      SepLine: ({ delimiter }) => `The line “sep=${delimiter}” gives the delimiter, and is skipped.`,
      SkippedLines: ({ count, header }) =>
        `${count === 1 ? 'A line' : `${count} lines`} above the names of the columns (line ${header}) ${count === 1 ? 'is' : 'are'} skipped.`,
      ChosenColumn: ({ field, column, others }) =>
        `The ${columnNames[field]} is read from “${column}”; ${quoted(others)} would fit, too. Choose another under Columns if that is meant.`,
      OtherColumnFits: ({ field, column, others }) =>
        `In the first rows “${column}” holds no legal ${columnNames[field]}, and ${quoted(others)} would fit: choose it under Columns if it is meant.`,
      AmbiguousColumn: ({ field, columns }) =>
        `The ${columnNames[field]} may stand in several columns (${columns.join(', ')}): choose one under Columns.`,
      OtherDelimiter: ({ delimiter }) =>
        `The first line names columns if its cells are between “${delimiter}”: choose that delimiter if it is meant.`,
      ChosenSheet: ({ sheet, sheets }) =>
        `The sheet “${sheet}” is read, of ${quoted(sheets)}. Choose others above if they are meant.`,
      HiddenSheets: ({ sheets }) =>
        `The hidden ${sheets.length === 1 ? 'sheet' : 'sheets'} ${quoted(sheets)} would fit, too, and ${sheets.length === 1 ? 'is' : 'are'} not read. Choose above what is meant.`,
      HiddenColumns: ({ columns }) =>
        `The sheet does not show ${columns.length === 1 ? 'the column' : 'the columns'} ${quoted(columns)}, from which devices are read.`,
      ChosenRows: ({ path }) => `The devices are read from “${path}” of the JSON document.`,
    },
    findings: {
      RepeatedHeader: 'Rows that repeat the names of the columns are skipped.',
      ShownByFormat:
        'These are numbers that are read as the sheet shows them, with the zeros or text of their format. See that they are right.',
      SameSecret: 'These devices have one and the same secret.',
      LateEncoding: 'The text is not UTF-8 from here on. If the rows look wrong, choose another encoding.',
    },
    isReport: 'This is a list of bad rows: its last columns, which say what was wrong, are passed over.',
    where: (column, line, count) =>
      `${column === undefined ? '' : `${column}: `}${count} from line ${line} on.`,
  },
  zh: {
    notes: {
      TakenEncoding: ({ encoding }) =>
        `文本按 ${encoding.toUpperCase()} 读取。如内容显示异常，请选择其他编码。`,
      BrokenUtf8: () =>
        '文本按 UTF-8 读取，但其中部分字节不是 UTF-8，显示为 \ufffd。如有误，请选择其他编码。',
      ReportHeader: () => '首行是错误行清单的表头，已按表头读取。',
      NoHeader: ({ columns }) =>
        `首行被视为设备，各列依次为 ${columns.join('、')}。如首行是列名，请在上方选择。`,
      GuessedHeader: () => '首行被视为列名，但没有一个是已知的列名。如首行是设备，请在上方选择。',
      SepLine: ({ delimiter }) => `“sep=${delimiter}”一行指定了分隔符，已跳过。`,
      SkippedLines: ({ count, header }) => `列名（第 ${header} 行）上方的 ${count} 行已跳过。`,
      ChosenColumn: ({ field, column, others }) =>
        `${columnNames[field]} 读取自“${column}”；${listed(others)}也符合要求，如有误请在“列对应”中选择。`,
      OtherColumnFits: ({ field, column, others }) =>
        `前几行中“${column}”没有合法的 ${columnNames[field]}，而${listed(others)}符合要求：如有需要请在“列对应”中选择。`,
      AmbiguousColumn: ({ field, columns }) =>
        `${columnNames[field]} 可能在多个列中（${columns.join('、')}）：请在“列对应”中选择。`,
      OtherDelimiter: ({ delimiter }) => `若以“${delimiter}”分隔，首行即为列名：如是，请选择该分隔符。`,
      ChosenSheet: ({ sheet, sheets }) =>
        `读取的是工作表“${sheet}”（共有${listed(sheets)}）。如有误，请在上方选择。`,
      HiddenSheets: ({ sheets }) => `隐藏的工作表${listed(sheets)}也包含设备，未读取。如需要，请在上方选择。`,
      HiddenColumns: ({ columns }) => `工作表中隐藏了列${listed(columns)}，设备数据读取自这些列。`,
      ChosenRows: ({ path }) => `设备读取自 JSON 文档的“${path}”。`,
    },
    findings: {
      RepeatedHeader: '与列名相同的行已跳过。',
      ShownByFormat: '这些数字按表格中显示的内容读取（包含格式添加的零或文字），请核对。',
      SameSecret: '这些设备的密钥相同。',
      LateEncoding: '从此处起文本不是 UTF-8。如内容显示异常，请选择其他编码。',
    },
    isReport: '这是错误行清单：最后几列用于说明错误，会被忽略。',
    where: (column, line, count) =>
      `${column === undefined ? '' : `${column}：`}共 ${count} 处，首次出现在第 ${line} 行。`,
  },
}

/** Notes by which something must be decided, and not only known. */
const urgent: ReadonlySet<Note['code']> = new Set(['AmbiguousColumn', 'OtherColumnFits', 'OtherDelimiter'])

/** What the person who reads the file should know, and what was found in its rows. */
export function Notes({
  notes,
  isReport,
  findings,
}: {
  readonly notes: readonly Note[]
  readonly isReport: boolean
  readonly findings: readonly Finding[]
}) {
  const words = useTexts(texts)
  const numberFormat = useNumberFormat()
  if (notes.length + findings.length === 0 && !isReport) return null
  return (
    <Flex vertical gap={8}>
      {isReport && <Alert type="info" showIcon title={words.isReport} />}
      {notes.map((note) => (
        <Alert
          key={note.code + ('field' in note ? note.field : '')}
          type={urgent.has(note.code) ? 'warning' : 'info'}
          showIcon
          title={noteIn(words, note)}
        />
      ))}
      {findings.map((one) => (
        <Alert
          key={`${one.code}${one.field}`}
          type="warning"
          showIcon
          title={`${words.findings[one.code]} ${placeIn(words, numberFormat, one)}`}
        />
      ))}
    </Flex>
  )
}

// The table has for each code what takes notes of that code.
const noteIn = (words: Words, note: Note): string => (words.notes[note.code] as (note: Note) => string)(note)

const placeIn = (words: Words, numberFormat: NumberFormat, { field, line, count }: Finding) =>
  words.where(field && columnNames[field], numberFormat.count(line), numberFormat.count(count))
