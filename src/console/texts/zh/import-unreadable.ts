import type { ArtifactKind } from '../../../device-files/faults.ts'
import type { ForeignKind } from '../../../device-files/unreadable.ts'
import { fieldNames } from '../en/import-names.ts'
import type { en } from '../en/import-unreadable.ts'
import { listed } from './import-names.ts'

const foreign: { readonly [K in ForeignKind]: string } = {
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
}

const late: { readonly [K in ArtifactKind]?: string } = {
  lostZeros: '位数少于该列的其他值，前导零可能已丢失',
  tooManyDigits: '超过 15 位且以零结尾，可能已被电子表格舍入',
  scientific: '科学计数法的数字，例如 12E5',
}

export const zh: typeof en = {
  title: '无法读取文件',
  question: '请指定文件的读取方式',
  because: {
    EmptyFile: () => '文件是空的。',
    NoRows: () => '文件中没有数据行。',
    EmptySheet: ({ sheet, sheets }) =>
      sheets.length > 1 ? `工作表“${sheet}”是空的，请选择其他工作表。` : '文件唯一的工作表是空的。',
    ForeignFile: ({ kind, names }) => `${foreign[kind]}${names?.length ? `其中包含${listed(names)}。` : ''}`,
    NotXlsx: ({ cause }) => `无法作为 XLSX 文件读取（${cause}）：请重新另存为 XLSX 或 CSV。`,
    NotGzip: ({ cause }) => `无法解压（${cause}）：请重新压缩，或拖入解压后的文件。`,
    NoSuchSheet: ({ sheet, sheets }) => `没有工作表“${sheet}”，现有：${listed(sheets)}。`,
    AmbiguousSheet: ({ fitting }) => `工作表${listed(fitting)}都包含设备：请选择需要的工作表。`,
    OtherColumns: ({ sheet, first }) => `工作表“${sheet}”的列与“${first}”不同：请分别读取。`,
    UnclosedQuote: ({ line }) => `第 ${line} 行的引号没有闭合：请修正，或选择其他分隔符。`,
    MisplacedQuote: ({ line }) =>
      `第 ${line} 行的引号位置不对：含引号的单元格须用引号括起，其中每个引号写成两个。`,
    LongLine: ({ line }) => `第 ${line} 行超过 16 MiB：设备清单每行一个设备。`,
    NotJson: ({ line }) => `第 ${line} 行不是 JSON。`,
    NotAnObject: ({ line }) => `第 ${line} 行是 JSON，但不是 {"DeviceName": …} 这样的对象。`,
    NoSuchRows: ({ path }) =>
      path === undefined ? 'JSON 文档中没有对象数组。' : `JSON 文档的“${path}”处没有对象数组。`,
    AmbiguousRows: ({ paths }) => `JSON 文档中有多个对象数组（${listed(paths)}）：请选择包含设备的数组。`,
    LargeDocument: () => 'JSON 文档超过 256 MiB：请指定设备数组的位置，例如 data.devices。',
    AmbiguousNumbers: ({ field, kind, line, count }) =>
      `${field} 有 ${count} 个值（首个在第 ${line} 行）可能已损坏：${late[kind] ?? ''}。请修正文件，或按原样读取。`,
    AmbiguousProducts: ({ line, products: [one, other] }) =>
      `第 ${line} 行的设备属于产品“${other}”，其上方的设备属于“${one}”：请按产品拆分文件，或全部作为此处所选产品的设备读取。`,
    AmbiguousHeader: ({ line }) => `第 ${line} 行可能是列名，也可能是设备，两种读法都合法。`,
    AmbiguousLines: ({ header }) => `第 ${header} 行是列名，其上方的行可能是标题，也可能是设备。`,
    AmbiguousColumn: ({ field, columns }) => `设备的 ${field} 可能在多个列中：${columns.join('、')}。`,
    NoSuchColumn: ({ column, columns, mayBeDevice }) =>
      mayBeDevice
        ? `没有列“${column}”（共 ${columns.length} 列）。`
        : `没有列“${column}”，现有：${listed(columns)}。`,
    MissingColumn: ({ title, field, wanted }) =>
      wanted.length === 0
        ? `${title} 的导出不含${fieldNames[field]}，可在下方选择生成密钥。`
        : `${title} 的文件应在 ${listed(wanted)} 列中提供${fieldNames[field]}，但没有这样的列。请选择其他平台${field === 'secret' ? '，或生成密钥' : ''}。`,
    SameColumn: ({ column }) => `列“${column}”同时对应了两个字段：每个字段须对应不同的列。`,
    UnknownColumn: ({ field, columns, mayBeDevice }) =>
      mayBeDevice
        ? `${columns.length} 列中没有找到设备的 ${field} 所在的列。`
        : `没有找到设备的 ${field} 所在的列，现有：${listed(columns)}。`,
  },
}
