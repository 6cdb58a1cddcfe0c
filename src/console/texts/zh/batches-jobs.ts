import type { en } from '../en/batches-jobs.ts'

export const zh: typeof en = {
  jobs: '导入任务',
  file: '文件',
  state: '状态',
  states: { Running: '进行中或已暂停', Finished: '已完成', Undone: '已撤销' },
  product: '产品',
  devices: '已导入设备',
  remaining: '现存设备',
  rejected: '错误行',
  skipped: '跳过的行',
  by: '导入者',
  begun: '开始时间',
  newer: '较新',
  older: '较早',
  batches: '批次',
  seeDevices: '查看设备',
  undo: '撤销导入',
  undoTitle: (file) => `撤销导入 ${file}`,
  undoMeans: '先统计将要删除的设备，此步骤不会删除任何设备。',
  dryRun: '统计设备',
  would: (deleted, _deletedNumber, kept, keptNumber) =>
    `将永久删除 ${deleted} 个设备。${keptNumber === 0 ? '' : `${kept} 个设备在导入后被修改过，予以保留。`}`,
  undoDo: (deleted) => `删除 ${deleted} 个设备`,
  undone: (deleted, _deletedNumber, kept, keptNumber) =>
    `已删除 ${deleted} 个设备${keptNumber === 0 ? '' : `，保留 ${kept} 个`}。`,
  cancel: '取消',
  close: '关闭',
}
