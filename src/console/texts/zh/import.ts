import type { en } from '../en/import.ts'
import { fieldNames } from '../en/import-names.ts'

export const zh: typeof en = {
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
        return `此步骤需要调用 ${next.action}，当前密钥没有该权限，请用主账号密钥在“访问控制”中授权。`
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
        return '没有可导入的行：请在“校验结果”中修正，或修改文件后重新拖入。'
      case 'allExist':
        return '文件中的设备均已注册，没有需要导入的。'
      case 'someBad':
        return `${count(next.bad)} 行有错误：请修正，或只导入其余 ${count(next.good)} 行。`
      case 'someExist':
        return `${count(next.existing)} 个设备已注册：请从文件中删除，或选择跳过。`
      case 'secrets':
        return '请先下载生成的密钥，然后才能开始导入。'
      case 'import':
        return `可以导入 ${count(next.good)} 行。`
      case 'importing':
        return '正在导入设备…'
      case 'importLost':
        return '无法连接服务器或服务器出错；恢复后将自动继续导入。'
      case 'paused':
        return '导入已暂停：请继续，或放弃剩余部分。'
      case 'busy':
        return '此导入正在另一个标签页中运行。'
      case 'imported':
        return `导入完成：已导入 ${count(next.imported)} 个设备${next.leftOut === 0 ? '' : `，${count(next.leftOut)} 行未导入`}。`
    }
  },

  product: '产品',
  chooseProduct: '请选择产品',
  takesNone: '不支持导入',
  devices: (count) => `${count} 个设备`,
  noProducts: '该实例下还没有产品，请先在“产品与设备”中创建。',
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
  areDevices: '按设备读取',
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

  resultWait: '请先校验文件。结果包括有效行数，以及每个错误行的行号和原因。',
  sums: { rows: '总行数', good: '有效', existing: '已注册', bad: '错误' },
  allGood: '所有行均可导入。',
  badRows: '错误行',
  badMeans: '可逐行修改；也可下载错误行，修正后重新拖入，其中说明错误的几列会被忽略。',
  leftOutMeans: '以下各行未导入。可下载，修正后重新拖入；其中说明错误的几列会被忽略。',
  filterByReason: '按原因筛选',
  anyReason: (count) => `全部原因（${count}）`,
  search: '在行中搜索',
  filtered: (some, all) => `共 ${all} 行，已列出 ${some} 行。`,
  listedFirst: (count) => `仅列出前 ${count} 行；可以筛选，或下载全部。`,
  downloadBad: '下载错误行',

  importWait: '请先校验文件，再导入有效的行。',
  leaveBad: (text) => `不导入 ${text} 个错误行`,
  skipExisting: (text) => `跳过 ${text} 个已注册的设备，不做任何改动`,
  keptMeans:
    '导入结束前，文件（包括其中的密钥）会保存在此浏览器中（最多 30 天），以便刷新页面后继续。导入请求不会被直接重发：结果不明的会先查询。',
  importGood: (text) => `导入 ${text} 个设备`,
  importing: '导入',
  importDone: '导入完成。',
  pause: '暂停',
  pausing: '正在等待已发出的请求结束',
  goOn: '继续',
  pausedMeans: '已暂停。已发送的部分均有记录；继续时只导入其余部分，不会重复导入。期间可以关闭页面。',
  pausedHere: '已暂停。继续时只导入其余部分，不会重复导入；关闭页面后，进度将丢失。',
  busy: '此导入正在此浏览器的另一个标签页中运行。请在该标签页继续，或关闭后重试。',
  takenOver: '该导入已由此浏览器的另一个标签页继续，或已被放弃。',
  noWorker: '控制台中读取文件的部分未能启动或已出错，请刷新页面。',
  noFile: '无法读取文件：选择之后文件被修改、移动或删除，或者它是文件夹。请重新选择。',
  lostTitle: '无法连接服务器或服务器出错',
  lostMeans: '导入正在等待，服务器恢复后自动继续。不会丢失或重复导入任何一行。',
  reconciling: '有一次导入请求的应答丢失：正在查询其中哪些设备已导入（每次 100 个），可能需要一些时间。',
  notKept: '此浏览器不允许页面保存数据（无痕窗口或空间不足），刷新后将无法继续导入：请勿关闭页面。',
  discard: '放弃',
  discardTitle: '放弃此导入的剩余部分？',
  discardMeans:
    '已导入的设备保留不变。保存在此浏览器中的文件和进度将被删除；剩余部分可以用原文件重新导入，并跳过已注册的设备。正在执行它的标签页也会停止。',
  unfinished: (file, product) => `尚未完成的导入：${file} → ${product}`,
  begun: '开始时间：',
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
