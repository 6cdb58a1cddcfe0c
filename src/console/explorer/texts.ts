import type { Family } from '../../client/families.ts'
import type { StepName } from '../../signature/steps.ts'
import type { Texts } from '../shell/language.tsx'
import type { ReasonKind } from './reasons.ts'

export const texts: Texts<{
  readonly operations: string
  readonly search: string
  readonly chooseOperation: string
  readonly noneFound: string
  readonly noSuchOperation: (name: string) => string
  readonly families: { readonly [F in Family]: string }
  readonly changes: string
  readonly onlyAsks: string
  readonly perSecond: (calls: number) => string
  readonly notAllowed: string

  readonly tabs: { readonly call: string; readonly signature: string; readonly code: string }
  readonly parameters: string
  readonly noParameters: string
  readonly required: string
  readonly moreParameters: (count: number) => string
  readonly fewerParameters: string
  readonly limits: (min: number | undefined, max: number | undefined) => string
  readonly usual: (value: string) => string
  readonly example: string
  readonly clear: string
  readonly entries: (count: number, max: number) => string
  readonly tooMany: (max: number, discards: boolean) => string
  readonly addRow: string
  readonly removeRow: (row: number) => string
  readonly paste: string
  readonly pasteTitle: (list: string) => string
  readonly pasteHelp: (columns: string) => string
  readonly pastedMany: (rows: string) => string
  readonly pasteInto: (rows: number) => string
  readonly pasteReplace: string
  readonly pasteHeader: string
  readonly cell: (column: string, row: number) => string
  readonly value: string
  readonly cancel: string

  readonly signatureVersion: string
  readonly answerFormat: string
  readonly call: string
  readonly callAnyway: string
  readonly stop: string
  readonly sure: (action: string) => string
  readonly sureWhy: string
  readonly faults: string
  readonly missing: (name: string) => string
  readonly notInteger: (name: string) => string
  readonly notBoolean: (name: string) => string
  readonly moreFaults: (count: number) => string
  readonly answer: string
  readonly stopped: string
  readonly milliseconds: string
  readonly size: string
  readonly download: string
  readonly indenting: string
  readonly searchIn: string

  readonly signatureAbout: string
  readonly nonce: string
  readonly time: string
  readonly badTime: string
  readonly drawAgain: string
  readonly steps: {
    readonly [N in StepName | 'stringToSignV3' | 'signatureV3']: readonly [title: string, about: string]
  }
  readonly empty: string
  readonly cut: (count: number) => string
  readonly compare: string
  readonly compareLabel: (step: string) => string
  readonly comparePlaceholder: string
  readonly same: string
  readonly whoseLineEnds: string
  readonly differs: (byte: number, line: number, column: number) => string
  readonly ours: string
  readonly theirs: string
  readonly ended: string
  readonly noReason: string
  readonly likely: string
  readonly adopt: string
  readonly reasons: { readonly [K in ReasonKind]: string }

  readonly language: string
  readonly install: string
  readonly run: string
  readonly credentials: string
  readonly signedOnly: (label: string, version: string) => string
  readonly sample: (label: string) => string
}> = {
  en: {
    operations: 'Operations',
    search: 'Search operations',
    chooseOperation: 'Operation',
    noneFound: 'No operation has these words in its name or summary.',
    noSuchOperation: (name) => `There is no operation ${name}.`,
    families: {
      imports: 'Imports',
      registration: 'Registration',
      devices: 'Devices',
      tags: 'Device tags',
      products: 'Products',
      groups: 'Device groups',
      messages: 'Messages',
      own: 'Rollcall’s own',
    },
    changes: 'changes something',
    onlyAsks: 'only asks',
    perSecond: (calls) => `${calls} calls a second`,
    notAllowed: 'Your key may not call this; the server will refuse it.',

    tabs: { call: 'Call', signature: 'Signature', code: 'Code' },
    parameters: 'Parameters',
    noParameters: 'It takes no parameters.',
    required: 'required',
    moreParameters: (count) => `Show ${count} more that may be left out`,
    fewerParameters: 'Show fewer',
    limits: (min, max) =>
      min === undefined
        ? `At most ${max}.`
        : max === undefined
          ? `At least ${min}.`
          : `From ${min} to ${max}.`,
    usual: (value) => `Default: ${value}.`,
    example: 'Load an example',
    clear: 'Clear',
    entries: (count, max) => `${count.toLocaleString('en')} of at most ${max.toLocaleString('en')}`,
    tooMany: (max, discards) =>
      `One call takes at most ${max.toLocaleString('en')} entries; the server ${discards ? 'discards the rest' : 'rejects more'}.`,
    addRow: 'Add a row',
    removeRow: (row) => `Remove row ${row}`,
    paste: 'Paste a list…',
    pasteTitle: (list) => `Paste into ${list}`,
    pasteHelp: (columns) =>
      `Cells from a spreadsheet, CSV, or one value on each line. Columns: ${columns}; with a header line, in any order.`,
    pastedMany: (rows) => `${rows} rows from the clipboard.`,
    pasteInto: (rows) => (rows === 1 ? 'Put in 1 row' : `Put in ${rows.toLocaleString('en')} rows`),
    pasteReplace: 'Replace what stands there',
    pasteHeader: 'The first line names the columns.',
    cell: (column, row) => `${column}, row ${row}`,
    value: 'Value',
    cancel: 'Cancel',

    signatureVersion: 'Signature version',
    answerFormat: 'Format of the answer',
    call: 'Call',
    callAnyway: 'Call anyway',
    stop: 'Stop waiting',
    sure: (action) => `Call ${action}?`,
    sureWhy: 'It takes something away that can’t be brought back.',
    faults: 'The server will not take it like this:',
    missing: (name) => `${name} is missing.`,
    notInteger: (name) => `${name} must be a whole number.`,
    notBoolean: (name) => `${name} must be true or false.`,
    moreFaults: (count) => `and ${count} more`,
    answer: 'Answer',
    stopped: 'You stopped waiting. Whether the server has done it is not known.',
    milliseconds: 'Time',
    size: 'Size',
    download: 'Download',
    indenting: 'Laying the answer out…',
    searchIn: 'Search in it',

    signatureAbout:
      'How the call in the form is signed, with this nonce and this time. Paste what your own program computed beside a step, and the first byte that differs is marked.',
    nonce: 'Nonce',
    time: 'Time (UTC)',
    badTime: 'Such as 2026-01-31T12:00:00Z',
    drawAgain: 'Another nonce, now',
    steps: {
      parameters: [
        'Parameters',
        'The operation’s parameters and the common ones, sorted by name, byte by byte: 10 comes before 2.',
      ],
      canonicalQuery: [
        'Canonical query',
        'Names and values percent-encoded (RFC 3986: only letters, digits and - _ . ~ stay), sorted by name and joined by = and &.',
      ],
      payload: ['Body', 'As it is sent; V3 signs its bytes, whatever their order.'],
      payloadHash: [
        'Hash of the body',
        'SHA-256 of the body’s bytes as they are sent, in lower-case hexadecimal.',
      ],
      canonicalRequest: [
        'Canonical request',
        'Method, path, canonical query, each signed header on a line, an empty line, the headers’ names, and the hash of the body.',
      ],
      canonicalRequestHash: ['Hash of the canonical request', 'SHA-256 in lower-case hexadecimal.'],
      stringToSign: [
        'String to sign',
        'The method, &, %2F (the path, encoded), &, and the canonical query encoded once more.',
      ],
      stringToSignV3: ['String to sign', 'The algorithm, a line end, and the hash of the canonical request.'],
      signature: [
        'Signature',
        'HMAC-SHA1 of the string to sign, keyed by the AccessKeySecret with an & behind it, in Base64.',
      ],
      signatureV3: [
        'Signature',
        'HMAC-SHA256 of the string to sign, keyed by the AccessKeySecret alone, in lower-case hexadecimal.',
      ],
      authorization: ['Authorization header', 'Who signed, which headers, and the signature.'],
    },
    empty: '(empty)',
    cut: (count) => `… and ${count.toLocaleString('en')} characters more; Copy takes all of it.`,
    compare: 'Compare',
    compareLabel: (step) => `${step} as your program has it`,
    comparePlaceholder: 'Paste what your program computed',
    same: 'The same, byte by byte.',
    whoseLineEnds:
      'The lines were pasted with CR LF, which Windows makes of LF. Should your program itself write CR LF, that is what is wrong.',
    differs: (byte, line, column) =>
      `The first difference is at byte ${byte} (line ${line}, character ${column}).`,
    ours: 'here',
    theirs: 'yours',
    ended: 'ends here',
    noReason: 'No usual mistake explains it.',
    likely: 'Likely:',
    adopt: 'Take nonce and time from it',
    reasons: {
      trailingNewline: 'there is a line end too many behind it.',
      lineEnds: 'lines end in CR LF; they must end in LF alone.',
      escapedNewlines: 'there is a backslash and an n where a line end should be.',
      noEmptyLine: 'an empty line is missing: the block of headers ends with a line end of its own.',
      hexCase: 'hexadecimal digits in the wrong case: percent-encoding wants capitals, hashes small letters.',
      plusForSpace: 'a space is encoded as +; it must be %20.',
      starNotEncoded: '* is left as it is; it must be %2A.',
      marksNotEncoded:
        "! ' ( ) * are left as they are, as encodeURIComponent does; they must be encoded too.",
      tildeEncoded: '~ is encoded; it must stay as it is.',
      valuesNotEncoded: 'names and values are not encoded before they are joined by = and &.',
      notEncodedTwice: 'the canonical query is not encoded a second time.',
      slashNotEncoded: 'the / between the ampersands must be %2F.',
      noAmpersand: 'an & is missing at the beginning: it is the method, &, %2F, &.',
      method: 'another HTTP method is signed than the one that is sent.',
      order: 'the parameters stand in another order; they are sorted by name.',
      numericOrder: 'entries are sorted by number; names are sorted byte by byte, so 10 comes before 2.',
      signatureIncluded: 'the parameter Signature is among what is signed.',
      unicodeForm: 'the same characters in another Unicode form (composed or decomposed).',
      hexForBase64: 'the bytes are the same, but written in hexadecimal; V1 wants Base64.',
      base64ForHex: 'the bytes are the same, but written in Base64; V3 wants hexadecimal.',
      keyWithoutAmpersand: 'the key was the secret alone; V1 wants an & behind it.',
      keyWithAmpersand: 'the key had an & behind the secret; V3 wants the secret alone.',
      missing: 'yours does not have',
      extra: 'only yours has',
      value: 'another value of',
      timestamp: 'the time must be written like 2026-01-31T12:00:00Z, in UTC and without fractions:',
    },

    language: 'Language',
    install: 'Install',
    run: 'Run',
    credentials:
      'The key is read from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET when it runs; ROLLCALL_ENDPOINT names another endpoint.',
    signedOnly: (label, version) => `${label} signs in ${version} only.`,
    sample: (label) => `Sample in ${label}`,
  },
  zh: {
    operations: '操作列表',
    search: '搜索操作',
    chooseOperation: '操作',
    noneFound: '没有名称或说明包含这些词的操作。',
    noSuchOperation: (name) => `没有名为 ${name} 的操作。`,
    families: {
      imports: '导入',
      registration: '注册',
      devices: '设备',
      tags: '设备标签',
      products: '产品',
      groups: '设备分组',
      messages: '消息',
      own: 'Rollcall 自有',
    },
    changes: '会修改数据',
    onlyAsks: '只读',
    perSecond: (calls) => `每秒 ${calls} 次`,
    notAllowed: '当前密钥无权调用此操作，服务器会拒绝。',

    tabs: { call: '调用', signature: '签名', code: '代码' },
    parameters: '请求参数',
    noParameters: '该操作没有参数。',
    required: '必填',
    moreParameters: (count) => `显示其余 ${count} 个可选参数`,
    fewerParameters: '收起',
    limits: (min, max) =>
      min === undefined ? `最大 ${max}。` : max === undefined ? `最小 ${min}。` : `取值范围 ${min}～${max}。`,
    usual: (value) => `默认值：${value}。`,
    example: '填入示例',
    clear: '清空',
    entries: (count, max) => `${count.toLocaleString('zh')} 条，最多 ${max.toLocaleString('zh')} 条`,
    tooMany: (max, discards) =>
      `单次调用最多 ${max.toLocaleString('zh')} 条，超出${discards ? '的部分被丢弃' : '则拒绝'}。`,
    addRow: '添加一行',
    removeRow: (row) => `删除第 ${row} 行`,
    paste: '粘贴列表…',
    pasteTitle: (list) => `粘贴到 ${list}`,
    pasteHelp: (columns) => `可粘贴表格单元格、CSV，或每行一个值。列：${columns}；带表头时列序不限。`,
    pastedMany: (rows) => `剪贴板中有 ${rows} 行。`,
    pasteInto: (rows) => `填入 ${rows.toLocaleString('zh')} 行`,
    pasteReplace: '替换现有内容',
    pasteHeader: '第一行被识别为表头。',
    cell: (column, row) => `${column}，第 ${row} 行`,
    value: '值',
    cancel: '取消',

    signatureVersion: '签名版本',
    answerFormat: '返回格式',
    call: '发起调用',
    callAnyway: '仍然调用',
    stop: '停止等待',
    sure: (action) => `确定调用 ${action}？`,
    sureWhy: '该操作会删除数据，无法恢复。',
    faults: '服务器不会接受这些参数：',
    missing: (name) => `缺少 ${name}。`,
    notInteger: (name) => `${name} 必须是整数。`,
    notBoolean: (name) => `${name} 必须是 true 或 false。`,
    moreFaults: (count) => `另有 ${count} 处`,
    answer: '返回结果',
    stopped: '已停止等待。服务器是否已执行未知。',
    milliseconds: '耗时',
    size: '大小',
    download: '下载',
    indenting: '正在排版…',
    searchIn: '在内容中搜索',

    signatureAbout:
      '以下是用此随机数和时间对表单中的调用进行签名的每一步。将您的程序在某一步算出的结果粘贴到旁边，即可标出第一个不同的字节。',
    nonce: '随机数（Nonce）',
    time: '时间（UTC）',
    badTime: '格式如 2026-01-31T12:00:00Z',
    drawAgain: '换一个随机数并取当前时间',
    steps: {
      parameters: ['参数', '操作参数与公共参数，按名称逐字节排序：10 排在 2 之前。'],
      canonicalQuery: [
        '规范化请求字符串',
        '名称和值做百分号编码（RFC 3986：仅保留字母、数字和 - _ . ~），按名称排序，用 = 和 & 连接。',
      ],
      payload: ['请求体', '按实际发送的内容；V3 对其字节签名，与参数顺序无关。'],
      payloadHash: ['请求体哈希', '对实际发送的请求体字节做 SHA-256，小写十六进制。'],
      canonicalRequest: [
        '规范化请求',
        '方法、路径、规范化请求字符串、每个参与签名的请求头各占一行、空行、请求头名称列表、请求体哈希。',
      ],
      canonicalRequestHash: ['规范化请求的哈希', 'SHA-256，小写十六进制。'],
      stringToSign: ['待签名字符串', '方法、&、%2F（编码后的路径）、&，再加上再次编码的规范化请求字符串。'],
      stringToSignV3: ['待签名字符串', '算法名、换行、规范化请求的哈希。'],
      signature: ['签名', '对待签名字符串做 HMAC-SHA1，密钥为 AccessKeySecret 后加 &，结果用 Base64 表示。'],
      signatureV3: [
        '签名',
        '对待签名字符串做 HMAC-SHA256，密钥为 AccessKeySecret 本身，结果用小写十六进制表示。',
      ],
      authorization: ['Authorization 请求头', '签名者、参与签名的请求头和签名。'],
    },
    empty: '（空）',
    cut: (count) => `……还有 ${count.toLocaleString('zh')} 个字符；“复制”会复制全部内容。`,
    compare: '对比',
    compareLabel: (step) => `您的程序算出的${step}`,
    comparePlaceholder: '粘贴您的程序算出的结果',
    same: '逐字节相同。',
    whoseLineEnds:
      '粘贴的换行是 CR LF：Windows 的剪贴板会把 LF 写成 CR LF。如果您的程序本身用了 CR LF，问题就在这里。',
    differs: (byte, line, column) => `第一处不同在第 ${byte} 字节（第 ${line} 行第 ${column} 个字符）。`,
    ours: '此处',
    theirs: '您的',
    ended: '到此结束',
    noReason: '不属于常见错误。',
    likely: '可能的原因：',
    adopt: '采用其中的随机数和时间',
    reasons: {
      trailingNewline: '末尾多了换行。',
      lineEnds: '换行是 CR LF，应只用 LF。',
      escapedNewlines: '应为换行处写成了反斜杠加 n。',
      noEmptyLine: '少了一个空行：请求头部分以自己的换行结束。',
      hexCase: '十六进制大小写不对：百分号编码用大写，哈希用小写。',
      plusForSpace: '空格被编码为 +，应为 %20。',
      starNotEncoded: '* 未编码，应为 %2A。',
      marksNotEncoded: "! ' ( ) * 未编码（encodeURIComponent 就是如此），它们也要编码。",
      tildeEncoded: '~ 被编码了，应保持原样。',
      valuesNotEncoded: '用 = 和 & 连接之前，名称和值没有编码。',
      notEncodedTwice: '规范化请求字符串没有做第二次编码。',
      slashNotEncoded: '两个 & 之间的 / 应为 %2F。',
      noAmpersand: '开头少了 &：应为方法、&、%2F、&。',
      method: '签名所用的 HTTP 方法与发送的不同。',
      order: '参数顺序不同；应按名称排序。',
      numericOrder: '列表按数字排序了；应按名称逐字节排序，10 排在 2 之前。',
      signatureIncluded: 'Signature 参数不应参与签名。',
      unicodeForm: '字符相同但 Unicode 形式不同（组合或分解）。',
      hexForBase64: '字节相同，但写成了十六进制；V1 要求 Base64。',
      base64ForHex: '字节相同，但写成了 Base64；V3 要求十六进制。',
      keyWithoutAmpersand: '密钥只用了 Secret；V1 要求后面加 &。',
      keyWithAmpersand: '密钥在 Secret 后加了 &；V3 只用 Secret 本身。',
      missing: '您的缺少',
      extra: '只有您的有',
      value: '以下项的值不同：',
      timestamp: '时间应写成 2026-01-31T12:00:00Z（UTC、无小数）：',
    },

    language: '语言',
    install: '安装',
    run: '运行',
    credentials:
      '运行时从 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET 读取密钥；ROLLCALL_ENDPOINT 可指定其他接入点。',
    signedOnly: (label, version) => `${label} 只支持 ${version} 签名。`,
    sample: (label) => `${label} 示例`,
  },
}
