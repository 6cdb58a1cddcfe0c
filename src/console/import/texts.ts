import type { FieldName } from '../../device-files/fields.ts'
import { type Texts, useTexts } from '../shell/language.tsx'
import type { NumberFormat } from '../shell/number-format.ts'
import type { Next } from './model.ts'

const fieldNames: { readonly [F in FieldName]: string } = {
  name: 'DeviceName',
  secret: 'DeviceSecret',
  sn: 'Sn',
}
const isAre = (count: number) => (count === 1 ? 'is' : 'are')
const rowsOf = (text: string, count: number) => `${text} ${count === 1 ? 'row' : 'rows'}`

const en = {
  steps: {
    target: 'Product',
    file: 'File',
    columns: 'Columns',
    verify: 'Verification',
    result: 'Result',
    import: 'Import',
    summary: 'Summary',
  },
  stepOf: (step: number) => `Step ${step} of 7`,
  blocks(next: Next, { count }: NumberFormat): string {
    switch (next.code) {
      case 'mayNot':
        return `This key may not call ${next.action}, which the step needs; the account’s own key can allow it, under Access.`
      case 'noProduct':
        return 'Choose the product that the devices are for.'
      case 'noFile':
        return 'Drop a file, or paste rows from a spreadsheet.'
      case 'reading':
        return 'The beginning of the file is being read…'
      case 'unreadable':
        return 'The file can’t be read: see under File why, and choose another or say how it is to be read.'
      case 'noRows':
        return 'The file has no rows: choose another.'
      case 'noColumn':
        return `No column holds the ${fieldNames[next.field]}: choose one under Columns${next.hasSheets ? ', or another sheet under File' : ''}.`
      case 'verify':
        return 'Verify the file; nothing is imported by that.'
      case 'verifying':
        return 'The file is being verified…'
      case 'lost':
        return 'The server can’t be reached or answers with errors; the verification goes on when it is well again.'
      case 'quota':
        return 'The account’s quota refuses the calls; it goes on by itself when there is room again. See Overview and Access.'
      case 'noneGood':
        return 'No row can be imported: mend the bad ones and drop them again.'
      case 'allExist':
        return 'Every device of the file is registered already: there is nothing to import.'
      case 'someBad':
        return `${rowsOf(count(next.bad), next.bad)} ${isAre(next.bad)} bad: mend ${next.bad === 1 ? 'it' : 'them'}, or import the ${count(next.good)} good ${next.good === 1 ? 'one' : 'ones'} without.`
      case 'someExist':
        return `${count(next.existing)} ${next.existing === 1 ? 'device is' : 'devices are'} registered already: take ${next.existing === 1 ? 'it' : 'them'} out of the file, or skip ${next.existing === 1 ? 'it' : 'them'}.`
      case 'import':
        return `Import the ${rowsOf(count(next.good), next.good)} that ${isAre(next.good)} good.`
      case 'importing':
        return 'The devices are being imported…'
      case 'importLost':
        return 'The server can’t be reached or answers with errors; the import goes on by itself when it is well again.'
      case 'paused':
        return 'The import is paused: go on with it, or discard the rest.'
      case 'busy':
        return 'Another tab is at this import.'
      case 'imported':
        return `Done: ${next.imported === 0 ? 'no device is' : `${count(next.imported)} ${next.imported === 1 ? 'device is' : 'devices are'}`} imported${next.leftOut === 0 ? '' : `, ${rowsOf(count(next.leftOut), next.leftOut)} ${isAre(next.leftOut)} left out`}.`
    }
  },

  product: 'Product',
  chooseProduct: 'Choose a product',
  takesNone: 'takes no imports',
  devices: (count: string) => (count === '1' ? '1 device' : `${count} devices`),
  noProducts: 'There is no product here; create one under Products and devices.',
  noTakers:
    'No product here takes imports: in the public instance only cloud gateway products (AuthType one-party) do, in an Enterprise instance all.',
  whyNot:
    'Products that take no imports can’t be chosen: in the public instance only cloud gateway products (AuthType one-party) take them.',

  wayIn: 'Where the devices come from',
  aFile: 'File',
  paste: 'Paste',
  drop: 'Drop a file here, or press to choose one',
  dropMore:
    'CSV, TSV, XLSX, JSON lines or JSON, also packed by gzip, in any usual encoding. It is read in this browser.',
  dropOther: 'Drop another one here, or press to choose it',
  oneFileAtATime: (others: number) =>
    `One file at a time is taken: ${others === 1 ? 'the other one that was dropped was passed over; drop it' : `the other ${others} that were dropped were passed over; drop them`} afterwards.`,
  pasteHere: 'Paste rows from a spreadsheet here, the header with them',
  pastedLong: (size: string) => `A pasted text of ${size}, which is not shown here.`,
  clear: 'Clear',
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  delimiters: {
    ',': 'Comma ,',
    '\t': 'Tab',
    ';': 'Semicolon ;',
    '|': 'Bar |',
    whitespace: 'Spaces or tabs',
    ':': 'Colon :',
    '^': 'Caret ^',
    '~': 'Tilde ~',
    '，': 'Full-width comma ，',
  },
  sheet: 'Sheets',
  rowsPath: 'Array of devices',
  skipLines: 'Lines to skip',
  asTheyStand: 'Take them as they stand',
  ofOneProduct: 'Take all as devices of one product',
  allow: 'Take as it stands',
  allowNothing: 'nothing',
  allowances: {
    'damaged-numbers': 'Numbers changed by a spreadsheet',
    placeholders: 'Words for nothing (NULL)',
    'wide-rows': 'Rows with more or fewer cells',
    'hidden-rows': 'Hidden rows',
    'other-products': 'Devices of several products',
  },
  skipThem: (count: number) => (count === 1 ? 'Skip the line' : `Skip the ${count} lines`),
  areDevices: 'They are devices',
  allOfThem: 'All of them',
  surplus: (number: number) => `surplus cell ${number}`,
  surplusCells: 'surplus cells',
  firstLine: 'First line',
  isHeader: 'Names of columns',
  isDevice: 'A device',
  recognised: 'recognised',
  given: 'chosen',
  template: 'Template',
  templateCsv: 'CSV, for Excel and others',
  templateXlsx: 'XLSX, its cells text already',
  preview: 'The first rows',
  firstRows: (count: number) => `The first ${count} rows:`,
  allRows: (count: number) => (count === 1 ? 'The only row:' : `All ${count} rows:`),
  line: 'Line',
  whatIsWrong: 'What is wrong',
  nothing: 'nothing so far',
  unnamed: (number: number) => `column ${number}`,
  showSecrets: 'Show secrets',
  unreadable: 'The file can’t be read',

  fieldNames,
  fieldMeans: { name: 'needed', secret: 'needed', sn: 'serial number, optional' },
  mustHave: 'Choose the column that holds it',
  sameNames: (number: number) => `Several columns are called so; column ${number} is taken.`,
  noColumn: 'no column',
  columnsWait: 'The columns of the file are matched to the fields of a device once there is one.',

  verify: 'Verify all rows',
  verifyAgain: 'Verify again',
  verifying: 'Verification',
  cancel: 'Cancel',
  verifyMeans:
    'Every row is judged by the rules and looked up in the product, 10,000 in a call, and names that are repeated are found over the whole file.',
  verifiedBefore: 'All rows were verified before the import began.',
  verifiedIn: (text: string, rows: number, time: string, rate: string) =>
    `${rowsOf(text, rows)} verified in ${time}, ${rate} a second.`,
  rowsDone: (count: string) => `${count} rows`,
  aSecond: (count: string) => `${count} a second`,
  left: (time: string) => `${time} left`,
  badSoFar: (count: string) => `${count} bad`,
  tenths: (what: string, percent: number) => `${what}: ${percent}%`,

  resultWait: 'After the verification: how many rows are good, and each bad one with its line and reason.',
  sums: { rows: 'Rows', good: 'Good', existing: 'Registered already', bad: 'Bad' },
  allGood: 'Every row can be imported.',
  badRows: 'Bad rows',
  badMeans:
    'Download them, mend them in the file, and drop it again: the columns that say what was wrong are passed over.',
  leftOutMeans:
    'The import left these out. Download them, mend them in the file, and drop it again: the columns that say what was wrong are passed over.',
  filterByReason: 'Filter by reason',
  anyReason: (count: string) => `All reasons (${count})`,
  search: 'Search in the rows',
  filtered: (some: string, all: string) => `${some} of ${all} are listed.`,
  listedFirst: (count: string) => `The first ${count} are listed; filter them, or download all.`,
  downloadBad: 'Download bad rows',

  importWait: 'After the verification: imports the good rows.',
  leaveBad: (text: string, count: number) =>
    count === 1 ? 'Leave the bad row out' : `Leave the ${text} bad rows out`,
  skipExisting: (text: string, count: number) =>
    count === 1
      ? 'Skip the device that is registered already; it stays as it is'
      : `Skip the ${text} devices that are registered already; they stay as they are`,
  keptMeans:
    'Until the import ends the file, with its secrets, is kept in this browser, for 30 days at most, so that it can go on after a reload. Calls that import are never simply repeated: what is in doubt is looked up first.',
  importGood: (text: string, count: number) => `Import ${text} ${count === 1 ? 'device' : 'devices'}`,
  importing: 'Import',
  importDone: 'All of it has been done.',
  pause: 'Pause',
  pausing: 'Pausing after the calls that are under way',
  goOn: 'Go on',
  pausedMeans:
    'Paused. What has been sent is written down; going on imports the rest, and no row twice. The page may be closed meanwhile.',
  pausedHere:
    'Paused. Going on imports the rest, and no row twice; when the page is closed, how far it is is forgotten.',
  busy: 'Another tab of this browser is at this import. Go on there, or close it and try again here.',
  takenOver: 'Another tab of this browser has gone on with this import, or it was discarded.',
  noWorker: 'The part of the console that reads files could not be started, or broke down. Reload the page.',
  noFile:
    'The file can’t be read: it was changed, moved or deleted since it was chosen, or it is a folder. Choose it again.',
  lostTitle: 'The server can’t be reached or answers with errors',
  lostMeans:
    'The import waits, and goes on by itself when the server answers again. No row is lost or imported twice.',
  reconciling:
    'The answer of a call was lost: it is being looked up which of its devices are in, 100 in a call. This may take a while.',
  notKept:
    'This browser keeps no data for the page (a private window, or no room), so the import can’t go on after a reload: leave the page open.',
  discard: 'Discard',
  discardTitle: 'Discard the rest of this import?',
  discardMeans:
    'What is imported stays. The file that is kept in this browser, and what is known of how far it is, are deleted; the rest can be imported from your own file, with registered devices skipped. A tab that is at it stops.',
  unfinished: (file: string, product: string) => `The import of ${file} into ${product} has not ended`,
  begun: 'Begun:',
  unfinishedMeans: (done: string, rows: string) =>
    `${done} of ${rows} rows are done. The file, with its secrets, is kept in this browser until it ends or is discarded.`,
  oneAtATime: 'after what is under way',

  summaryWait: 'At the end: what was imported, what was left out and why, and the ApplyIds of the batches.',
  importedRows: 'Imported',
  leftOutRows: 'Left out',
  took: 'Time',
  rate: 'Rate',
  applyIds: (count: string) => `Batches (ApplyId): ${count}`,
  lostAnswers: (text: string, count: number) =>
    `${count === 1 ? 'The answer of one call' : `The answers of ${text} calls`} that imported devices ${count === 1 ? 'was' : 'were'} lost on the way; ${count === 1 ? 'its batch stands' : 'their batches stand'} under Batches.`,
  another: 'Import another file',
  downloadSummary: 'Download the summary',
}

const zh: typeof en = {
  steps: {
    target: '产品',
    file: '文件',
    columns: '列对应',
    verify: '校验',
    result: '校验结果',
    import: '导入',
    summary: '汇总',
  },
  stepOf: (step) => `第 ${step} 步，共 7 步`,
  blocks(next, { count }) {
    switch (next.code) {
      case 'mayNot':
        return `此步骤需要调用 ${next.action}，但当前密钥没有权限；可用主账号密钥在“访问控制”中授权。`
      case 'noProduct':
        return '请选择设备所属的产品。'
      case 'noFile':
        return '请拖入文件，或从电子表格粘贴数据。'
      case 'reading':
        return '正在读取文件开头…'
      case 'unreadable':
        return '无法读取该文件：原因见“文件”一栏，请更换文件或指定读取方式。'
      case 'noRows':
        return '文件中没有数据行：请更换文件。'
      case 'noColumn':
        return `没有找到 ${fieldNames[next.field]} 所在的列：请在“列对应”中选择${next.hasSheets ? '，或在“文件”中选择其他工作表' : ''}。`
      case 'verify':
        return '请校验文件；校验不会导入任何设备。'
      case 'verifying':
        return '正在校验文件…'
      case 'lost':
        return '无法连接服务器或服务器出错；恢复后将继续校验。'
      case 'quota':
        return '调用因超出账号限额而被拒绝；有余量后自动继续。可查看“概览”和“访问控制”。'
      case 'noneGood':
        return '没有可导入的行：请修正错误行后重新拖入。'
      case 'allExist':
        return '文件中的设备均已注册，没有需要导入的。'
      case 'someBad':
        return `${count(next.bad)} 行有错误：请修正，或只导入其余 ${count(next.good)} 行。`
      case 'someExist':
        return `${count(next.existing)} 台设备已注册：请从文件中删除，或选择跳过。`
      case 'import':
        return `可以导入 ${count(next.good)} 行。`
      case 'importing':
        return '正在导入设备…'
      case 'importLost':
        return '无法连接服务器或服务器出错；恢复后将自动继续导入。'
      case 'paused':
        return '导入已暂停：请继续，或放弃剩余部分。'
      case 'busy':
        return '另一个标签页正在执行此导入。'
      case 'imported':
        return `导入完成：已导入 ${count(next.imported)} 台设备${next.leftOut === 0 ? '' : `，${count(next.leftOut)} 行未导入`}。`
    }
  },

  product: '产品',
  chooseProduct: '请选择产品',
  takesNone: '不支持导入',
  devices: (count) => `${count} 台设备`,
  noProducts: '该实例下没有产品，请先在“产品与设备”中创建。',
  noTakers:
    '该实例下没有支持导入的产品：公共实例中只有云网关产品（AuthType 为 one-party）支持导入，企业版实例中的所有产品均支持。',
  whyNot: '不支持导入的产品无法选择：公共实例中只有云网关产品（AuthType 为 one-party）支持导入。',

  wayIn: '设备来源',
  aFile: '文件',
  paste: '粘贴',
  drop: '将文件拖到此处，或点击选择文件',
  dropMore:
    '支持 CSV、TSV、XLSX、JSON Lines 和 JSON（可用 gzip 压缩），支持各种常用编码。文件在浏览器内读取。',
  dropOther: '可拖入其他文件，或点击重新选择',
  oneFileAtATime: (others) => `一次只读取一个文件：同时拖入的另外 ${others} 个文件未读取，可稍后再拖入。`,
  pasteHere: '在此粘贴电子表格中的数据（包含表头）',
  pastedLong: (size) => `已粘贴文本（${size}），此处不显示内容。`,
  clear: '清除',
  encoding: '编码',
  delimiter: '分隔符',
  delimiters: {
    ',': '逗号 ,',
    '\t': '制表符',
    ';': '分号 ;',
    '|': '竖线 |',
    whitespace: '空格或制表符',
    ':': '冒号 :',
    '^': '脱字符 ^',
    '~': '波浪号 ~',
    '，': '全角逗号 ，',
  },
  sheet: '工作表',
  rowsPath: '设备数组',
  skipLines: '跳过行数',
  asTheyStand: '按原样读取这些值',
  ofOneProduct: '全部作为同一产品的设备',
  allow: '按原样读取',
  allowNothing: '无',
  allowances: {
    'damaged-numbers': '被电子表格改动的数字',
    placeholders: '占位符（NULL）',
    'wide-rows': '单元格数量不符的行',
    'hidden-rows': '隐藏的行',
    'other-products': '多个产品的设备',
  },
  skipThem: (count) => `跳过这 ${count} 行`,
  areDevices: '它们是设备',
  allOfThem: '全部',
  surplus: (number) => `多余的单元格 ${number}`,
  surplusCells: '多余的单元格',
  firstLine: '首行',
  isHeader: '列名',
  isDevice: '设备',
  recognised: '自动识别',
  given: '手动指定',
  template: '模板',
  templateCsv: 'CSV（适用于 Excel 等）',
  templateXlsx: 'XLSX（单元格已设为文本）',
  preview: '前几行',
  firstRows: (count) => `前 ${count} 行：`,
  allRows: (count) => `共 ${count} 行：`,
  line: '行号',
  whatIsWrong: '问题',
  nothing: '暂无',
  unnamed: (number) => `第 ${number} 列`,
  showSecrets: '显示密钥',
  unreadable: '无法读取文件',

  fieldNames,
  fieldMeans: { name: '必需', secret: '必需', sn: '序列号，可选' },
  mustHave: '请选择所在的列',
  sameNames: (number) => `有多列同名，使用的是第 ${number} 列。`,
  noColumn: '无对应列',
  columnsWait: '选择文件后，在此将各列与设备字段对应。',

  verify: '校验全部数据',
  verifyAgain: '重新校验',
  verifying: '校验',
  cancel: '取消',
  verifyMeans:
    '按规则检查每一行，并在产品中查询是否已注册（每次调用 10,000 行）；重复的名称会在整个文件范围内查找。',
  verifiedBefore: '导入开始前已校验全部数据。',
  verifiedIn: (rows, _, time, rate) => `已校验 ${rows} 行，用时 ${time}，每秒 ${rate} 行。`,
  rowsDone: (count) => `${count} 行`,
  aSecond: (count) => `每秒 ${count} 行`,
  left: (time) => `剩余 ${time}`,
  badSoFar: (count) => `${count} 行有错误`,
  tenths: (what, percent) => `${what}：${percent}%`,

  resultWait: '校验后显示：有效行数，以及每个错误行的行号和原因。',
  sums: { rows: '总行数', good: '有效', existing: '已注册', bad: '错误' },
  allGood: '所有行均可导入。',
  badRows: '错误行',
  badMeans: '可下载错误行，修正后重新拖入；其中说明错误的几列会被忽略。',
  leftOutMeans: '以下各行未导入。可下载，修正后重新拖入；其中说明错误的几列会被忽略。',
  filterByReason: '按原因筛选',
  anyReason: (count) => `全部原因（${count}）`,
  search: '在行中搜索',
  filtered: (some, all) => `共 ${all} 行，已列出 ${some} 行。`,
  listedFirst: (count) => `仅列出前 ${count} 行；可以筛选，或下载全部。`,
  downloadBad: '下载错误行',

  importWait: '校验后可导入有效的行。',
  leaveBad: (text) => `不导入 ${text} 个错误行`,
  skipExisting: (text) => `跳过 ${text} 台已注册的设备，不做任何改动`,
  keptMeans:
    '导入结束前，文件（包括其中的密钥）会保存在此浏览器中（最多 30 天），以便刷新页面后继续。导入请求不会被直接重发：结果不明的会先查询。',
  importGood: (text) => `导入 ${text} 台设备`,
  importing: '导入',
  importDone: '已全部完成。',
  pause: '暂停',
  pausing: '正在等待已发出的请求结束',
  goOn: '继续',
  pausedMeans: '已暂停。已发送的部分均有记录；继续时只导入其余部分，不会重复导入。期间可以关闭页面。',
  pausedHere: '已暂停。继续时只导入其余部分，不会重复导入；关闭页面后，进度将丢失。',
  busy: '此浏览器的另一个标签页正在执行该导入。请在那里继续，或将其关闭后重试。',
  takenOver: '该导入已由此浏览器的另一个标签页继续，或已被放弃。',
  noWorker: '控制台中读取文件的部分未能启动或已出错，请刷新页面。',
  noFile: '无法读取文件：选择之后文件被修改、移动或删除，或者它是文件夹。请重新选择。',
  lostTitle: '无法连接服务器或服务器出错',
  lostMeans: '导入正在等待，服务器恢复后自动继续。不会丢失或重复导入任何一行。',
  reconciling: '有一次导入请求的应答丢失：正在查询其中哪些设备已导入（每次 100 台），可能需要一些时间。',
  notKept: '此浏览器不允许页面保存数据（无痕窗口或空间不足），刷新后将无法继续导入：请勿关闭页面。',
  discard: '放弃',
  discardTitle: '放弃此导入的剩余部分？',
  discardMeans:
    '已导入的设备保留不变。保存在此浏览器中的文件和进度将被删除；剩余部分可以用原文件重新导入，并跳过已注册的设备。正在执行它的标签页也会停止。',
  unfinished: (file, product) => `将 ${file} 导入 ${product} 的任务尚未结束`,
  begun: '开始于：',
  unfinishedMeans: (done, rows) =>
    `已完成 ${done} / ${rows} 行。文件（包括其中的密钥）会保存在此浏览器中，直到导入结束或放弃。`,
  oneAtATime: '请等待当前任务结束',

  summaryWait: '导入结束后显示：已导入和未导入的行数及原因，以及各批次的 ApplyId。',
  importedRows: '已导入',
  leftOutRows: '未导入',
  took: '用时',
  rate: '速率',
  applyIds: (count) => `批次（ApplyId）：${count}`,
  lostAnswers: (text) => `有 ${text} 次导入请求已执行，但应答在途中丢失；对应批次可在“批次记录”中查看。`,
  another: '导入其他文件',
  downloadSummary: '下载汇总',
}

export const texts: Texts<typeof en> = { en, zh }

export const useWords = () => useTexts(texts)
