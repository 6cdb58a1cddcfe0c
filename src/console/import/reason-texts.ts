import type { ArtifactKind, Fault } from '../../device-files/faults.ts'
import { type Reason, type ReasonDetail, titleOf } from '../../importer/reasons.ts'
import { characterName, codePointName, isSeen, type ValueFault } from '../../rules/value-faults.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import type { ListedRow } from './messages.ts'

interface Words {
  /** Codes in a few words. */
  readonly names: Readonly<Record<string, string>>
  readonly rejected: (said: string) => string
  /** What is wrong with a row, where the server or the rules say no more than a code. */
  readonly plain: Readonly<Record<string, string>>
  /** What the row itself shows; undefined for the words of the reason. */
  readonly because: ((because: ReasonDetail) => string) | undefined
}

const en: Words = {
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

const zhDamage: { readonly [K in ArtifactKind]: string } = {
  tooManyDigits: '超过 15 位数字，电子表格只保留 15 位',
  scientific: '科学计数法的数字，原来的数字或字母已丢失',
  float: '以 .0 结尾的整数，被程序当作小数写出',
  inexact: '被计算机舍入的小数',
  lostZeros: '位数少于同列的绝大多数值，可能丢失了前导零',
  grouped: '数字被加上了千位分隔点',
  cut: '以三个点结尾：显示它的程序省略了其余部分',
  date: '被电子表格改成了日期',
  format: '单元格格式显示的内容与文件中的不同',
}

const lines = (count: number) => (count === 1 ? '' : `（跨 ${count} 行）`)

function zhFault(fault: Fault): string {
  switch (fault.code) {
    case 'RaggedRow':
      return `该行有 ${fault.cells} 个单元格，${fault.hasHeader ? '表头' : '首行'}有 ${fault.wanted} 个`
    case 'StrayQuote':
      return `引号结束后还有文本${lines(fault.lines)}`
    case 'SwallowedRows':
      return `引号内的单元格包含了其他行${lines(fault.lines)}，其中的引号可能只是文本`
    case 'OtherHeader':
      return `位于第 ${fault.line} 行的另一个表头之后，其列不同`
    case 'HiddenRow':
      return '该行在工作表中被筛选或隐藏'
    case 'RepeatedMember':
      return `成员 ${JSON.stringify(fault.member)} 出现了两次`
    case 'NotMended':
      return `此前有错误（${fault.was}）：修正后请清空其 code`
    case 'DamagedNumber':
      return fault.shown !== undefined && fault.held !== undefined
        ? `表格中显示为 ${JSON.stringify(fault.shown)}，文件中为 ${fault.held}`
        : `${zhDamage[fault.kind]}${fault.held === undefined ? '' : `（${fault.held}）`}`
    case 'Placeholder':
      return `是表示“无”的占位符（${fault.text}）`
    case 'NoResult':
      return '是从未计算过的公式：请在电子表格程序中打开并保存'
    case 'CellError':
      return `是错误值 ${fault.text}`
    case 'NotText':
      return `是 ${fault.text}，不是文本`
  }
}

function zhValue(fault: ValueFault): string {
  switch (fault.kind) {
    case 'empty':
      return '为空'
    case 'short':
      return `${fault.length} 个字符，至少 ${fault.min} 个`
    case 'long':
      return `${fault.length} 个字符，至多 ${fault.max} 个`
    case 'character': {
      const { codePoint, place, isFirst, isLast } = fault
      const name = characterName(codePoint, 'zh')
      const character = isSeen(codePoint) ? String.fromCodePoint(codePoint) : codePointName(codePoint)
      const what = name === undefined ? character : `${character}（${name}）`
      if (isFirst) return `以 ${what} 开头`
      return isLast ? `以 ${what} 结尾` : `第 ${place} 个字符是 ${what}`
    }
  }
}

const zh: Words = {
  names: {
    InvalidDeviceName: 'DeviceName 不合法',
    InvalidDeviceSecret: 'DeviceSecret 不合法',
    InvalidSn: 'Sn 不合法',
    RepeatedDeviceName: '文件内重复',
    ExistingDeviceName: '已注册',
    Rejected: '服务器未接受',
    RaggedRow: '单元格数量不符',
    StrayQuote: '引号后有文本',
    SwallowedRows: '引号内包含其他行',
    OtherHeader: '位于另一个表头之后',
    HiddenRow: '工作表中被隐藏',
    RepeatedMember: '成员重复',
    NotMended: '尚未修正',
    DamagedNumber: '被电子表格改动',
    Placeholder: '占位符',
    NoResult: '公式没有结果',
    CellError: '错误值',
    NotText: '布尔值',
  },
  rejected: (said) => `服务器未接受该行：${said}`,
  plain: {
    InvalidDeviceName: 'DeviceName 不合法。',
    InvalidDeviceSecret: 'DeviceSecret 不合法。',
    InvalidSn: 'Sn 不合法。',
    RepeatedDeviceName: '该 DeviceName 在文件前面的行中已出现。',
    ExistingDeviceName: '产品中已注册同名设备。',
  },
  because(because) {
    switch (because.kind) {
      case 'value':
        return because.faults.map(zhValue).join('，')
      case 'repeats':
        return `与${because.sheet === undefined ? '' : `工作表“${because.sheet}”`}第 ${because.line} 行重复`
      case 'fault':
        return zhFault(because.fault)
    }
  },
}

const texts: Texts<Words> = { en, zh }

/** Whether something is wrong with a row as a whole, so that its cells may belong to other columns. */
export const isOfOtherShape = ({ reasons }: Pick<ListedRow, 'reasons'>) =>
  reasons.some(({ field, detail }) => field === '' && detail !== undefined)

/** A code in a few words. */
export function useReasonName(): (code: string) => string {
  const { names } = useTexts(texts)
  return (code) => names[code] ?? titleOf(code) ?? code
}

/** A reason in a sentence; for those that are not known, what the server said. */
export function useReasonText(): (reason: Reason) => string {
  const { plain, rejected, because: inWords } = useTexts(texts)
  return ({ field, code, reason, detail }) => {
    if (code === 'Rejected') return rejected(reason)
    const known = plain[code]
    if (detail === undefined) return known ?? `${field} ${reason}`
    const words = inWords === undefined ? reason : inWords(detail)
    return `${field === '' ? '' : `${field} `}${words}`
  }
}
