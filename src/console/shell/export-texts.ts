import type { Texts } from './language.tsx'

/** Of writing devices into a file, whichever they are. */
export const texts: Texts<{
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
