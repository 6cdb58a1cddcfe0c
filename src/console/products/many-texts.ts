import type { Texts } from '../shell/language.tsx'

interface Words {
  /** The question, the button, what it means, what was done. */
  readonly title: (count: string) => string
  readonly doIt: string
  readonly means: string
  readonly done: (count: string) => string
}

/** Of doing something with one device or many. */
export const texts: Texts<{
  readonly EnableThing: Words
  readonly DisableThing: Words
  readonly DeleteDevice: Words
  readonly andMore: (count: string) => string
  readonly names: string
  readonly stop: string
  readonly stopped: (left: string) => string
  readonly failed: (count: string) => string
  readonly progress: string
}> = {
  en: {
    EnableThing: {
      title: (count) => `Enable ${count}?`,
      doIt: 'Enable',
      means: 'They may connect again. What is enabled already stays so.',
      done: (count) => `${count} enabled.`,
    },
    DisableThing: {
      title: (count) => `Disable ${count}?`,
      doIt: 'Disable',
      means: 'They may no longer connect until they are enabled again. All that is known of them stays.',
      done: (count) => `${count} disabled.`,
    },
    DeleteDevice: {
      title: (count) => `Delete ${count}?`,
      doIt: 'Delete',
      means:
        'Their secrets, nicknames, tags and places in groups are deleted too. This can’t be undone: devices of the same names would be others, with other IotIds.',
      done: (count) => `${count} deleted.`,
    },
    names: 'DeviceNames',
    andMore: (count) => `and ${count} more`,
    stop: 'Stop',
    stopped: (left) => `Stopped: ${left} were left as they are.`,
    failed: (count) => `${count} failed:`,
    progress: 'Progress',
  },
  zh: {
    EnableThing: {
      title: (count) => `确认启用 ${count}？`,
      doIt: '启用',
      means: '设备将可重新连接；已启用的设备不受影响。',
      done: (count) => `已启用 ${count}。`,
    },
    DisableThing: {
      title: (count) => `确认禁用 ${count}？`,
      doIt: '禁用',
      means: '设备将无法连接，直到重新启用；设备信息全部保留。',
      done: (count) => `已禁用 ${count}。`,
    },
    DeleteDevice: {
      title: (count) => `确认删除 ${count}？`,
      doIt: '删除',
      means:
        '设备的密钥、备注名称、标签和分组关系将一并删除，且无法恢复；之后创建的同名设备是 IotId 不同的新设备。',
      done: (count) => `已删除 ${count}。`,
    },
    names: '设备名称',
    andMore: (count) => `以及其他 ${count} 个`,
    stop: '停止',
    stopped: (left) => `已停止，剩余 ${left} 个未处理。`,
    failed: (count) => `${count} 个失败：`,
    progress: '进度',
  },
}

/** A number of devices. */
export const countTexts: Texts<(count: number, text: string) => string> = {
  en: (count, text) => (count === 1 ? '1 device' : `${text} devices`),
  zh: (_, text) => `${text} 个设备`,
}
