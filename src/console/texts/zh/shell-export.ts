import type { en } from '../en/shell-export.ts'

export const zh: typeof en = {
  format: '文件格式',
  formats: { csv: 'CSV 文件', jsonl: 'JSON Lines 文件', xlsx: 'XLSX 文件' },
  withoutSn: (action) => `文件中不含序列号：当前密钥无权调用 ${action}，或服务端没有该接口。`,
  tooMany: (most) => `一个 XLSX 工作表最多容纳 ${most} 个设备，请选择 CSV 或 JSON Lines。`,
  withSecrets: '包含 DeviceSecret',
  start: '下载',
  stop: '停止',
  close: '关闭',
  progress: '进度',
  of: (count, total) => `${count} / ${total} 个设备`,
  done: (count, file) => `已将 ${count} 个设备写入 ${file}，请在浏览器的下载内容中查看。`,
  changed: (count, total) =>
    `开始下载时共有 ${total} 个设备，文件中有 ${count} 个：期间有设备被添加或删除。如需确保完整，请重新下载。`,
  stopped: '已停止，未生成文件。',
  background: '转入后台继续',
}
