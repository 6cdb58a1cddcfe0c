import type { en } from '../en/overview-recent.ts'

export const zh: typeof en = {
  title: '最近的调用',
  failedOnly: '只看未成功的',
  live: '实时更新',
  operation: '操作',
  find: '操作、错误码或 RequestId',
  time: '时间',
  result: '结果',
  results: { answered: '成功', failed: '失败', refused: '被拒绝', broken: '服务器错误' },
  meaning: {
    answered: '操作已执行。',
    failed: '操作返回失败。',
    refused: '调用在执行前被拒绝：签名、权限、限额或参数有误。',
    broken: '服务器内部出错；可用 RequestId 在服务器日志中查看详情。',
  },
  code: '错误码',
  milliseconds: '耗时（毫秒）',
  entries: '条目数',
  devices: '设备数',
  none: '还没有调用记录。可在“API 调试”中或用程序发起调用。控制台定时调用的操作仅在搜索时列出。',
  noneSuch: '没有符合条件的调用。',
  openInExplorer: (action) => `在 API 调试中打开 ${action}`,
}
