import { Alert } from 'antd'
import type { Unreadable as Why } from '../../rows/unreadable.ts'
import { type Texts, useTexts } from '../shell/language.tsx'

type Words = { readonly [C in Why['code']]: (why: Extract<Why, { readonly code: C }>) => string }

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')

const texts: Texts<{ readonly title: string; readonly because: Words }> = {
  en: {
    title: 'The file can’t be read',
    because: {
      EmptyFile: () => 'It is empty.',
      EmptySheet: ({ sheet, sheets }) =>
        sheets.length > 1
          ? `The sheet “${sheet}” is empty: choose another one of the file.`
          : 'Its only sheet is empty.',
      OldExcel: () => 'It is an XLS file of an old Excel: save it as XLSX or CSV.',
      NotXlsx: ({ cause }) =>
        `It is no XLSX file that can be read (${cause}): save it anew as XLSX, or as CSV.`,
      NoSuchSheet: ({ sheet, sheets }) => `It has no sheet “${sheet}”; it has: ${quoted(sheets)}.`,
      UnclosedQuote: ({ line }) =>
        `In line ${line} a quote is opened and never closed: close it there, or choose another delimiter.`,
      MisplacedQuote: ({ line }) =>
        `In line ${line} a quote stands in the wrong place: a cell with quotes in it must be quoted, and each of them doubled.`,
      JsonArray: ({ line }) =>
        `Line ${line} begins a JSON array: an object in each line is wanted, and nothing around them.`,
      NotJson: ({ line }) => `Line ${line} is no JSON.`,
      NotAnObject: ({ line }) => `Line ${line} is JSON, but no object such as {"DeviceName": …}.`,
      NoSuchColumn: ({ column, columns }) => `There is no column “${column}”; there are: ${quoted(columns)}.`,
      SameColumn: ({ column }) =>
        `The column “${column}” was chosen for two fields: each needs one of its own.`,
      UnknownColumn: ({ field, columns }) =>
        `No column is known to hold the device’s ${field}; there are: ${quoted(columns)}.`,
    },
  },
  zh: {
    title: '无法读取文件',
    because: {
      EmptyFile: () => '文件是空的。',
      EmptySheet: ({ sheet, sheets }) =>
        sheets.length > 1 ? `工作表“${sheet}”是空的，请选择其他工作表。` : '文件唯一的工作表是空的。',
      OldExcel: () => '这是旧版 Excel 的 XLS 文件，请另存为 XLSX 或 CSV。',
      NotXlsx: ({ cause }) => `无法作为 XLSX 文件读取（${cause}）：请重新另存为 XLSX 或 CSV。`,
      NoSuchSheet: ({ sheet, sheets }) => `没有工作表“${sheet}”，现有：${quoted(sheets)}。`,
      UnclosedQuote: ({ line }) => `第 ${line} 行的引号没有闭合：请修正，或选择其他分隔符。`,
      MisplacedQuote: ({ line }) =>
        `第 ${line} 行的引号位置不对：含引号的单元格须用引号括起，其中每个引号写成两个。`,
      JsonArray: ({ line }) => `第 ${line} 行是 JSON 数组的开头：需要每行一个对象，外面不加任何符号。`,
      NotJson: ({ line }) => `第 ${line} 行不是 JSON。`,
      NotAnObject: ({ line }) => `第 ${line} 行是 JSON，但不是 {"DeviceName": …} 这样的对象。`,
      NoSuchColumn: ({ column, columns }) => `没有列“${column}”，现有：${quoted(columns)}。`,
      SameColumn: ({ column }) => `列“${column}”被选给了两个字段：每个字段需要各自的列。`,
      UnknownColumn: ({ field, columns }) => `没有找到设备的 ${field} 所在的列，现有：${quoted(columns)}。`,
    },
  },
}

/** Why a file can't be read, and what to do about it. */
export function Unreadable({ why }: { readonly why: Why }) {
  const { title, because } = useTexts(texts)
  // The table has for each code what takes reasons of that code.
  const words = because[why.code] as (why: Why) => string
  return <Alert type="error" showIcon role="alert" title={title} description={words(why)} />
}
