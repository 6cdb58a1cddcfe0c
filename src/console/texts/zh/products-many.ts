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
  SaveDeviceProp: {
    title: (count) => `为 ${count}添加标签？`,
    doIt: '添加标签',
    means: '每个设备都会添加该标签；若已有相同的标签键，其值将被替换。',
    done: (count) => `已为 ${count}添加标签。`,
  },
  DeleteDeviceProp: {
    title: (count) => `移除 ${count}的标签？`,
    doIt: '移除标签',
    means: '没有该标签的设备不受影响。',
    done: (count) => `已移除 ${count}的标签。`,
  },
  BatchAddDeviceGroupRelations: {
    title: (count) => `将 ${count}加入分组？`,
    doIt: '加入分组',
    means: '一个设备最多属于 10 个分组，一个分组最多包含 20,000 个设备。',
    done: (count) => `已将 ${count}加入分组。`,
  },
  BatchDeleteDeviceGroupRelations: {
    title: (count) => `将 ${count}移出分组？`,
    doIt: '移出分组',
    means: '设备仍保留注册。',
    done: (count) => `已将 ${count}移出分组。`,
  },
  BatchUpdateDeviceNickname: {
    title: (count) => `修改 ${count}的备注名称？`,
    doIt: '修改备注名称',
    means: '设备现有的备注名称将被替换。',
    done: (count) => `已修改 ${count}的备注名称。`,
  },
  tagKey: '标签键',
  tagValue: '标签值',
  nickname: '备注名称',
  nicknameHint: '{n} 表示设备在上方列表中的序号。留空则清除备注名称。',
  group: '分组',
  groupFirst: '请选择分组。',
  keyFirst: '请输入标签键。',
  finding: (count) => `正在查找设备：${count}`,
  background: '转入后台继续',
  undo: '撤销',
  names: '设备名称',
  andMore: (count) => `以及其他 ${count} 个`,
  stop: '停止',
  stopped: (left) => `已停止，剩余 ${left} 个未处理。`,
  failed: (count) => `${count} 个失败：`,
  progress: '进度',
}

/** A number of devices in words. */
export const zhCount = (_: number, text: string) => `${text} 个设备`
