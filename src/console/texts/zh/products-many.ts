import type { en } from '../en/products-many.ts'

export const zh: typeof en = {
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
}

/** A number of devices in words. */
export const zhCount = (_: number, text: string) => `${text} 个设备`
