import { Alert, Flex } from 'antd'
import type { Damage, Note } from '../../rows/notes.ts'
import { type Figures, useFigures } from '../shell/figures.ts'
import { type Texts, useTexts } from '../shell/language.tsx'

interface Words {
  readonly notes: { readonly [C in Note['code']]: (note: Extract<Note, { readonly code: C }>) => string }
  readonly damage: { readonly [C in Damage['code']]: string }
  /** Of a list of bad rows that is dropped again. */
  readonly isReport: string
  readonly where: (column: string, line: string, count: string) => string
}

const columnNames = { name: 'DeviceName', secret: 'DeviceSecret', sn: 'Sn' } as const

const texts: Texts<Words> = {
  en: {
    notes: {
      TakenEncoding: ({ encoding }) =>
        `The text is taken as ${encoding.toUpperCase()}. If the rows look wrong, choose another encoding.`,
      BrokenUtf8: () =>
        'The text is taken as UTF-8, but some bytes in it are not; they are shown as \ufffd. If that is wrong, choose another encoding.',
      ReportHeader: () => 'The first line is the header of a list of bad rows, and is taken as one.',
      NoHeader: ({ columns }) =>
        `The first line is taken as a device, so the columns are taken as ${columns.join(', ')}.`,
    },
    damage: {
      RoundedNumber:
        'A spreadsheet has rounded numbers (like 1.2E+11), and their other digits are lost: make the column text there and fill it in again.',
      LostLeadingZeros:
        'Most of these numbers have the same length, and some are shorter: a spreadsheet may have dropped their leading zeros. Make the column text there and fill them in again.',
      Apostrophe:
        'An apostrophe stands before numbers, by which spreadsheets keep them text: take it away, or make the column text.',
      ShownZeros:
        'These are numbers whose leading zeros only their format shows; they are read with those zeros. See that they are right.',
    },
    isReport: 'This is a list of bad rows: its last columns, which say what was wrong, are passed over.',
    where: (column, line, count) => `${column}: ${count} from line ${line} on.`,
  },
  zh: {
    notes: {
      TakenEncoding: ({ encoding }) =>
        `文本按 ${encoding.toUpperCase()} 读取。如内容显示异常，请选择其他编码。`,
      BrokenUtf8: () =>
        '文本按 UTF-8 读取，但其中部分字节不是 UTF-8，显示为 \ufffd。如有误，请选择其他编码。',
      ReportHeader: () => '首行是错误行清单的表头，已按表头读取。',
      NoHeader: ({ columns }) => `首行被视为设备，各列依次为 ${columns.join('、')}。`,
    },
    damage: {
      RoundedNumber:
        '电子表格将数字转成了科学计数（如 1.2E+11），其余位数已丢失：请在表格中将该列设为文本后重新填写。',
      LostLeadingZeros:
        '这些数字大多长度相同，少数较短：可能被电子表格去掉了前导零。请在表格中将该列设为文本后重新填写。',
      Apostrophe: '数字前有一个撇号（电子表格用来表示文本）：请删除撇号，或将该列设为文本。',
      ShownZeros: '这些数字的前导零只来自单元格格式，读取时已补上，请核对。',
    },
    isReport: '这是错误行清单：最后几列用于说明错误，会被忽略。',
    where: (column, line, count) => `${column}：共 ${count} 处，首次出现在第 ${line} 行。`,
  },
}

/** What whoever reads the file should know, and what a spreadsheet seems to have done to it. */
export function Notes({
  notes,
  isReport,
  damage,
}: {
  readonly notes: readonly Note[]
  readonly isReport: boolean
  readonly damage: readonly Damage[]
}) {
  const words = useTexts(texts)
  const figures = useFigures()
  if (notes.length + damage.length === 0 && !isReport) return null
  return (
    <Flex vertical gap={8}>
      {isReport && <Alert type="info" showIcon title={words.isReport} />}
      {notes.map((note) => (
        <Alert key={note.code} type="info" showIcon title={noteIn(words, note)} />
      ))}
      {damage.map((one) => (
        <Alert
          key={one.code + one.field}
          type="warning"
          showIcon
          title={`${words.damage[one.code]} ${placeIn(words, figures, one)}`}
        />
      ))}
    </Flex>
  )
}

// The table has for each code what takes notes of that code.
const noteIn = (words: Words, note: Note): string => (words.notes[note.code] as (note: Note) => string)(note)

const placeIn = (words: Words, figures: Figures, { field, line, count }: Damage) =>
  words.where(columnNames[field], figures.count(line), figures.count(count))
