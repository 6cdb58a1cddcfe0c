import type { Fix } from '../../../device-files/reshape/fixes.ts'
import { tagKeyRule, tagValueRule } from '../../../rules/device-tags.ts'
import { fieldNames } from '../en/import-names.ts'
import type { en } from '../en/import-notes.ts'
import { listed } from './import-names.ts'
import { zh as reshape } from './import-reshape.ts'

export const zh: typeof en = {
  notes: {
    TakenEncoding: ({ encoding }) =>
      `文本按 ${encoding.toUpperCase()} 读取。如内容显示异常，请选择其他编码。`,
    BrokenUtf8: () => '文本按 UTF-8 读取，但其中部分字节不是 UTF-8，显示为 \ufffd。如有误，请选择其他编码。',
    ReportHeader: () => '首行是错误行清单的表头，已按表头读取。',
    NoHeader: ({ columns }) =>
      `首行被视为设备，各列依次为 ${columns.join('、')}。如首行是列名，请在上方选择。`,
    GuessedHeader: () => '首行被视为列名，但没有一个是已知的列名。如首行是设备，请在上方选择。',
    SepLine: ({ delimiter }) => `“sep=${delimiter}”一行指定了分隔符，已跳过。`,
    SkippedLines: ({ count, header }) => `列名（第 ${header} 行）上方的 ${count} 行已跳过。`,
    ChosenColumn: ({ field, column, others }) =>
      `${fieldNames[field]} 读取自“${column}”；${listed(others)}也符合要求，如有误请在“列对应”中选择。`,
    OtherColumnFits: ({ field, column, others }) =>
      `前几行中“${column}”没有合法的 ${fieldNames[field]}，而${listed(others)}符合要求：如有需要请在“列对应”中选择。`,
    AmbiguousColumn: ({ field, columns }) =>
      `${fieldNames[field]} 可能在多个列中（${columns.join('、')}）：请在“列对应”中选择。`,
    OtherDelimiter: ({ delimiter }) => `若以“${delimiter}”分隔，首行即为列名：如是，请选择该分隔符。`,
    ChosenSheet: ({ sheet, sheets }) =>
      `读取的是工作表“${sheet}”（共有${listed(sheets)}）。如有误，请在上方选择。`,
    HiddenSheets: ({ sheets }) => `隐藏的工作表${listed(sheets)}也包含设备，未读取。如需要，请在上方选择。`,
    HiddenColumns: ({ columns }) => `工作表中隐藏了列${listed(columns)}，设备数据读取自这些列。`,
    Preset: ({ title, keys }) =>
      `文件按 ${title} 的导出读取。${keys === 'derive' ? '其密钥可能超出 DeviceSecret 的长度，可在下方选择由密钥派生。' : ''}`,
    LooksLike: ({ title }) => `这些列与 ${title} 的导出一致。如果确实是该平台的导出，请在“来源平台”中选择。`,
    ChosenRows: ({ path }) => `设备读取自 JSON 文档的“${path}”。`,
  },
  findings: {
    RepeatedHeader: () => '与列名相同的行已跳过。',
    ShownByFormat: () => '这些数字按表格中显示的内容读取（包含格式添加的零或文字），请核对。',
    SameSecret: () => '这些设备的密钥相同。',
    Fixed: (by) =>
      by === 'edit' ? '部分值已手动更正。' : `已修改：${reshape.fixNames[by as Fix] ?? String(by)}。`,
    LeftOut: (what) =>
      what === 'tag'
        ? `部分标签不合法，不会设置。标签键须为 ${tagKeyRule.zh}；标签值须为 ${tagValueRule.zh}。`
        : '部分备注名称不合法，不会设置。备注名称须为 4～32 个字符，可含中文、日文、字母、数字和下划线（中日文字算两个字符）。可在“由列生成的值”中修改，例如：nickname = 列名 | replace " " _。',
    FixedBefore: () => '跳过报告中仅因修改而列出的行。',
    LateEncoding: () => '从此处起文本不是 UTF-8。如内容显示异常，请选择其他编码。',
  },
  readAs: (title) => `按 ${title} 读取`,
  isReport: '这是错误行清单：最后几列用于说明错误，会被忽略。',
  where: (column, line, count) =>
    `${column === undefined ? '' : `${column}：`}共 ${count} 处，首次出现在第 ${line} 行。`,
}
