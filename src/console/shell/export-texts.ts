import type { ExportFormat } from '../../export/written.ts'
import type { Texts } from './language.tsx'

/** Of writing devices into a file, whichever they are. */
export const texts: Texts<{
  readonly format: string
  readonly formats: Readonly<Record<ExportFormat, string>>
  readonly withoutSn: (action: string) => string
  readonly tooMany: (most: string) => string
  readonly withSecrets: string
  readonly start: string
  readonly stop: string
  readonly close: string
  readonly progress: string
  readonly of: (count: string, total: string) => string
  readonly done: (count: string, file: string) => string
  readonly changed: (count: string, total: string) => string
  readonly stopped: string
}> = {
  en: {
    format: 'File format',
    formats: { csv: 'CSV', jsonl: 'JSON lines', xlsx: 'XLSX' },
    withoutSn: (action) =>
      `The file has no serial numbers: this key may not call ${action}, or the endpoint does not have it.`,
    tooMany: (most) => `A sheet of XLSX holds ${most} devices. Choose CSV or JSON lines.`,
    withSecrets: 'With DeviceSecret',
    start: 'Download',
    stop: 'Stop',
    close: 'Close',
    progress: 'Progress',
    of: (count, total) => `${count} of ${total} devices`,
    done: (count, file) => `Devices in the file: ${count}. It is ${file}, among your downloads.`,
    changed: (count, total) =>
      `At the start there were ${total} devices, and the file has ${count}: some were added or deleted meanwhile. Download them again to be sure that none is missing.`,
    stopped: 'Stopped; no file was written.',
  },
  zh: {
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
  },
}
