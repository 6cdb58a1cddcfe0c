import { Alert } from 'antd'
import type { ArtifactKind } from '../../device-files/faults.ts'
import type { ForeignKind, Unreadable as Why } from '../../device-files/unreadable.ts'
import { type Texts, useTexts } from '../shell/language.tsx'

type Words = { readonly [C in Why['code']]: (why: Extract<Why, { readonly code: C }>) => string }

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')
const listed = (names: readonly string[]) => names.map((name) => `“${name}”`).join('、')

const foreign: Texts<{ readonly [K in ForeignKind]: string }> = {
  en: {
    oldExcel: 'It is an XLS workbook of Excel 97–2003: open it and save it as XLSX or CSV.',
    encryptedWorkbook:
      'The workbook is encrypted with a password: open it, remove the password and save it again.',
    binaryWorkbook: 'It is a binary XLSB workbook: open it and save it as XLSX or CSV.',
    openDocument: 'It is an OpenDocument spreadsheet (ODS): open it and save it as XLSX or CSV.',
    numbers: 'It is a document of Apple Numbers: export it as XLSX or CSV.',
    html: 'It is a web page (HTML), as some programs write it and call it .xls: open it and save it as XLSX or CSV.',
    xmlSpreadsheet: 'It is an XML spreadsheet (Excel 2003 or flat ODS): open it and save it as XLSX or CSV.',
    mail: 'It is a web page in MIME format: open it and save it as XLSX or CSV.',
    rtf: 'It is an RTF document: copy the table into a spreadsheet and save it as XLSX or CSV.',
    wordOrSlides:
      'It is a document of Word or PowerPoint: copy the table into a spreadsheet and save it as XLSX or CSV.',
    zip: 'It is a ZIP archive: unpack it and drop the file inside.',
    archive: 'It is an archive: unpack it and drop the file inside.',
    picture: 'It is a picture: a list of devices is text, CSV or XLSX.',
    pdf: 'It is a PDF document: export the list as CSV or XLSX from the program that made it.',
    database: 'It is a database file: export the table as CSV.',
    parquet: 'It is a Parquet file: export it as CSV or JSON lines.',
    key: 'It is a key or certificate (PEM), and no list of devices.',
    binary: 'It is a binary file, no text and no workbook: CSV, TSV, JSON and XLSX are read.',
  },
  zh: {
    oldExcel: '这是 Excel 97–2003 的 XLS 工作簿：请打开后另存为 XLSX 或 CSV。',
    encryptedWorkbook: '工作簿已用密码加密：请打开并取消密码后重新保存。',
    binaryWorkbook: '这是二进制 XLSB 工作簿：请打开后另存为 XLSX 或 CSV。',
    openDocument: '这是 OpenDocument 电子表格（ODS）：请打开后另存为 XLSX 或 CSV。',
    numbers: '这是 Apple Numbers 文档：请导出为 XLSX 或 CSV。',
    html: '这是网页（HTML），有些程序将其命名为 .xls：请打开后另存为 XLSX 或 CSV。',
    xmlSpreadsheet: '这是 XML 电子表格（Excel 2003 或单文件 ODS）：请打开后另存为 XLSX 或 CSV。',
    mail: '这是 MIME 格式的网页：请打开后另存为 XLSX 或 CSV。',
    rtf: '这是 RTF 文档：请将表格复制到电子表格中，另存为 XLSX 或 CSV。',
    wordOrSlides: '这是 Word 或 PowerPoint 文档：请将表格复制到电子表格中，另存为 XLSX 或 CSV。',
    zip: '这是 ZIP 压缩包：请解压后拖入其中的文件。',
    archive: '这是压缩包：请解压后拖入其中的文件。',
    picture: '这是图片：设备清单须为文本、CSV 或 XLSX。',
    pdf: '这是 PDF 文档：请从原程序导出为 CSV 或 XLSX。',
    database: '这是数据库文件：请将表导出为 CSV。',
    parquet: '这是 Parquet 文件：请导出为 CSV 或 JSON Lines。',
    key: '这是密钥或证书（PEM），不是设备清单。',
    binary: '这是二进制文件，不是文本或工作簿：支持 CSV、TSV、JSON 和 XLSX。',
  },
}

/** Damage that shows only beside values that stand behind. */
const late: Texts<{ readonly [K in ArtifactKind]?: string }> = {
  en: {
    lostZeros: 'fewer digits than nearly all others of the column, as if leading zeros were lost',
    tooManyDigits: 'more than 15 digits that end in zeros, as a spreadsheet rounds them',
    scientific: 'numbers in scientific notation, such as 12E5',
  },
  zh: {
    lostZeros: '位数少于该列的其他值，前导零可能已丢失',
    tooManyDigits: '超过 15 位且以零结尾，可能已被电子表格舍入',
    scientific: '科学计数法的数字，例如 12E5',
  },
}

const texts: Texts<{ readonly title: string; readonly question: string; readonly because: Words }> = {
  en: {
    title: 'The file can’t be read',
    question: 'How is the file to be read?',
    because: {
      EmptyFile: () => 'It is empty.',
      NoRows: () => 'It holds no rows.',
      EmptySheet: ({ sheet, sheets }) =>
        sheets.length > 1
          ? `The sheet “${sheet}” is empty: choose another one of the file.`
          : 'Its only sheet is empty.',
      ForeignFile: ({ kind, names }) =>
        `${foreign.en[kind]}${names?.length ? ` It holds ${quoted(names)}.` : ''}`,
      NotXlsx: ({ cause }) =>
        `It is no XLSX file that can be read (${cause}): save it anew as XLSX, or as CSV.`,
      NotGzip: ({ cause }) => `It can’t be unpacked (${cause}): pack it again, or drop it unpacked.`,
      NoSuchSheet: ({ sheet, sheets }) => `It has no sheet “${sheet}”; it has: ${quoted(sheets)}.`,
      AmbiguousSheet: ({ fitting }) =>
        `The sheets ${quoted(fitting)} all hold devices: choose those that are meant.`,
      OtherColumns: ({ sheet, first }) =>
        `The sheet “${sheet}” has other columns than “${first}”: read each by itself.`,
      UnclosedQuote: ({ line }) =>
        `In line ${line} a quote is opened and never closed: close it there, or choose another delimiter.`,
      MisplacedQuote: ({ line }) =>
        `In line ${line} a quote stands in the wrong place: a cell with quotes in it must be quoted, and each of them doubled.`,
      LongLine: ({ line }) => `Line ${line} is longer than 16 MiB: a list has a device in each line.`,
      NotJson: ({ line }) => `Line ${line} is no JSON.`,
      NotAnObject: ({ line }) => `Line ${line} is JSON, but no object such as {"DeviceName": …}.`,
      NoSuchRows: ({ path }) =>
        path === undefined
          ? 'The JSON document holds no array of objects.'
          : `The JSON document has no array of objects at “${path}”.`,
      AmbiguousRows: ({ paths }) =>
        `The JSON document holds several arrays of objects (${quoted(paths)}): choose the one with the devices.`,
      LargeDocument: () =>
        'The JSON document is larger than 256 MiB: say where its array of devices is, such as data.devices.',
      AmbiguousNumbers: ({ field, kind, line, count }) =>
        `${count === 1 ? 'A value' : `${count.toLocaleString('en-US')} values`} of the ${field}, first in line ${line}, may be damaged: ${late.en[kind] ?? ''}. Mend the file, or take all as they stand.`,
      AmbiguousProducts: ({ line, products: [one, other] }) =>
        `Line ${line} is a device of the product “${other}”, and those above are of “${one}”: split the file by its products, or take all as devices of the one chosen here.`,
      AmbiguousHeader: ({ line }) =>
        `Line ${line} may name the columns or be a device, and either way the rows are legal.`,
      AmbiguousLines: ({ header }) =>
        `Line ${header} names the columns; the lines above it may be a title, or devices.`,
      AmbiguousColumn: ({ field, columns }) =>
        `The device’s ${field} may stand in several columns: ${columns.join(', ')}.`,
      NoSuchColumn: ({ column, columns, mayBeDevice }) =>
        mayBeDevice
          ? `There is no column “${column}” among ${columns.length}.`
          : `There is no column “${column}”; there are: ${quoted(columns)}.`,
      SameColumn: ({ column }) =>
        `The column “${column}” was chosen for two fields: each needs one of its own.`,
      UnknownColumn: ({ field, columns, mayBeDevice }) =>
        mayBeDevice
          ? `No column is known to hold the device’s ${field} among ${columns.length}.`
          : `No column is known to hold the device’s ${field}; there are: ${quoted(columns)}.`,
    },
  },
  zh: {
    title: '无法读取文件',
    question: '请指定文件的读取方式',
    because: {
      EmptyFile: () => '文件是空的。',
      NoRows: () => '文件中没有数据行。',
      EmptySheet: ({ sheet, sheets }) =>
        sheets.length > 1 ? `工作表“${sheet}”是空的，请选择其他工作表。` : '文件唯一的工作表是空的。',
      ForeignFile: ({ kind, names }) =>
        `${foreign.zh[kind]}${names?.length ? `其中包含${listed(names)}。` : ''}`,
      NotXlsx: ({ cause }) => `无法作为 XLSX 文件读取（${cause}）：请重新另存为 XLSX 或 CSV。`,
      NotGzip: ({ cause }) => `无法解压（${cause}）：请重新压缩，或拖入解压后的文件。`,
      NoSuchSheet: ({ sheet, sheets }) => `没有工作表“${sheet}”，现有：${listed(sheets)}。`,
      AmbiguousSheet: ({ fitting }) => `工作表${listed(fitting)}都包含设备：请选择需要的工作表。`,
      OtherColumns: ({ sheet, first }) => `工作表“${sheet}”的列与“${first}”不同：请分别读取。`,
      UnclosedQuote: ({ line }) => `第 ${line} 行的引号没有闭合：请修正，或选择其他分隔符。`,
      MisplacedQuote: ({ line }) =>
        `第 ${line} 行的引号位置不对：含引号的单元格须用引号括起，其中每个引号写成两个。`,
      LongLine: ({ line }) => `第 ${line} 行超过 16 MiB：设备清单每行一台设备。`,
      NotJson: ({ line }) => `第 ${line} 行不是 JSON。`,
      NotAnObject: ({ line }) => `第 ${line} 行是 JSON，但不是 {"DeviceName": …} 这样的对象。`,
      NoSuchRows: ({ path }) =>
        path === undefined ? 'JSON 文档中没有对象数组。' : `JSON 文档的“${path}”处没有对象数组。`,
      AmbiguousRows: ({ paths }) => `JSON 文档中有多个对象数组（${listed(paths)}）：请选择包含设备的数组。`,
      LargeDocument: () => 'JSON 文档超过 256 MiB：请指定设备数组的位置，例如 data.devices。',
      AmbiguousNumbers: ({ field, kind, line, count }) =>
        `${field} 有 ${count} 个值（首个在第 ${line} 行）可能已损坏：${late.zh[kind] ?? ''}。请修正文件，或按原样读取。`,
      AmbiguousProducts: ({ line, products: [one, other] }) =>
        `第 ${line} 行的设备属于产品“${other}”，其上方的设备属于“${one}”：请按产品拆分文件，或全部作为此处所选产品的设备读取。`,
      AmbiguousHeader: ({ line }) => `第 ${line} 行可能是列名，也可能是设备，两种读法都合法。`,
      AmbiguousLines: ({ header }) => `第 ${header} 行是列名，其上方的行可能是标题，也可能是设备。`,
      AmbiguousColumn: ({ field, columns }) => `设备的 ${field} 可能在多个列中：${columns.join('、')}。`,
      NoSuchColumn: ({ column, columns, mayBeDevice }) =>
        mayBeDevice
          ? `没有列“${column}”（共 ${columns.length} 列）。`
          : `没有列“${column}”，现有：${listed(columns)}。`,
      SameColumn: ({ column }) => `列“${column}”被选给了两个字段：每个字段需要各自的列。`,
      UnknownColumn: ({ field, columns, mayBeDevice }) =>
        mayBeDevice
          ? `${columns.length} 列中没有找到设备的 ${field} 所在的列。`
          : `没有找到设备的 ${field} 所在的列，现有：${listed(columns)}。`,
    },
  },
}

/** Why a file can't be read, and what to do about it; a question where the person can answer it. */
export function Unreadable({ why }: { readonly why: Why }) {
  const { title, question, because } = useTexts(texts)
  // The table has for each code what takes reasons of that code.
  const words = because[why.code] as (why: Why) => string
  const isQuestion = /^Ambiguous/.test(why.code)
  return (
    <Alert
      type={isQuestion ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={isQuestion ? question : title}
      description={words(why)}
    />
  )
}
