import type { Texts } from '../shell/language.tsx'
import type { DeviceState, Way } from './search.ts'

/** Of the devices of a product. */
export const texts: Texts<{
  readonly ways: { readonly [W in Way]: string }
  readonly searchBy: string
  readonly hints: { readonly prefix: string; readonly name: string; readonly iotId: string }
  readonly states: { readonly [S in DeviceState]: string }
  readonly tagKey: string
  readonly tagValue: string
  readonly group: string
  readonly ofInstance: string
  readonly product: string
  readonly noneYet: string
  readonly noneFound: string
  readonly typeFirst: string
  readonly add: string
  readonly importMany: string
  readonly importNot: string
  readonly export: string
  readonly refresh: string
  readonly previous: string
  readonly next: string
  readonly perPage: (count: number) => string
  readonly pageSize: string
  readonly range: (from: string, to: string, total?: string) => string
  readonly selectedHere: (count: string) => string
  readonly selected: (count: string) => string
  readonly select: (name: string) => string
  readonly selectAll: string
  readonly clear: string
  readonly enable: string
  readonly disable: string
}> = {
  en: {
    ways: {
      prefix: 'Name starts with',
      newest: 'Newest first',
      name: 'Name is',
      iotId: 'IotId is',
      status: 'Status',
      tag: 'Tag',
      group: 'Group',
    },
    searchBy: 'Search by',
    hints: {
      prefix: 'Beginning of a DeviceName',
      name: 'A whole DeviceName',
      iotId: 'An IotId',
    },
    states: { UNACTIVE: 'Inactive', DISABLE: 'Disabled' },
    tagKey: 'Tag key',
    tagValue: 'Tag value (any if empty)',
    group: 'Group',
    ofInstance: 'This search finds devices of every product of the instance.',
    product: 'Product',
    noneYet: 'This product has no devices yet. Add one, or import a file of them.',
    noneFound: 'No device matches.',
    typeFirst: 'Say what to look for.',
    add: 'Add device',
    importMany: 'Import devices',
    importNot: 'This product takes no imports: in the public instance only one-party products do.',
    export: 'Export',
    refresh: 'Refresh',
    previous: 'Previous page',
    next: 'Next page',
    perPage: (count) => `${count} a page`,
    pageSize: 'Devices on a page',
    range: (from, to, total) => (total === undefined ? `${from}–${to}` : `${from}–${to} of ${total}`),
    selectedHere: (count) => `(${count} on this page)`,
    selected: (count) => `${count} selected`,
    select: (name) => `Select ${name}`,
    selectAll: 'Select all of this page',
    clear: 'Clear selection',
    enable: 'Enable',
    disable: 'Disable',
  },
  zh: {
    ways: {
      prefix: '名称前缀',
      newest: '最新注册',
      name: '设备名称',
      iotId: 'IotId',
      status: '设备状态',
      tag: '设备标签',
      group: '设备分组',
    },
    searchBy: '搜索方式',
    hints: {
      prefix: 'DeviceName 前缀',
      name: '完整的 DeviceName',
      iotId: '请输入 IotId',
    },
    states: { UNACTIVE: '未激活', DISABLE: '已禁用' },
    tagKey: '标签键',
    tagValue: '标签值（留空为任意值）',
    group: '分组',
    ofInstance: '此搜索方式的范围为该实例下的全部产品。',
    product: '产品',
    noneYet: '该产品下还没有设备，可添加设备或批量导入。',
    noneFound: '没有符合条件的设备。',
    typeFirst: '请输入搜索条件。',
    add: '添加设备',
    importMany: '批量导入',
    importNot: '该产品不支持导入：公共实例中仅一方认证的产品支持。',
    export: '导出',
    refresh: '刷新',
    previous: '上一页',
    next: '下一页',
    perPage: (count) => `${count} 条/页`,
    pageSize: '每页设备数',
    range: (from, to, total) =>
      total === undefined ? `第 ${from}～${to} 个` : `第 ${from}～${to} 个，共 ${total} 个`,
    selectedHere: (count) => `（本页 ${count} 个）`,
    selected: (count) => `已选 ${count} 个`,
    select: (name) => `选择 ${name}`,
    selectAll: '全选本页',
    clear: '取消选择',
    enable: '启用',
    disable: '禁用',
  },
}
